import { parseMarkdown, walkTokens } from './parse-markdown.ts';

/** So that one comment writes to no more people, and asks for no more papers. */
const MAX_HANDLES = 20;
const MAX_PAPER_IDS = 50;

export type References = {
  /** Lower case, in order of appearance, each once. */
  handles: string[];
  paperIds: string[];
};

/** What the references of comments turned out to be; whatever is not in it stays text or a link. */
export type ResolvedReferences = {
  people: ReadonlyMap<string, { name: string }>;
  /** By identity as it is written: one that redirects is a key of its own. Titles may hold TeX. */
  papers: ReadonlyMap<string, { title: string }>;
};

/** The people and papers that a comment names, outside code, formulas and texts of links. */
export function findReferences(raw: string): References {
  const handles = new Set<string>();
  const paperIds = new Set<string>();
  for (const { type, meta } of walkTokens(parseMarkdown(raw))) {
    if (type === 'mention' && handles.size < MAX_HANDLES) handles.add(String(meta?.handle));
    if (type === 'paper' && paperIds.size < MAX_PAPER_IDS) paperIds.add(String(meta?.id));
  }
  return { handles: [...handles], paperIds: [...paperIds] };
}
