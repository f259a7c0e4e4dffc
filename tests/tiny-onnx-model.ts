// A sentence-embedding model of a third of a kilobyte: it looks a vector up for each word. ONNX is written by hand;
// the numbers of its fields are in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import fs from 'node:fs';
import path from 'node:path';

const FLOAT = 1;
const INT64 = 7;

export const WORDS = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'apple',
  'be',
  'cat',
  'query:',
  'passage:',
];
export const WORD_VECTORS = WORDS.map((_, at) => [
  at === 0 ? 9 : Math.sin(at),
  Math.cos(at),
  at / 4,
]);

/** A field with bytes, a text or a message's fields in it. */
function field(number: number, ...content: (Uint8Array | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part as string)));
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function int(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

function value(name: string, type: number, ...dimensions: string[]): Buffer {
  const shape = field(2, ...dimensions.map((dimension) => field(1, field(2, dimension))));
  return Buffer.concat([field(1, name), field(2, field(1, int(1, type), shape))]);
}

/** `output` is what the vectors are called: of words (last_hidden_state) or of a text, their mean. */
function onnxModel(output: 'last_hidden_state' | 'sentence_embedding', scale: number): Buffer {
  const isSentence = output === 'sentence_embedding';
  const words = isSentence ? 'words' : output;
  const raw = new Float32Array(WORD_VECTORS.flat().map((number) => number * scale));
  const table = [int(1, WORDS.length), int(1, 3), int(2, FLOAT), field(8, 'table')];
  const look = [field(1, 'table'), field(1, 'input_ids'), field(2, words), field(4, 'Gather')];
  const axes = field(5, field(1, 'axes'), int(8, 1), int(20, 7));
  const keep = field(5, field(1, 'keepdims'), int(3, 0), int(20, 2));
  const mean = [field(1, words), field(2, output), field(4, 'ReduceMean'), axes, keep];
  const graph = [
    field(1, ...look),
    ...(isSentence ? [field(1, ...mean)] : []),
    field(2, 'tiny'),
    field(5, ...table, field(9, new Uint8Array(raw.buffer))),
    field(11, value('input_ids', INT64, 'batch', 'length')),
    field(11, value('attention_mask', INT64, 'batch', 'length')),
    field(
      12,
      value(output, FLOAT, ...(isSentence ? ['batch', 'size'] : ['batch', 'length', 'size'])),
    ),
  ];
  return Buffer.concat([int(1, 8), field(7, ...graph), field(8, field(1, ''), int(2, 13))]);
}

export type TinyModel = {
  output?: 'last_hidden_state' | 'sentence_embedding';
  /** Where the weights are, with the factor of all vectors. */
  weights?: Record<string, number>;
  /** Further files, as JSON. */
  files?: Record<string, unknown>;
};

export function writeTinyModel(folder: string, model: TinyModel = {}): void {
  const { output = 'last_hidden_state', weights = { 'onnx/model_quantized.onnx': 1 } } = model;
  const write = (name: string, content: Uint8Array | string) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  };
  for (const [name, scale] of Object.entries(weights)) write(name, onnxModel(output, scale));
  const special = (id: number) => ({ id, content: WORDS[id], special: true });
  const piece = (id: number) => ({ SpecialToken: { id: WORDS[id], type_id: 0 } });
  const files = {
    'config.json': { model_type: 'bert', hidden_size: 3 },
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      model_max_length: 16,
    },
    'tokenizer.json': {
      version: '1.0',
      added_tokens: [0, 1, 2, 3].map((id) => ({
        ...special(id),
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      })),
      normalizer: null,
      pre_tokenizer: { type: 'WhitespaceSplit' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [piece(2), { Sequence: { id: 'A', type_id: 0 } }, piece(3)],
        pair: [piece(2), { Sequence: { id: 'A', type_id: 0 } }, piece(3)],
        special_tokens: Object.fromEntries(
          [2, 3].map((id) => [WORDS[id], { id: WORDS[id], ids: [id], tokens: [WORDS[id]] }]),
        ),
      },
      decoder: null,
      model: {
        type: 'WordLevel',
        vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
        unk_token: '[UNK]',
      },
    },
    ...model.files,
  };
  for (const [name, content] of Object.entries(files)) write(name, JSON.stringify(content));
}
