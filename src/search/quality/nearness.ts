// From which cosine on a paper may be called near: how many relevant ones that brings, and how many others.
import type { Embedder } from '../../embeddings/embedder.ts';
import { rowOfText, textOf } from '../index/index-row.ts';
import type { TestDocument, TestQuery, TestSet } from './read-test-set.ts';

const BATCH = 2_000;
const LOWEST = 0.1;
const STEP = 0.05;
/** Cosines from 0.10 to 0.95. */
const LIMITS = Array.from({ length: 18 }, (_, place) => Number((LOWEST + place * STEP).toFixed(2)));

export type NearFrom = {
  cosine: number;
  /** Of the relevant pairs of query and document the share that is as near. */
  relevant: number;
  /** Of a thousand documents that nobody judged relevant so many are as near. */
  othersOfThousand: number;
};

export type Nearness = {
  set: string;
  documents: number;
  queries: number;
  relevant: number;
  limits: NearFrom[];
};

/** Compares every query with every document, which are embedded as queries and papers are. */
export async function measureNearness(
  set: TestSet,
  embedder: Embedder,
  onDocument: (done: number) => void = () => {},
): Promise<Nearness> {
  const asked = await embedder.embed(
    set.queries.map(({ text }) => text),
    'query',
  );
  const near = { relevant: LIMITS.map(() => 0), others: LIMITS.map(() => 0) };
  const pairs = { relevant: 0, others: 0 };
  let documents = 0;
  let batch: TestDocument[] = [];
  const compare = async () => {
    const vectors = await embedder.embed(batch.map(textOfDocument), 'document');
    for (const [place, { id }] of batch.entries()) {
      for (const [at, query] of set.queries.entries()) {
        const kind = isRelevant(query, id) ? 'relevant' : 'others';
        const cosine = inner(asked[at] as Float32Array, vectors[place] as Float32Array);
        pairs[kind]++;
        for (let k = 0; k < LIMITS.length && cosine >= (LIMITS[k] as number); k++) {
          near[kind][k] = (near[kind][k] as number) + 1;
        }
      }
    }
    documents += batch.length;
    onDocument(documents);
    batch = [];
  };
  for await (const document of set.documents()) {
    batch.push(document);
    if (batch.length === BATCH) await compare();
  }
  await compare();
  return {
    set: set.name,
    documents,
    queries: set.queries.length,
    relevant: pairs.relevant,
    limits: LIMITS.map((cosine, k) => ({
      cosine,
      relevant: (near.relevant[k] as number) / Math.max(1, pairs.relevant),
      othersOfThousand: ((near.others[k] as number) / Math.max(1, pairs.others)) * 1_000,
    })),
  };
}

function textOfDocument({ title, abstract }: TestDocument): string {
  return textOf(rowOfText({ title, abstract }));
}

function isRelevant({ judgements }: TestQuery, id: string): boolean {
  return (judgements.get(id) ?? 0) > 0;
}

function inner(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

export function renderNearness({ set, documents, queries, relevant, limits }: Nearness): string[] {
  const count = (number: number) => number.toLocaleString('en');
  return [
    `${set}: ${count(documents)} documents, ${count(queries)} queries, ${count(relevant)} relevant pairs`,
    '',
    'near from   relevant found   others of 1,000 papers',
    ...limits.map(
      (limit) =>
        `${limit.cosine.toFixed(2).padStart(9)}   ${`${(limit.relevant * 100).toFixed(1)} %`.padStart(14)}   ${limit.othersOfThousand.toFixed(2).padStart(22)}`,
    ),
  ];
}
