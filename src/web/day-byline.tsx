/** `by Ada, Alan and the research community`, and the way to take part. */
export function DayByline({ editors, community }: { editors: string[]; community: string }) {
  const names = editors.join(', ');
  return (
    <p class="byline day-byline">
      by {names && `${names} and `}the {community} community ·{' '}
      <a href="/papers/submit">Submit a paper</a>
    </p>
  );
}
