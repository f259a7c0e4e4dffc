import { words } from '../language/words.ts';
import type { Voters } from '../votes/voters.ts';

/** Who voted for a paper; nothing where nobody of this instance has. */
export function Upvoters({ voters }: { voters: Voters }) {
  const { shown, publicCount, privateCount } = voters;
  const total = publicCount + privateCount;
  if (total === 0) return null;
  return (
    <section class="upvoters" aria-labelledby="upvoters">
      <h2 id="upvoters">{words.voting.upvotedBy}</h2>
      {shown.length > 0 && (
        <ul>
          {shown.map(({ handle, name }) => (
            <li>
              <a href={`/people/${handle}`} data-initials={initialsOf(name)}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="note">{restInWords(shown.length, total, privateCount)}</p>
    </section>
  );
}

function restInWords(shown: number, total: number, privateCount: number): string {
  const rest = total - shown;
  if (rest === 0) return '';
  const { voting } = words;
  return shown === 0 ? voting.privately(total) : voting.more(rest, privateCount);
}

function initialsOf(name: string): string {
  const names = name.trim().split(/\s+/);
  const ends = names.length > 1 ? [names[0], names.at(-1)] : [names[0]];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
