// The links that the submitter or an editor gives a paper. They come before what sources name, and no
// source's record takes them away.
import { now } from '../base/calendar.ts';
import { AppError } from '../base/errors.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import type { LinkKind, PaperLink } from './paper.ts';
import { parseWebAddress } from './web-address.ts';

/** A field left out stays as it is; null takes the link away. */
export type PaperLinks = { projectPage?: string | null; githubRepo?: string | null };

const KINDS = { projectPage: 'project', githubRepo: 'code' } as const satisfies Record<
  keyof PaperLinks,
  LinkKind
>;
const FIELDS = Object.keys(KINDS) as (keyof PaperLinks)[];

const REPOSITORY =
  /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.[\w.-]+|codeberg\.org|bitbucket\.org|git\.[\w.-]+|gitee\.com|sr\.ht|git\.sr\.ht|huggingface\.co|anonymous\.4open\.science)\/[^/\s]+\/\S+$/i;

/**
 * An empty text takes a link away, as null does. Throws `invalid` for what is no address of the web, or
 * of no repository.
 */
export function parseLinks(typed: {
  projectPage?: string | null | undefined;
  githubRepo?: string | null | undefined;
}): PaperLinks {
  const links: PaperLinks = {};
  if (typed.projectPage !== undefined) {
    links.projectPage = parseWebAddress(typed.projectPage ?? '', 'The project page') ?? null;
  }
  if (typed.githubRepo !== undefined) {
    const repository = parseWebAddress(typed.githubRepo ?? '', 'The code repository') ?? null;
    if (repository && !REPOSITORY.test(repository)) {
      throw new AppError(
        'invalid',
        'The code repository must be the address of one, such as https://github.com/owner/name.',
      );
    }
    links.githubRepo = repository;
  }
  return links;
}

/** Throws `not-found`. The same links again change nothing. */
export async function setLinks(tx: Tx, paperKey: number, links: PaperLinks): Promise<void> {
  const change = await takeChanges(tx, 1);
  const paper = await tx
    .selectFrom('papers')
    .select('links')
    .where('key', '=', paperKey)
    .executeTakeFirst();
  if (!paper) throw new AppError('not-found', 'There is no such paper here.');
  const after = JSON.stringify(withLinks(JSON.parse(paper.links) as PaperLink[], links));
  if (after === paper.links) return;
  await tx
    .updateTable('papers')
    .set({ links: after, changed_at: now(), change })
    .where('key', '=', paperKey)
    .execute();
}

/** Those that stand for the two fields now, as somebody or a source gave them. */
export function linksOf(links: PaperLink[]): { projectPage: string; githubRepo: string } {
  const named = (kind: LinkKind) =>
    links.find((link) => link.kind === kind && isNamed(link))?.url ?? '';
  return { projectPage: named('project'), githubRepo: named('code') };
}

/** Given for the paper by somebody or by a source, and not read out of its text. */
export function isNamed(link: PaperLink): boolean {
  return link.from === 'submitter' || link.from === 'source';
}

function withLinks(before: PaperLink[], given: PaperLinks): PaperLink[] {
  let links = before;
  for (const field of FIELDS) {
    const url = given[field];
    const kind = KINDS[field];
    if (url === undefined) continue;
    const isReplaced = (link: PaperLink) =>
      link.kind === kind && (url === null ? isNamed(link) : link.from === 'submitter');
    const others = links.filter(
      (link) => !isReplaced(link) && !(link.kind === kind && link.url === url),
    );
    links = url === null ? others : [{ kind, url, from: 'submitter' }, ...others];
  }
  return links;
}
