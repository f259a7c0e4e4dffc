import { words } from '../language/words.ts';
import { Layout, type Site } from './layout.tsx';

/**
 * Shown by public/sw.js where the server cannot be reached and the page asked for is not kept. It puts the pages
 * that are into the list, and then shows that.
 */
export function OfflinePage({ site }: { site: Site }) {
  const { offline } = words;
  return (
    <Layout site={site} head={{ title: offline.heading, path: '/offline', isUnindexed: true }}>
      <div class="prose no-connection">
        <h1>{offline.heading}</h1>
        <p>{offline.text}</p>
        <p>
          {/* biome-ignore lint/a11y/useValidAnchor: it is the page's own address, whatever that is. */}
          <a href="">{offline.again}</a>
        </p>
        <section data-kept hidden>
          <h2>{offline.kept}</h2>
          <p>{offline.keptText}</p>
          <ul></ul>
        </section>
      </div>
    </Layout>
  );
}
