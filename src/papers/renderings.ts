// Rendered titles and abstracts. Formulas take a millisecond each, so papers that have any are
// rendered once and kept; the others are rendered as they are read.
import { createHash } from 'node:crypto';
import { hasTexMath, renderTexHtml } from '../base/tex/tex.ts';
import type { Database, Db } from '../database/database.ts';
import { chunkedForInsert } from '../database/insert-rows.ts';

/** Raised when the renderer's output changes; renderings of another version are made anew. */
const RENDERER = 1;
const COUNTER = 'renderings';
const BATCH = 500;
const MAX_REMEMBERED = 500;

export type Rendering = {
  /** Without links, for use inside one. */
  titleHtml: string;
  abstractHtml: string;
};

type Source = { key: number; title: string; abstract: string };

function renderPaper({ title, abstract }: Omit<Source, 'key'>): Rendering {
  return {
    titleHtml: renderTexHtml(title, { breaks: false, links: false }),
    abstractHtml: renderTexHtml(abstract),
  };
}

/** A kept rendering that belongs to the text a paper has now. */
export type KeptRenderings = Map<number, { fingerprint: string } & Rendering>;

export async function loadRenderings(db: Db, keys: number[]): Promise<KeptRenderings> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('paper_renderings')
    .selectAll()
    .where('paper_key', 'in', keys)
    .execute();
  return new Map(
    rows.map((row) => [
      row.paper_key,
      { fingerprint: row.fingerprint, titleHtml: row.title_html, abstractHtml: row.abstract_html },
    ]),
  );
}

/** The kept rendering where it is current, else a new one. */
export function renderingOf(paper: Source, kept: KeptRenderings): Rendering {
  const found = kept.get(paper.key);
  if (!hasMath(paper)) return renderPaper(paper);
  const fingerprint = fingerprintOf(paper);
  if (found?.fingerprint === fingerprint) return found;
  const known = remembered.get(fingerprint);
  if (known) return known;
  const rendering = renderPaper(paper);
  if (remembered.size >= MAX_REMEMBERED) {
    remembered.delete(remembered.keys().next().value as string);
  }
  remembered.set(fingerprint, rendering);
  return rendering;
}

/** Renderings of papers that changed since they were last derived, for the time until they are again. */
const remembered = new Map<string, Rendering>();

/**
 * Renders what has changed since the last time, following the change number; safe to kill and to
 * run twice at once. Returns how many papers were rendered.
 */
export async function deriveRenderings(
  database: Database,
  onBatch?: (seen: number, rendered: number) => void,
): Promise<number> {
  let seen = 0;
  let rendered = 0;
  let position = await readPosition(database);
  for (;;) {
    const papers = await database.read
      .selectFrom('papers')
      .select(['key', 'title', 'abstract', 'change'])
      .where('change', '>', position)
      .orderBy('change')
      .limit(BATCH)
      .execute();
    const last = papers.at(-1);
    if (!last) return rendered;
    const rows = papers.filter(hasMath).map((paper) => {
      const { titleHtml, abstractHtml } = renderPaper(paper);
      return {
        paper_key: paper.key,
        fingerprint: fingerprintOf(paper),
        title_html: titleHtml,
        abstract_html: abstractHtml,
      };
    });
    position = last.change;
    await keep(database, rows, position);
    seen += papers.length;
    rendered += rows.length;
    onBatch?.(seen, rendered);
  }
}

/** Whether papers have changed since `deriveRenderings` last saw them. */
export async function areRenderingsBehind(database: Database): Promise<boolean> {
  const position = await readPosition(database);
  const row = await database.read
    .selectFrom('papers')
    .select('key')
    .where('change', '>', position)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets how far `deriveRenderings` has come, so that it begins anew. */
export async function resetRenderings(database: Database): Promise<void> {
  await database.transact(async (tx) => {
    await tx.deleteFrom('paper_renderings').execute();
    await tx.deleteFrom('counters').where('name', 'like', `${COUNTER}:%`).execute();
  });
}

async function readPosition(database: Database): Promise<number> {
  const row = await database.read
    .selectFrom('counters')
    .select('value')
    .where('name', '=', `${COUNTER}:${RENDERER}`)
    .executeTakeFirst();
  return row?.value ?? 0;
}

type RenderingRow = {
  paper_key: number;
  fingerprint: string;
  title_html: string;
  abstract_html: string;
};

async function keep(database: Database, rows: RenderingRow[], position: number): Promise<void> {
  await database.transact(async (tx) => {
    // A paper may have been merged into another since it was read.
    const keys = rows.map((row) => row.paper_key);
    const there = new Set(
      keys.length === 0
        ? []
        : (await tx.selectFrom('papers').select('key').where('key', 'in', keys).execute()).map(
            (row) => row.key,
          ),
    );
    for (const chunk of chunkedForInsert(rows.filter((row) => there.has(row.paper_key)))) {
      await tx
        .insertInto('paper_renderings')
        .values(chunk)
        .onConflict((conflict) =>
          conflict.column('paper_key').doUpdateSet((eb) => ({
            fingerprint: eb.ref('excluded.fingerprint'),
            title_html: eb.ref('excluded.title_html'),
            abstract_html: eb.ref('excluded.abstract_html'),
          })),
        )
        .execute();
    }
    await tx
      .insertInto('counters')
      .values({ name: `${COUNTER}:${RENDERER}`, value: position })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: position }))
      .execute();
  });
}

function hasMath({ title, abstract }: Omit<Source, 'key'>): boolean {
  return hasTexMath(title) || hasTexMath(abstract);
}

function fingerprintOf({ title, abstract }: Omit<Source, 'key'>): string {
  return createHash('sha1').update(`${RENDERER}\n${title}\n${abstract}`).digest('base64url');
}
