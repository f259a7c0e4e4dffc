import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assetPath } from '../base/assets.ts';
import type { Day } from '../base/calendar.ts';
import { CORE_STYLES, MORE_STYLES_PATH, PRINT_STYLES_PATH } from '../base/styles.ts';
import { truncateText } from '../base/text.ts';
import type { Marks } from '../feed/marks.ts';
import { words } from '../language/words.ts';
import type { Viewer } from '../people/viewer.ts';
import type { FeedSubject } from '../syndication/feed-address.ts';
import { EARLY_SCRIPT } from './early-script.ts';
import { FeedLinks } from './feed-links.tsx';
import { LookChooser } from './look-chooser.tsx';
import { PageScripts } from './page-scripts.tsx';
import { VoteTarget } from './vote-button.tsx';

/** What every page knows of the instance and the moment. */
export type Site = {
  name: string;
  /** Public address without a slash at the end. */
  url: string;
  today: Day;
  categories: string[];
  /** The papers are those that came with the program. */
  isDemo: boolean;
  hasHfMarkup: boolean;
  /** Browsers keep the pages that were read last. */
  readsOffline: boolean;
  /** Whoever asks, on pages that are made for them alone; undefined on those that all readers share. */
  viewer: Viewer | undefined;
  /** What is the viewer's own about the papers of the page, on a page of theirs that shows papers. */
  marks: Marks | undefined;
  /** On a page of papers that readers share: its address with one's own marks. */
  minePath: string | undefined;
};

export type PageHead = {
  title: string;
  description?: string;
  /** Path of the page's own address. */
  path: string;
  /** Kept out of search engines: views of something that has a page of its own. */
  isUnindexed?: boolean;
  previous?: string | undefined;
  next?: string | undefined;
  /** The feeds that show what the page shows. */
  feeds?: FeedSubject[];
  /** It shows papers and what every page shows, so that the styles in its head are enough. */
  isList?: boolean;
  /** What only this page has in its head. */
  more?: Child;
  current?: 'day' | 'week' | 'month' | 'trending' | 'about' | 'account';
};

const MAX_DESCRIPTION = 200;

export function Layout({
  site,
  head,
  asked,
  children,
}: {
  site: Site;
  head: PageHead;
  /** What the reader was looking for. */
  asked?: string;
  children: Child;
}) {
  const { frame } = words;
  const title = head.title === site.name ? site.name : `${head.title} · ${site.name}`;
  const description = head.description && truncateText(head.description, MAX_DESCRIPTION);
  const tab = (key: PageHead['current'], href: string, label: string) => (
    <a href={href} aria-current={head.current === key ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <>
      {html`<!doctype html>`}
      <html lang={words.tag} dir={words.direction}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          {description && <meta name="description" content={description} />}
          {head.isUnindexed && <meta name="robots" content="noindex" />}
          <meta property="og:title" content={head.title} />
          <meta property="og:site_name" content={site.name} />
          {description && <meta property="og:description" content={description} />}
          <link rel="canonical" href={`${site.url}${head.path}`} />
          {head.previous && <link rel="prev" href={head.previous} />}
          {head.next && <link rel="next" href={head.next} />}
          {head.feeds && <FeedLinks subjects={head.feeds} url={site.url} />}
          {head.more}
          <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
          <link rel="manifest" href="/manifest.webmanifest" />
          <link
            rel="preload"
            href={assetPath('source-serif-4.woff2')}
            as="font"
            type="font/woff2"
            crossorigin="anonymous"
          />
          <style>{raw(CORE_STYLES)}</style>
          <script>{raw(EARLY_SCRIPT)}</script>
          <noscript>
            <link rel="stylesheet" href="/look.css" />
          </noscript>
          {(!head.isList || site.viewer) && <link rel="stylesheet" href={MORE_STYLES_PATH} />}
          <link rel="stylesheet" href={PRINT_STYLES_PATH} media="print" />
          <PageScripts readsOffline={site.readsOffline} />
        </head>
        <body>
          <a class="skip" href="#main">
            {frame.skip}
          </a>
          <header class="site">
            <a class="name" href="/">
              {site.name}
            </a>
            <search>
              <form action="/papers">
                <input
                  type="search"
                  name="q"
                  value={asked}
                  placeholder={frame.search}
                  aria-label={frame.searchLabel}
                  maxlength={2000}
                  autocomplete="off"
                />
              </form>
            </search>
            <nav aria-label={frame.periods}>
              {tab('day', '/papers', frame.day)}
              {tab('week', '/papers/week', frame.week)}
              {tab('month', '/papers/month', frame.month)}
              {tab('trending', '/papers/trending', frame.trending)}
              {tab('about', '/about', frame.about)}
            </nav>
            <Account site={site} />
          </header>
          {site.isDemo && (
            <aside class="banner" aria-label={frame.demo}>
              {frame.demoNote((text) => (
                <a href="/about#papers">{text}</a>
              ))}
            </aside>
          )}
          <main id="main">{children}</main>
          <VoteTarget />
          <footer class="site">
            <p>
              <a href="/papers/submit">{frame.submit}</a> ·{' '}
              <a href="/about">{frame.aboutName(site.name)}</a> ·{' '}
              <a href="/about/search">{frame.aboutSearch}</a> ·{' '}
              <a href="/about/sources">{frame.sources}</a> ·{' '}
              <a href="/about/roles">{frame.roles}</a> · <a href="/feeds">{frame.feeds}</a> ·{' '}
              <a href="/api/docs">{frame.api}</a> ·{' '}
              <a href="/about/keys" data-keys-help>
                {words.keys.link}
              </a>{' '}
              · {frame.thanks}
            </p>
            <LookChooser />
          </footer>
        </body>
      </html>
    </>
  );
}

/**
 * The corner of whoever is signed in. A page that is shared shows the way in; public/personal.js puts the
 * name there.
 */
function Account({ site }: { site: Site }) {
  const person = site.viewer?.person;
  return (
    <p class="account" data-account>
      {person ? (
        <a href="/settings" title={words.frame.signedInAs(person.name)}>
          {person.name}
        </a>
      ) : (
        <a href="/sign-in">{words.frame.signIn}</a>
      )}
      {site.minePath && (
        <noscript>
          {' '}
          <a href={site.minePath}>{words.frame.showMine}</a>
        </noscript>
      )}
    </p>
  );
}
