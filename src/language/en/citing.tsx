import type { Child } from 'hono/jsx';
import { counted } from './counted.ts';

// Citing papers.
export const citing = {
  title: 'Cite',
  bibtexFile: 'BibTeX file',
  risFile: 'RIS file',
  otherForms: 'APA and other forms',
  copy: 'Copy',
  citeList: 'Cite these papers',

  pageTitle: (paper: string) => `Cite: ${paper}`,
  paper: 'Cite this paper',
  downloadText: 'Download as text',
  download: (extension: string) => `Download .${extension}`,
  show: 'Show it',

  listTitle: (list: string) => `Cite papers of ${list}`,
  list: 'Cite these papers',
  ofList: (papers: number, isCut: boolean, list: Child) => (
    <>
      {isCut ? 'The first ' : ''}
      {counted(papers, 'paper')} of {list}, in the order of the list.
    </>
  ),
  text: 'Formatted text',
  firstPapers: (papers: number) => `Of the first ${papers} papers.`,
  downloadIn: (style: string) => `Download in ${style}`,
  /** `forms`: headers to send. */
  forPrograms: (forms: Child[], text: Child) => (
    <>
      A paper’s page and a list’s page answer in these forms too, when a program asks for{' '}
      {forms.map((form, index) => (
        <>
          {index > 0 && ', '}
          {form}
        </>
      ))}{' '}
      or {text}.
    </>
  ),

  noPaper: 'There is no such paper here, so it cannot be cited.',
  noPapers: (path: string) => `There are no papers to cite at ${path}.`,
  sayOf: 'Say in "of" which list to cite: the path of its page, such as /papers/date/2025-10-29.',
  noStyle: (named: string, known: string) =>
    `There is no style "${named}" here: write one of ${known}, or take CSL-JSON and format it yourself.`,
};
