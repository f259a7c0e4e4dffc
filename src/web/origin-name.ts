import { words } from '../language/words.ts';

/** What readers call a service that counted votes. */
export function originName(origin: string): string {
  return words.voting.origins[origin] ?? origin;
}
