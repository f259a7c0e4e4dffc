// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { frame } from './frame.tsx';
export { keys } from './keys.ts';
export { look } from './look.ts';
export { offline } from './offline.ts';
export { script } from './script.ts';
