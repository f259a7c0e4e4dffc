import { createHash } from 'node:crypto';

/**
 * Puts what the reader has chosen onto <html> before anything is painted, which no script of a file could without
 * holding the page up. Written for the cookie of look.ts. And `data-whole` where the reader comes back to a page that
 * the browser did not keep: its papers are all set at once (styles/lists.css), so that the old place is there again.
 */
export const EARLY_SCRIPT = `for(const[,n,v]of(/(?:^|; )look=([^;]*)/.exec(document.cookie)?.[1]??"").matchAll(/(density|theme|contrast|keys):(\\w+)/g))document.documentElement.dataset[n]=v;/^[rb]/.test(performance.getEntriesByType("navigation")[0]?.type)&&(document.documentElement.dataset.whole="")`;
/** Allows exactly this script in a content security policy. */
export const EARLY_SCRIPT_SOURCE = `'sha256-${createHash('sha256').update(EARLY_SCRIPT).digest('base64')}'`;
