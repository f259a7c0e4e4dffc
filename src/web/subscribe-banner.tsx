import { assetPath } from '../base/assets.ts';
import { words } from '../language/words.ts';
import type { Site } from './layout.tsx';

/** Above every list: an address is enough, everything else is as usual. */
export function SubscribeBanner({ site }: { site: Site }) {
  const { mail } = words.frame;
  return (
    <section class="subscribe" aria-label={mail.label}>
      {site.viewer ? (
        <p>
          {mail.forMember((text) => (
            <a href="/settings/digests">{text}</a>
          ))}
        </p>
      ) : (
        <form method="post" action="/subscribe">
          <label for="subscribe-email">{mail.forVisitor()}</label>
          <input
            id="subscribe-email"
            name="email"
            type="email"
            required
            maxlength={254}
            autocomplete="email"
            placeholder={mail.address}
          />
          <input type="hidden" name="time-zone" value="" data-time-zone />
          <button type="submit">{mail.subscribe}</button>
          <a href="/subscribe">{mail.choose}</a>
        </form>
      )}
      <script type="module" src={assetPath('time-zone.js')}></script>
    </section>
  );
}
