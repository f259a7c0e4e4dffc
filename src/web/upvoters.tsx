import type { Voters } from '../votes/voters.ts';

/** Who voted for a paper; nothing where nobody of this instance has. */
export function Upvoters({ voters }: { voters: Voters }) {
  const { shown, publicCount, privateCount } = voters;
  const total = publicCount + privateCount;
  if (total === 0) return null;
  return (
    <section class="upvoters" aria-labelledby="upvoters">
      <h2 id="upvoters">Upvoted by</h2>
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
  if (shown === 0) return `${total === 1 ? '1 person' : `${total} people`}, privately.`;
  const privately = privateCount > 0 ? `, ${privateCount} of them privately` : '';
  return `and ${rest.toLocaleString('en')} more${privately}.`;
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
