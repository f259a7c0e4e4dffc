/** How many results a question is answered with. */
export const RESULTS = 20;
export const SUGGESTIONS = 8;
