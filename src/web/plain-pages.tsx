// Pages without a list: about, the first page of an empty instance, a paper that is on its way.
import { words } from '../language/words.ts';
import { arxivAbsUrl } from '../papers/paper-id.ts';
import { Layout, type Site } from './layout.tsx';

export function AboutPage({ site, papers }: { site: Site; papers: number }) {
  return (
    <Layout
      site={site}
      head={{
        title: `About ${site.name}`,
        description: 'Research papers by day, chosen and ranked by people.',
        path: '/about',
        current: 'about',
      }}
    >
      <div class="prose">
        <h1>About {site.name}</h1>
        <p>
          {site.name} shows research papers by day. A paper is on a day’s list because a person or a
          source put it there; the lists are ordered by votes, then by time of publication. “All
          new” shows everything else that was announced that day in {site.categories.join(', ')}.
          There are {papers.toLocaleString('en')} papers here.
        </p>
        <h2 id="papers">Bringing in papers</h2>
        <p>
          With a network, the day’s announcements come in by themselves:{' '}
          <a href="/about/sources">how that goes, and whether anything is missing</a>. Whoever runs
          this server can also bring papers in with the program’s own commands:
        </p>
        <dl class="commands">
          <dt>Day lists from Hugging Face, or from another Broadsheet</dt>
          <dd>
            <code>npx broadsheet import daily-papers https://huggingface.co --from 2026-01-05</code>
          </dd>
          <dt>arXiv’s announcement of today, and what changed there since a day</dt>
          <dd>
            <code>npx broadsheet import announcements</code>
          </dd>
          <dd>
            <code>npx broadsheet import arxiv --from 2026-01-05</code>
          </dd>
          <dt>arXiv’s whole snapshot, as Kaggle has it</dt>
          <dd>
            <code>
              npx broadsheet import snapshot arxiv-metadata-oai-snapshot.json --category cs
            </code>
          </dd>
          <dt>arXiv metadata as JSON lines</dt>
          <dd>
            <code>npx broadsheet import jsonl papers.jsonl.xz</code>
          </dd>
          <dt>The saved text of a Daily Papers page</dt>
          <dd>
            <code>npx broadsheet import page page.txt --date 2025-10-29</code>
          </dd>
        </dl>
        <h2 id="programs">For programs</h2>
        <p>
          The <a href="/api/docs">API</a> is the one that clients of Hugging Face’s papers API
          speak: set <code>HF_ENDPOINT={site.url}</code>. Every paper’s page is also there as
          Markdown, at its address with <code>.md</code> behind it, and with <code>/cite.bib</code>{' '}
          as BibTeX; lists link to their citations at their end.
        </p>
        <p>
          {site.name} runs on Broadsheet, open software under the MIT licence. Titles, abstracts and
          authors of arXiv’s papers are CC0. Votes and comments marked “at Hugging Face” were
          counted there.
        </p>
      </div>
    </Layout>
  );
}

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
