import type { Child } from 'hono/jsx';

/** Makes the part of a sentence that leads somewhere into a link. */
export type Link = (text: string) => Child;
