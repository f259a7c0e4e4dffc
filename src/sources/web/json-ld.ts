// A paper in a page's JSON-LD: https://schema.org/ScholarlyArticle and its like.
import { findPaperId } from '../../papers/paper-id.ts';

export type LinkedPaper = {
  isScholarly: boolean;
  title: string | undefined;
  authors: { name: string; affiliations?: string[] }[];
  abstract: string | undefined;
  description: string | undefined;
  dates: string[];
  /** arXiv ids and DOIs that it goes by, as `findPaperId` writes them. */
  ids: string[];
  journal: string | undefined;
};

const SCHOLARLY = /(?:ScholarlyArticle|Thesis|Report)$/;
const ARTICLE = /(?:Article|BlogPosting|CreativeWork)$/;
const MAX_NODES = 1_000;

/** The first scholarly article, or else the first article; undefined without either. */
export function findLinkedPaper(jsonLd: readonly unknown[]): LinkedPaper | undefined {
  const articles = nodesOf(jsonLd).filter((node) =>
    typesOf(node).some((type) => ARTICLE.test(type) || SCHOLARLY.test(type)),
  );
  const scholarly = articles.find((node) => typesOf(node).some((type) => SCHOLARLY.test(type)));
  const node = scholarly ?? articles[0];
  return node && paperOf(node, node === scholarly);
}

type Node = Record<string, unknown>;

/** The objects at the top, in `@graph` and in `mainEntity`; not what those refer to. */
function nodesOf(jsonLd: readonly unknown[]): Node[] {
  const nodes: Node[] = [];
  const waiting: unknown[] = [...jsonLd];
  for (let index = 0; index < waiting.length && nodes.length < MAX_NODES; index++) {
    const value = waiting[index];
    if (Array.isArray(value)) waiting.push(...value.slice(0, MAX_NODES));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const node = value as Node;
    nodes.push(node);
    waiting.push(
      ...listOf(node['@graph']).slice(0, MAX_NODES),
      ...listOf(node.mainEntity).slice(0, MAX_NODES),
    );
  }
  return nodes;
}

function paperOf(node: Node, isScholarly: boolean): LinkedPaper {
  const ids = ['@id', 'identifier', 'sameAs', 'url', 'mainEntityOfPage'].flatMap((name) =>
    listOf(node[name]).flatMap((value) => {
      const found = findPaperId(textOf(value, 'value') ?? textOf(value, '@id') ?? '');
      return found ? [found.id] : [];
    }),
  );
  return {
    isScholarly,
    title: textOf(node.headline) ?? textOf(node.name),
    authors: listOf(node.author ?? node.creator).flatMap(authorOf),
    abstract: textOf(node.abstract),
    description: textOf(node.description),
    dates: ['datePublished', 'dateCreated'].flatMap((name) => textOf(node[name]) ?? []),
    ids,
    journal: textOf(listOf(node.isPartOf)[0], 'name'),
  };
}

function authorOf(value: unknown): { name: string; affiliations?: string[] }[] {
  const node = (typeof value === 'object' && value !== null ? value : {}) as Node;
  const parts = [textOf(node.givenName), textOf(node.familyName)].filter(Boolean).join(' ');
  const name = textOf(value, 'name') ?? parts;
  if (name === '') return [];
  const affiliations = listOf(node.affiliation).flatMap((place) => textOf(place, 'name') ?? []);
  return [affiliations.length > 0 ? { name, affiliations } : { name }];
}

function typesOf(node: Node): string[] {
  return listOf(node['@type']).filter((type) => typeof type === 'string');
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text, or that of an object's member. */
function textOf(value: unknown, member?: string): string | undefined {
  const found =
    typeof value === 'object' && value !== null && member ? (value as Node)[member] : value;
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}
