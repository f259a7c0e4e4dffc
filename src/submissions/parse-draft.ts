// What somebody types into the form, or a program sends, as a draft.
import { AppError } from '../base/errors.ts';
import { parseCommentText } from '../comments/comment-text.ts';
import { parseLinks } from '../papers/set-links.ts';
import { parseWebAddress } from '../papers/web-address.ts';
import type { Draft } from './submission.ts';

export const MAX_MEDIA_URLS = 4;
const MAX_REFERENCE_LENGTH = 2_000;

export type Typed = {
  reference: string;
  comment: string;
  projectPage: string;
  githubRepo: string;
  mediaUrls: string[];
};

/** Throws `invalid` for the first thing that is wrong. Which paper it names is looked at later. */
export function parseDraft(typed: Typed): Draft {
  const { projectPage, githubRepo } = typed;
  return {
    reference: parseReference(typed.reference),
    comment: parseFirstComment(typed.comment),
    links: parseLinks({
      ...(projectPage.trim() === '' ? {} : { projectPage }),
      ...(githubRepo.trim() === '' ? {} : { githubRepo }),
    }),
    mediaUrls: parseMedia(typed.mediaUrls),
  };
}

/** Throws `invalid`, as do the others of a field. */
export function parseReference(text: string): string {
  const reference = text.trim();
  if (reference === '') {
    throw new AppError('invalid', 'Paste an arXiv id, a DOI or the address of a paper.');
  }
  if (reference.length > MAX_REFERENCE_LENGTH) {
    throw new AppError(
      'invalid',
      `The address is too long: it may have ${MAX_REFERENCE_LENGTH} characters.`,
    );
  }
  return reference;
}

/** Empty: none. */
export function parseFirstComment(text: string): string {
  return text.trim() === '' ? '' : parseCommentText(text);
}

export function parseMedia(addresses: string[]): string[] {
  const media = addresses.flatMap((one) => parseWebAddress(one, 'A media address') ?? []);
  if (media.length > MAX_MEDIA_URLS) {
    throw new AppError('invalid', `At most ${MAX_MEDIA_URLS} media addresses may go along.`);
  }
  return [...new Set(media)];
}

/** The draft as it stands in the form. */
export function typedOf(draft: Draft): Typed {
  return {
    reference: draft.reference,
    comment: draft.comment,
    projectPage: draft.links.projectPage ?? '',
    githubRepo: draft.links.githubRepo ?? '',
    mediaUrls: draft.mediaUrls,
  };
}
