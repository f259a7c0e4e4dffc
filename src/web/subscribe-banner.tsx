import { assetPath } from '../base/assets.ts';
import type { Site } from './layout.tsx';

/** Above every list: an address is enough, everything else is as usual. */
export function SubscribeBanner({ site }: { site: Site }) {
  return (
    <section class="subscribe" aria-label="Papers by mail">
      {site.viewer ? (
        <p>
          <b>New:</b> trending papers by mail. <a href="/settings/digests">Your digests</a>
        </p>
      ) : (
        <form method="post" action="/subscribe">
          <label for="subscribe-email">
            <b>New:</b> trending papers in your mail, each weekday
          </label>
          <input
            id="subscribe-email"
            name="email"
            type="email"
            required
            maxlength={254}
            autocomplete="email"
            placeholder="you@example.org"
          />
          <input type="hidden" name="time-zone" value="" data-time-zone />
          <button type="submit">Subscribe</button>
          <a href="/subscribe">Choose what comes</a>
        </form>
      )}
      <script type="module" src={assetPath('time-zone.js')}></script>
    </section>
  );
}
