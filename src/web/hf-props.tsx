import { raw } from 'hono/html';
import { presentDailyItem } from '../api/present-paper.ts';
import type { Period } from '../base/calendar.ts';
import type { FeedItem } from '../feed/feed-item.ts';
import type { Site } from './layout.tsx';

/** The attribute in which Hugging Face's page carries its data, for programs that read it there. */
export function HfProps({
  site,
  period,
  items,
  previous,
  next,
}: {
  site: Site;
  period: Period;
  items: FeedItem[];
  previous: string | undefined;
  next: string | undefined;
}) {
  const props = {
    periodType: period.kind,
    dateString: period.key,
    dailyPapers: items.map((item) => presentDailyItem(item, site.url)),
    prevDate: previous ?? null,
    nextDate: next ?? null,
  };
  return hydrater('DailyPapers', props);
}

export function hydrater(target: string, props: unknown) {
  return (
    <div class="SVELTE_HYDRATER contents" data-target={target} data-props={JSON.stringify(props)}>
      {raw('')}
    </div>
  );
}
