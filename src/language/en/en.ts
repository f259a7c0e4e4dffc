// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { about } from './about.tsx';
export { firstRun } from './first-run.tsx';
export { frame } from './frame.tsx';
