// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { frame } from './frame.tsx';
export { lists } from './lists.tsx';
export { paper } from './paper.tsx';
export { search } from './search.tsx';
