import type { Child } from 'hono/jsx';

/** Makes a link of some words of a sentence; the page knows where it leads. */
export type Link = (text: string) => Child;
