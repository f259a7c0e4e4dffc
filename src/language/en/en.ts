// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { comments } from './comments.tsx';
export { digests } from './digests.tsx';
export { frame } from './frame.tsx';
export { links } from './links.ts';
export { moderation } from './moderation.tsx';
export { people } from './people.tsx';
export { settings } from './settings.tsx';
export { signIn } from './sign-in.tsx';
export { submitting } from './submitting.tsx';
export { topics } from './topics.ts';
export { voting } from './voting.tsx';
