// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { frame } from './frame.tsx';
export { letters } from './letters.ts';
