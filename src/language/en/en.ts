// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { about } from './about.tsx';
export { alerts } from './alerts.tsx';
export { apiDocs } from './api-docs.tsx';
export { archive } from './archive.tsx';
export { channels } from './channels.tsx';
export { citing } from './citing.tsx';
export { comments } from './comments.tsx';
export { digests } from './digests.tsx';
export { feeds } from './feeds.tsx';
export { firstRun } from './first-run.tsx';
export { frame } from './frame.tsx';
export { keys } from './keys.ts';
export { links } from './links.ts';
export { lists } from './lists.tsx';
export { look } from './look.ts';
export { mailAdmin } from './mail-admin.tsx';
export { mails } from './mails.ts';
export { moderation } from './moderation.tsx';
export { offline } from './offline.ts';
export { paper } from './paper.tsx';
export { people } from './people.tsx';
export { period } from './period.ts';
export { pictures } from './pictures.ts';
export { script } from './script.ts';
export { search } from './search.tsx';
export { searchHelp } from './search-help.tsx';
export { settings } from './settings.tsx';
export { signIn } from './sign-in.tsx';
export { sources } from './sources.tsx';
export { states } from './states.tsx';
export { submitting } from './submitting.tsx';
export { tagged } from './tagged.ts';
export { topics } from './topics.ts';
export { trending } from './trending.ts';
export { voting } from './voting.tsx';
