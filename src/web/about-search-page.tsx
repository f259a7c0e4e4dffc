import { words } from '../language/words.ts';
import { GRAMMAR, type GrammarRule } from '../search/query/grammar.ts';
import { MAX_OPERATED_WORDS, MAX_QUERY_LENGTH } from '../search/query/parse-query.ts';
import { AboutNav } from './about-nav.tsx';
import { Layout, type Site } from './layout.tsx';

export function AboutSearchPage({ site }: { site: Site }) {
  const texts = words.searchHelp;
  const example = (query: string) => <SearchLink query={query} />;
  return (
    <Layout
      site={site}
      head={{
        title: texts.title,
        description: texts.description,
        path: '/about/search',
        current: 'about',
      }}
    >
      <div class="prose">
        <AboutNav current="/about/search" />
        <h1>{texts.title}</h1>
        <p>{texts.about}</p>
        <h2 id="grammar">{texts.grammar}</h2>
        <table class="terms">
          <thead>
            <tr>
              <th scope="col">{texts.write}</th>
              <th scope="col">{texts.toFind}</th>
            </tr>
          </thead>
          <tbody>
            {GRAMMAR.map((rule) => (
              <RuleRow rule={rule} />
            ))}
          </tbody>
        </table>
        <ul>
          {texts.notes(MAX_OPERATED_WORDS, MAX_QUERY_LENGTH).map((note) => (
            <li>{note}</li>
          ))}
        </ul>
        <h2 id="order">{texts.order}</h2>
        <p>{texts.twoWays}</p>
        <p>{texts.otherOrders(example)}</p>
        <h2 id="near">{texts.near}</h2>
        <p>{texts.aboutNear(example)}</p>
        <h2 id="limits">{texts.limits}</h2>
        <p>{texts.aboutLimits}</p>
      </div>
    </Layout>
  );
}

function RuleRow({ rule: { key, example } }: { rule: GrammarRule }) {
  const { write, finds } = words.searchHelp.rules[key];
  return (
    <tr>
      <th scope="row">
        {write.map((way, index) => (
          <>
            {index > 0 && <br />}
            <code>{way}</code>
          </>
        ))}
      </th>
      <td>
        {finds}
        <br />
        <SearchLink query={example} />
      </td>
    </tr>
  );
}

function SearchLink({ query }: { query: string }) {
  return (
    <a href={`/papers?q=${encodeURIComponent(query)}`} translate="no">
      {query}
    </a>
  );
}
