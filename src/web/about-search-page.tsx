import { GRAMMAR, GRAMMAR_NOTES, type GrammarRule } from '../search/query/grammar.ts';
import { AboutNav } from './about-nav.tsx';
import { Layout, type Site } from './layout.tsx';

export function AboutSearchPage({ site }: { site: Site }) {
  return (
    <Layout
      site={site}
      head={{
        title: 'How to search',
        description: 'What you can write into the search box, and how what is found is ordered.',
        path: '/about/search',
        current: 'about',
      }}
    >
      <div class="prose">
        <AboutNav current="/about/search" />
        <h1>How to search</h1>
        <p>
          Write what you are looking for, as you would say it to a colleague. That is all you need;
          the rest of this page is for when you want to be exact.
        </p>
        <h2 id="grammar">What you can write</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Write</th>
              <th scope="col">to find</th>
            </tr>
          </thead>
          <tbody>
            {GRAMMAR.map((rule) => (
              <RuleRow rule={rule} />
            ))}
          </tbody>
        </table>
        <ul>
          {GRAMMAR_NOTES.map((note) => (
            <li>{note}</li>
          ))}
        </ul>
        <h2 id="order">In which order</h2>
        <p>
          Papers are looked for in two ways at once: by the words in their titles and abstracts, and
          by meaning. The two lists are merged, so what both find comes first; and if what you wrote
          is nearly a title, that paper leads.
        </p>
        <p>
          You can also have the newest first, or those with the most votes. Then a paper must have
          every one of your words, unless none has. With filters alone, such as{' '}
          <SearchLink query="cat:cs.RO has:code" />, the newest come first.
        </p>
        <h2 id="near">What “near in meaning” is</h2>
        <p>
          A model turns every title and abstract, and what you write, into a point, so that texts
          about the same thing lie close together, whatever their words. Near papers are those whose
          points are close. That can find “teaching networks with few labels” when you write{' '}
          <SearchLink query="semi-supervised learning" />, and now and then something that only
          sounds alike. Numbers, names and rare terms are found by their words.
        </p>
        <h2 id="limits">Limits</h2>
        <p>
          Only titles, abstracts, authors and what the filters above name are searched, not the full
          texts. Long lists end after a few hundred papers: add a word or a filter to see others.
          Should the search itself be down, papers are found by their titles and authors only, and
          the page says so.
        </p>
      </div>
    </Layout>
  );
}

function RuleRow({ rule }: { rule: GrammarRule }) {
  return (
    <tr>
      <th scope="row">
        {rule.write.map((way, index) => (
          <>
            {index > 0 && <br />}
            <code>{way}</code>
          </>
        ))}
      </th>
      <td>
        {rule.means}
        <br />
        <SearchLink query={rule.example} />
      </td>
    </tr>
  );
}

function SearchLink({ query }: { query: string }) {
  return <a href={`/papers?q=${encodeURIComponent(query)}`}>{query}</a>;
}
