import { describe, expect, it } from 'vitest';
import { GRAMMAR } from './grammar.ts';
import { MAX_CLAUSES, MAX_QUERY_LENGTH, parseQuery, type SearchQuery } from './parse-query.ts';
import { randomTexts } from './random-texts.ts';

/** What a query holds beyond its own text, without what is empty. */
function parsed(text: string): Partial<SearchQuery> {
  const { text: _, looseWords: __, votes, ...query } = parseQuery(text);
  const entries = Object.entries(query).filter(
    ([, value]) => value !== undefined && value.length > 0,
  );
  const hasVotes = votes.min !== undefined || votes.max !== undefined;
  return { ...Object.fromEntries(entries), ...(hasVotes ? { votes } : {}) };
}

function sizeOf(query: SearchQuery): number {
  return JSON.stringify(query).length;
}

describe('words, phrases and exclusions', () => {
  it.each<[string, Partial<SearchQuery>]>([
    ['graph  neural\nnetworks', { words: 'graph neural networks' }],
    ['"state space" models', { words: 'state space models', phrases: ['state space'] }],
    [
      '“state space” „a b“ «c»',
      { words: 'state space a b c', phrases: ['state space', 'a b', 'c'] },
    ],
    ['agents -survey', { words: 'agents', excluded: ['survey'] }],
    ['agents -"a survey"', { words: 'agents', excluded: ['a survey'] }],
    ['-survey', { excluded: ['survey'] }],
    ['non-scaling GPT-4', { words: 'non-scaling GPT-4' }],
    ['from -5 to - x --y', { words: 'from -5 to x --y' }],
    ['title:mamba', { words: 'mamba', titles: [{ text: 'mamba', isPhrase: false }] }],
    [
      'TI:"world model"',
      { words: 'world model', titles: [{ text: 'world model', isPhrase: true }] },
    ],
    ['-title:survey', { excluded: ['survey'] }],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it('the words outside quotes are known apart', () => {
    expect(parseQuery('a "b c" title:d title:"e f"')).toMatchObject({
      words: 'a b c d e f',
      looseWords: 'a d',
    });
  });
});

describe('filters', () => {
  it.each<[string, Partial<SearchQuery>]>([
    ['author:hinton', { authors: ['hinton'] }],
    ['au:"Fei-Fei Li" AUTHOR:Erdős', { authors: ['fei-fei-li', 'erdos'] }],
    ['au:"Hinton, Geoffrey"', { authors: ['geoffrey-hinton'] }],
    ['au:del_maestro', { authors: ['del-maestro'] }],
    ['author:李飞飞 -author:"A. B."', { authors: ['李飞飞'], excludedAuthors: ['a-b'] }],
    ['cat:cs.lg category:CS.* cat:hep-th', { categories: ['cs.LG', 'cs', 'hep-th'] }],
    [
      'cat:Physics.Chem-PH -cat:math',
      { categories: ['physics.chem-ph'], excludedCategories: ['math'] },
    ],
    ['year:2024', { after: '2024-01-01', before: '2025-01-01' }],
    ['year:2020..2023', { after: '2020-01-01', before: '2024-01-01' }],
    ['year:2020-2023', { after: '2020-01-01', before: '2024-01-01' }],
    ['year:2020..', { after: '2020-01-01' }],
    ['year:..2020', { before: '2021-01-01' }],
    ['after:2024 before:2024-5', { after: '2024-01-01', before: '2024-05-01' }],
    ['after:2024-02-29', { after: '2024-02-29' }],
    [
      'after:2024 after:2025 before:2026 before:2027',
      { after: '2025-01-01', before: '2026-01-01' },
    ],
    ['has:code has:Models has:code', { has: ['code', 'model'] }],
    ['votes:10', { votes: { min: 10, max: undefined } }],
    ['votes:>10', { votes: { min: 11, max: undefined } }],
    ['votes:>=10 votes:<=20', { votes: { min: 10, max: 20 } }],
    ['votes:<5', { votes: { min: undefined, max: 4 } }],
    ['votes:10..20', { votes: { min: 10, max: 20 } }],
    ['votes:10..20 votes:>12', { votes: { min: 13, max: 20 } }],
  ] as [string, Partial<SearchQuery>][])('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it.each([
    'author:',
    'author:???',
    `author:${'x'.repeat(300)}`,
    'title:',
    'cat:12',
    'cat:cs.',
    'year:24',
    'year:20202021',
    'year:..',
    'year:',
    'after:2024-02-30',
    'after:2024-13',
    'after:0000',
    'before:tomorrow',
    'has:other',
    'has:everything',
    '-has:code',
    '-year:2024',
    'votes:many',
    'votes:>',
    'votes:..',
    'votes:99999999999',
    'foo:bar',
    'constructor:x',
    'https://example.org/a?b=c',
    'arXiv:2502.01441',
    'Title: A Subtitle',
  ])('%s is searched as words', (text) => {
    expect(parsed(text)).toEqual({ words: text });
  });

  it('beyond the limit filters become words, and exclusions are dropped', () => {
    const numbered = (write: (at: number) => string) =>
      parseQuery(Array.from({ length: MAX_CLAUSES + 1 }, (_, at) => write(at)).join(' '));
    expect(numbered((at) => `au:x${at}`)).toMatchObject({ words: `au:x${MAX_CLAUSES}` });
    expect(numbered((at) => `"x${at}"`).phrases).toHaveLength(MAX_CLAUSES);
    expect(numbered((at) => `ti:x${at}`).titles).toHaveLength(MAX_CLAUSES);
    const excluding = numbered((at) => `-x${at} -au:y${at} -cat:z`);
    expect(excluding).toMatchObject({ words: '', excludedCategories: ['z'] });
    expect(excluding.excluded).toHaveLength(MAX_CLAUSES);
    expect(excluding.excludedAuthors).toHaveLength(MAX_CLAUSES);
  });
});

describe('what is not meant for this parser', () => {
  it.each<[string, Partial<SearchQuery>]>([
    ['', {}],
    ['  \u0000\n ', {}],
    ['"', {}],
    ['"" -"" ()', {}],
    ['- : -- ?!', {}],
    ['"unbalanced cat:cs.LG', { words: 'unbalanced', categories: ['cs.LG'] }],
    ['a "b c" "d', { words: 'a b c d', phrases: ['b c'] }],
    ['author:"unbalanced x', { words: 'x', authors: ['unbalanced'] }],
    ['12" wafers and 15" wafers', { words: '12 wafers and 15 wafers' }],
    ['(a OR b) AND c', { words: '(a b) c' }],
    [
      '+a (author:hinton OR (cat:cs.LG))',
      { words: '+a', authors: ['hinton'], categories: ['cs.LG'] },
    ],
    ['au:del_maestro ANDNOT ti:"a b"', { authors: ['del-maestro'], excluded: ['a b'] }],
    ['a AND NOT b', { words: 'a', excluded: ['b'] }],
    ['Do NOT think', { words: 'Do NOT think' }],
    ['OR gates AND', { words: 'OR gates AND' }],
    [
      'title:[a TO b] x~2 y^4',
      { words: '[a TO b] x~2 y^4', titles: [{ text: '[a', isPhrase: false }] },
    ],
    ["'; DROP TABLE papers; --", { words: 'DROP TABLE papers;' }],
    ['a\u0000b\u200bc\u202ed', { words: 'a bcd' }],
    ['\ud83d x \ude00', { words: 'x' }],
    ['🤗 שלום 扩散模型', { words: '🤗 שלום 扩散模型' }],
    ['e\u0301', { words: 'é' }],
  ])('%j', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it.each([
    ['$\\alpha$-divergence', 'α-divergence'],
    ['\\textbf{LoRA} for G{\\"o}del', 'LoRA for Gödel'],
    ['costs $5', 'costs $5'],
  ])('TeX %s reads %s', (text, words) => {
    expect(parsed(text)).toEqual({ words });
    expect(parseQuery(text).text).toBe(text);
  });

  it('quotes of TeX are quotes, and its minus excludes nothing', () => {
    expect(parsed("``few shot'' {x}").phrases).toEqual(['few shot']);
    expect(parsed('$a -b$').excluded).toBeUndefined();
  });
});

describe('any text', () => {
  it('is taken, gives the same again by its text, and stays small', () => {
    for (const text of randomTexts(1, 5_000)) {
      const query = parseQuery(text);
      const { text: shown } = query;
      expect(parseQuery(shown), JSON.stringify(text)).toEqual(query);
      expect(shown.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(`${query.words}${query.phrases}${query.excluded}`).not.toMatch(/[\p{Cc}\p{Cs}"“”]/u);
    }
  });

  it.each([
    ['letters', 'x'],
    ['words', 'word '],
    ['quotes', '"'],
    ['phrases', '"a b" '],
    ['open quotes', 'title:" '],
    ['hyphens', '-'],
    ['exclusions', '-a '],
    ['operators', 'author:'],
    ['authors', 'au:x '],
    ['brackets', '(['],
    ['brackets before an operator', '([{+-'],
    ['closing brackets', 'ti:a)'],
    ['AND NOT', 'AND NOT '],
    ['spaces', ' '],
    ['NUL bytes', '\u0000'],
    ['accents', 'e\u0301'],
    ['accents alone', '\u0301'],
    ['signs that grow when composed', '\u0344'],
    ['emoji', '🤗'],
    ['half emoji', '\ud83d'],
    ['braces', '{'],
    ['formulas', '$x_1$ '],
    ['open formulas', '$\\frac{ '],
    ['Chinese', '扩散'],
  ])('a megabyte of %s is cut to a small query', (_, piece) => {
    const long = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const query = parseQuery(long);
    expect(query.text.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
    expect(sizeOf(query)).toBeLessThan(8 * MAX_QUERY_LENGTH);
    // What is behind the cut changes nothing.
    expect(parseQuery(long.slice(0, 20_000))).toEqual(query);
  });

  it('a cut never halves a character', () => {
    const { text } = parseQuery(`x${'🤗'.repeat(2_000)}`);
    expect(text).toHaveLength(MAX_QUERY_LENGTH - 1);
  });
});

describe('the description', () => {
  it.each(GRAMMAR.map(({ example }) => example))('its example %s is understood', (example) => {
    const { words, ...filters } = parsed(example);
    // The first rule and the last one, an arXiv number, are words to the parser.
    const isWords = example === GRAMMAR[0]?.example || example === GRAMMAR.at(-1)?.example;
    expect(Object.keys(filters).length > 0).toBe(!isWords);
    expect(words ?? '').not.toContain(':');
  });
});
