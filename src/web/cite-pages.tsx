import { assetPath } from '../base/assets.ts';
import { renderTexText } from '../base/tex/tex.ts';
import { FORMAT_FACTS, FORMATS, maxCited } from '../citations/formats.ts';
import { STYLES } from '../citations/style/styles.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import type { Paper } from '../papers/paper-row.ts';
import type { CitedPapers } from './cited-list.ts';
import { CopyButton } from './copy-button.tsx';
import { Layout, type Site } from './layout.tsx';
import type { ListAddress } from './list-address.ts';

const MACHINE_FORMATS = FORMATS.filter((format) => format !== 'text');

/** `texts`: those of the styles, then those of the formats for programs. */
export function CitePaperPage({
  site,
  paper,
  texts,
}: {
  site: Site;
  paper: Paper;
  texts: string[];
}) {
  const path = pathOfPaper(paper.id);
  const title = renderTexText(paper.title);
  return (
    <Layout
      site={site}
      head={{ title: words.citing.pageTitle(title), path: `${path}/cite`, isUnindexed: true }}
    >
      <div class="prose cite-page">
        <h1>{words.citing.paper}</h1>
        <p>
          <a href={path}>{title}</a>
        </p>
        {STYLES.map(({ id, name }, index) => (
          <section aria-labelledby={id}>
            <h2 id={id}>{name}</h2>
            <p class="citation" id={`${id}-text`} translate="no">
              {(texts[index] ?? '').trim()}
            </p>
            <p class="citation-acts">
              <CopyButton of={`${id}-text`} what={name} />
              <a href={`${path}/cite.txt?style=${id}`}>{words.citing.downloadText}</a>
            </p>
          </section>
        ))}
        {MACHINE_FORMATS.map((format, index) => {
          const { name, extension } = FORMAT_FACTS[format];
          return (
            <section aria-labelledby={format}>
              <h2 id={format}>{name}</h2>
              <details open={format === 'bibtex'}>
                <summary>{words.citing.show}</summary>
                <pre class="citation" id={`${format}-text`}>
                  {texts[STYLES.length + index]}
                </pre>
              </details>
              <p class="citation-acts">
                <CopyButton of={`${format}-text`} what={name} />
                <a href={`${path}/cite.${extension}`}>{words.citing.download(extension)}</a>
              </p>
            </section>
          );
        })}
        <Notes />
      </div>
      <script type="module" src={assetPath('copy.js')}></script>
    </Layout>
  );
}

export function CiteListPage({
  site,
  list,
  cited,
}: {
  site: Site;
  list: ListAddress;
  cited: CitedPapers;
}) {
  const { papers, hasMore } = cited;
  const of = new URLSearchParams({ of: list.path }).toString();
  const title = words.citing.listTitle(list.name);
  return (
    <Layout site={site} head={{ title, path: `/cite?${of}`, isUnindexed: true }}>
      <div class="prose cite-page">
        <h1>{words.citing.list}</h1>
        <p>{words.citing.ofList(papers.length, hasMore, <a href={list.path}>{list.name}</a>)}</p>
        {MACHINE_FORMATS.map((format) => {
          const { name, extension } = FORMAT_FACTS[format];
          const href = `/cite.${extension}?${of}`;
          return (
            <section aria-labelledby={format}>
              <h2 id={format}>{name}</h2>
              <p class="citation-acts">
                <a href={href}>{words.citing.download(extension)}</a>
                <CopyButton from={href} what={name} />
              </p>
            </section>
          );
        })}
        <section aria-labelledby="text">
          <h2 id="text">{words.citing.text}</h2>
          {papers.length > maxCited({ format: 'text' }) && (
            <p class="note">{words.citing.firstPapers(maxCited({ format: 'text' }))}</p>
          )}
          {STYLES.map(({ id, name }) => {
            const href = `/cite.txt?${of}&style=${id}`;
            return (
              <p class="citation-acts">
                <a href={href}>{words.citing.downloadIn(name)}</a>
                <CopyButton from={href} what={name} />
              </p>
            );
          })}
        </section>
        <Notes />
      </div>
      <script type="module" src={assetPath('copy.js')}></script>
    </Layout>
  );
}

function Notes() {
  return (
    <p class="note">
      {words.citing.forPrograms(
        MACHINE_FORMATS.map((format) => <code>Accept: {FORMAT_FACTS[format].mediaType}</code>),
        <code>Accept: {FORMAT_FACTS.text.mediaType}; style=apa</code>,
      )}
    </p>
  );
}
