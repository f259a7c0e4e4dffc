import { assetPath } from '../base/assets.ts';
import { renderBibtex } from '../citations/bibtex.ts';
import { citationKeys } from '../citations/citation-key.ts';
import type { Reference } from '../citations/reference.ts';
import { words } from '../language/words.ts';
import { pathOfPaper } from '../papers/paper-id.ts';
import { CopyButton } from './copy-button.tsx';

/** Thousands of authors are for the file. */
const MAX_SHOWN = 20_000;

/** On a paper's page: its BibTeX, and the ways to the other forms. */
export function CiteSection({ reference }: { reference: Reference }) {
  const path = `${pathOfPaper(reference.id)}/cite`;
  const [key = ''] = citationKeys([reference]);
  const bibtex = renderBibtex(reference, key);
  const isShown = bibtex.length <= MAX_SHOWN;
  const { title, bibtexFile, risFile, otherForms } = words.citing;
  return (
    <section class="cite" aria-labelledby="cite">
      <h2 id="cite">{title}</h2>
      {isShown && (
        <details>
          <summary>BibTeX</summary>
          <pre class="citation" id="bibtex">
            {bibtex}
          </pre>
        </details>
      )}
      <p class="citation-acts">
        {isShown ? (
          <CopyButton of="bibtex" what="BibTeX" />
        ) : (
          <CopyButton from={`${path}.bib`} what="BibTeX" />
        )}
        <a href={`${path}.bib`}>{bibtexFile}</a>
        <a href={`${path}.ris`}>{risFile}</a>
        <a href={path}>{otherForms}</a>
      </p>
      <script type="module" src={assetPath('copy.js')}></script>
    </section>
  );
}

/** Below a list: the way to the citations of all its papers. `path` is that of the list's page. */
export function CiteList({ path }: { path: string }) {
  return (
    <p class="note cite-list">
      <a href={`/cite?${new URLSearchParams({ of: path })}`} rel="nofollow">
        {words.citing.citeList}
      </a>
    </p>
  );
}
