// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { archive } from './archive.tsx';
export { frame } from './frame.tsx';
export { period } from './period.ts';
export { pictures } from './pictures.ts';
export { tagged } from './tagged.ts';
export { trending } from './trending.ts';
