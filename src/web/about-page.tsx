// What readers are told of the instance: what it is, its rules, its ranking, and what it keeps of them.
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { VERSION } from '../base/version.ts';
import { renderMarkdown } from '../comments/markdown/render-markdown.ts';
import type { Config } from '../config.ts';
import { formatList } from '../language/formats.ts';
import { words } from '../language/words.ts';
import { AboutNav } from './about-nav.tsx';
import { commentHtml } from './comment-text.tsx';
import { Layout, type Site } from './layout.tsx';

export type AboutView = {
  papers: number;
  people: Config['people'];
  contact: string;
  /** Of those who make the days. */
  editors: string[];
};

const link = (href: string) => (text: string) => <a href={href}>{text}</a>;

export function AboutPage({ site, view }: { site: Site; view: AboutView }) {
  const { about } = words;
  const { community } = view.people;
  const sections: { id: string; heading: string; content: Child }[] = [
    { id: 'what', heading: about.what.heading, content: <What site={site} view={view} /> },
    { id: 'rules', heading: about.rules.heading, content: <Rules view={view} /> },
    { id: 'ranking', heading: about.ranking.heading, content: <Ranking view={view} /> },
    { id: 'papers', heading: about.papers.heading, content: <Papers /> },
    { id: 'taking-part', heading: about.taking.heading, content: <TakingPart view={view} /> },
    { id: 'programs', heading: about.elsewhere.heading, content: <Elsewhere site={site} /> },
    { id: 'privacy', heading: about.privacy.heading, content: <Privacy /> },
    { id: 'people', heading: about.people.heading, content: <People site={site} view={view} /> },
  ];
  return (
    <Layout
      site={site}
      head={{
        title: about.title(site.name),
        description: about.description(site.name, community),
        path: '/about',
        current: 'about',
      }}
    >
      <div class="about">
        <AboutNav current="/about" />
        <h1>{about.title(site.name)}</h1>
        <p class="lead">{about.lead(site.name, community)}</p>
        <nav class="contents" aria-label={about.contents}>
          <ul>
            {sections.map(({ id, heading }) => (
              <li>
                <a href={`#${id}`}>{heading}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="sections">
          {sections.map(({ id, heading, content }) => (
            <section aria-labelledby={id}>
              <h2 id={id}>{heading}</h2>
              {content}
            </section>
          ))}
        </div>
      </div>
    </Layout>
  );
}

function What({ site, view }: { site: Site; view: AboutView }) {
  const { what } = words.about;
  const categories =
    site.categories.length === 0
      ? what.noCategories
      : site.categories.map((category, place) => (
          <>
            {place > 0 && ', '}
            <a href={`/categories/${category}`}>{category}</a>
          </>
        ));
  return (
    <>
      <p>{what.papers(view.papers, categories)}</p>
      <p>
        {what.read(
          link('/papers'),
          link('/papers/week'),
          link('/papers/trending'),
          link('/about/search'),
        )}
      </p>
    </>
  );
}

function Rules({ view }: { view: AboutView }) {
  return <Markdown text={view.people.rules || words.about.defaultRules} />;
}

/** Names of people and papers in it lead nowhere: it is no comment. */
function Markdown({ text }: { text: string }) {
  const html = renderMarkdown(text, { people: new Map(), papers: new Map() });
  return <div class="comment-text">{raw(commentHtml(html))}</div>;
}

function Ranking({ view }: { view: AboutView }) {
  const { ranking } = words.about;
  return (
    <>
      <p>{ranking.day}</p>
      <p>{ranking.trending}</p>
      <p>{ranking.weighing(view.people.newAccountHours)}</p>
      <details>
        <summary>{ranking.formula}</summary>
        <Markdown text={ranking.tex} />
        <p>{ranking.consequences}</p>
      </details>
      <p>{ranking.search(link('/about/search#order'))}</p>
    </>
  );
}

function Papers() {
  const { papers } = words.about;
  return (
    <>
      <p>{papers.arxiv(link('/about/sources'))}</p>
      <p>{papers.people(link('/papers/submit'))}</p>
      <p>{papers.elsewhere}</p>
      <details>
        <summary>{papers.commands}</summary>
        <dl class="commands">
          {papers.list.map(({ what, commands }) => (
            <>
              <dt>{what}</dt>
              {commands.map((command) => (
                <dd>
                  <code>{command}</code>
                </dd>
              ))}
            </>
          ))}
        </dl>
      </details>
    </>
  );
}

function TakingPart({ view }: { view: AboutView }) {
  const { taking } = words.about;
  const { reading, joining, joiningDomains } = view.people;
  return (
    <>
      <p>
        {taking.reading[reading]}{' '}
        {taking.joining[joining](link('/sign-in'), formatList(joiningDomains))}{' '}
        {taking.member(link('/about/roles'), link('/papers/submit'))}
      </p>
      <p>{taking.amiss(link('/moderation/log'))}</p>
    </>
  );
}

function Elsewhere({ site }: { site: Site }) {
  const { elsewhere } = words.about;
  return (
    <ul>
      <li>{elsewhere.mail(link('/subscribe'))}</li>
      <li>{elsewhere.feeds(link('/feeds'))}</li>
      <li>{elsewhere.api(link('/api/docs'), site.url)}</li>
      <li>{elsewhere.citations(<code>/cite.bib</code>, <code>.md</code>)}</li>
    </ul>
  );
}

function Privacy() {
  const lines = words.about.privacy.lines(link('/settings/data'));
  return (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

function People({ site, view }: { site: Site; view: AboutView }) {
  const { people } = words.about;
  return (
    <>
      {view.editors.length > 0 && <p>{people.editors(formatList(view.editors))}</p>}
      {view.contact !== '' && <p>{people.contact(<Contact text={view.contact} />)}</p>}
      <p>{people.software(site.name, VERSION)}</p>
    </>
  );
}

/** A link where it is an address of mail or of the web. */
function Contact({ text }: { text: string }) {
  if (/^https?:\/\/\S+$/.test(text)) return <a href={text}>{text}</a>;
  if (/^[^\s@<>]+@[^\s@<>]+$/.test(text)) return <a href={`mailto:${text}`}>{text}</a>;
  return <>{text}</>;
}
