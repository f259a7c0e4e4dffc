// What people say of themselves.
import { now } from '../base/calendar.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { cleanText, oneLine } from '../base/text.ts';
import { takeChanges } from '../database/change-number.ts';
import type { Tx } from '../database/database.ts';
import { parseHandle } from './handle.ts';
import { parseOrcid } from './orcid.ts';

export const MAX_NAME = 80;
export const MAX_AFFILIATION = 200;
export const MAX_ABOUT = 2_000;
export const MAX_LINKS = 5;
export const MAX_LINK = 300;
/** They turn the direction of the text around them, so that a name could look like another. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export type Profile = {
  name: string;
  handle: string;
  affiliation: string | undefined;
  about: string | undefined;
  links: string[];
  orcid: string | undefined;
  hasPublicVotes: boolean;
};
export type ProfileField = keyof Profile;
export type ProfileProblems = Partial<Record<ProfileField, string>>;

/** As it was typed; other fields of a form are not looked at. */
export type TypedProfile = {
  name: string;
  handle: string;
  affiliation: string;
  about: string;
  links: string[];
  orcid: string;
  hasPublicVotes: boolean;
};

/** Either a whole profile, or what is wrong with which field. */
export function parseProfile(
  typed: TypedProfile,
): { profile: Profile; problems?: never } | { profile?: never; problems: ProfileProblems } {
  const problems: ProfileProblems = {};
  const take = <T>(field: ProfileField, parse: () => T): T | undefined => {
    try {
      return parse();
    } catch (error) {
      if (!isAppError(error)) throw error;
      problems[field] = error.message;
      return undefined;
    }
  };
  const name = take('name', () => parseName(typed.name));
  const handle = take('handle', () => parseHandle(typed.handle));
  const affiliation = take('affiliation', () =>
    shortText(oneLine(plain(typed.affiliation)), MAX_AFFILIATION),
  );
  const about = take('about', () => shortText(plain(typed.about), MAX_ABOUT));
  const links = take('links', () => parseLinks(typed.links));
  const orcid = take('orcid', () =>
    typed.orcid.trim() === '' ? undefined : parseOrcid(typed.orcid),
  );
  if (name === undefined || handle === undefined || Object.keys(problems).length > 0) {
    return { problems };
  }
  const { hasPublicVotes } = typed;
  return {
    profile: { name, handle, affiliation, about, links: links ?? [], orcid, hasPublicVotes },
  };
}

/** Throws `conflict` when the handle is someone else's. */
export async function saveProfile(tx: Tx, personId: string, profile: Profile): Promise<void> {
  // Before looking whether the handle is free: one such change after the other.
  await takeChanges(tx, 1);
  const other = await tx
    .selectFrom('people')
    .select('id')
    .where('handle', '=', profile.handle)
    .where('id', '<>', personId)
    .executeTakeFirst();
  if (other) {
    throw new AppError('conflict', `The handle ${profile.handle} is taken: choose another.`);
  }
  await tx
    .updateTable('people')
    .set({
      name: profile.name,
      handle: profile.handle,
      affiliation: profile.affiliation ?? null,
      about: profile.about ?? null,
      links: JSON.stringify(profile.links),
      orcid: profile.orcid ?? null,
      has_public_votes: profile.hasPublicVotes ? 1 : 0,
      updated_at: now(),
    })
    .where('id', '=', personId)
    .execute();
}

function plain(text: string): string {
  return cleanText(text).replace(TURNING, '');
}

/** Throws `invalid`. */
export function parseName(text: string): string {
  const name = oneLine(plain(text));
  if (!/[\p{L}\p{N}]/u.test(name) || name.length > MAX_NAME) {
    throw new AppError('invalid', `Write a name of 1 to ${MAX_NAME} characters.`);
  }
  return name;
}

function shortText(text: string, max: number): string | undefined {
  if (text.length > max) {
    throw new AppError(
      'invalid',
      `This has ${text.length.toLocaleString('en')} characters: shorten it to ${max.toLocaleString('en')}.`,
    );
  }
  return text === '' ? undefined : text;
}

function parseLinks(typed: string[]): string[] {
  const given = typed.map((link) => link.trim()).filter((link) => link !== '');
  if (given.length > MAX_LINKS) {
    throw new AppError('invalid', `${MAX_LINKS} links at most: leave some out.`);
  }
  return [...new Set(given.map(parseLink))];
}

function parseLink(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '' || url.href.length > MAX_LINK) {
    throw new AppError(
      'invalid',
      `${text.slice(0, 60)} is no address of a web page: write it with https:// before it, at most ${MAX_LINK} characters.`,
    );
  }
  return url.href;
}
