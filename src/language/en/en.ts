// The English catalogue: an area a file.
/** BCP 47, for dates, numbers, plurals and the pages' `lang`. */
export const tag: string = 'en';
/** Where its letters begin. */
export const direction: 'ltr' | 'rtl' = 'ltr';

export { alerts } from './alerts.tsx';
export { channels } from './channels.tsx';
export { citing } from './citing.tsx';
export { feeds } from './feeds.tsx';
export { frame } from './frame.tsx';
export { mailAdmin } from './mail-admin.tsx';
