import { words } from '../language/words.ts';

/** `by Ada, Alan and the research community`, and the way to take part. */
export function DayByline({ editors, community }: { editors: string[]; community: string }) {
  return (
    <p class="byline day-byline">
      {words.voting.byline(editors, community, (text) => (
        <a href="/papers/submit">{text}</a>
      ))}
    </p>
  );
}
