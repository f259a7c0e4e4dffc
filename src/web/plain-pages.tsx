// Pages without a list: the first page of an empty instance, a paper that is on its way.
import { words } from '../language/words.ts';
import { arxivAbsUrl } from '../papers/paper-id.ts';
import { Layout, type Site } from './layout.tsx';

export function WelcomePage({ site }: { site: Site }) {
  const { title, about } = words.states.welcome;
  return (
    <Layout site={site} head={{ title: site.name, path: '/', current: 'day' }}>
      <div class="prose">
        <h1>{title}</h1>
        <p>
          {about((text) => (
            <a href="/about#papers">{text}</a>
          ))}
        </p>
      </div>
    </Layout>
  );
}

export function FetchingPage({
  site,
  id,
  isSlow,
}: {
  site: Site;
  id: string;
  /** arXiv does not answer at the moment. */
  isSlow: boolean;
}) {
  const { fetching } = words.states;
  const title = fetching.title(id);
  return (
    <Layout site={site} head={{ title, path: `/papers/${id}`, isUnindexed: true }}>
      <div class="prose" role="status">
        <h1>{title}</h1>
        <p>
          {fetching.notHere} {isSlow ? fetching.slow : fetching.soon}
        </p>
        <p>
          <a href={arxivAbsUrl(id)}>{fetching.atArxiv}</a> · <a href="/papers">{fetching.newest}</a>
        </p>
      </div>
    </Layout>
  );
}
