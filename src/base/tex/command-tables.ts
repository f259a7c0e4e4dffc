// What each known command of running text does. Whatever is in no table is unknown: it keeps its
// argument, or shows its name without the backslash where it stands for a word (`\method`).
import type { Tag } from './nodes.ts';

/** Commands with one argument that is shown in a style. */
export const STYLED: ReadonlyMap<string, readonly Tag[]> = new Map<string, readonly Tag[]>([
  ['emph', ['em']],
  ['textit', ['em']],
  ['textsl', ['em']],
  ['textbf', ['strong']],
  ['textmd', []],
  ['texttt', ['code']],
  ['lstinline', ['code']],
  ['mathtt', ['code']],
  ['textsuperscript', ['sup']],
  ['textsubscript', ['sub']],
  ['textsc', []],
  ['textsf', []],
  ['textrm', []],
  ['textup', []],
  ['textnormal', []],
  ['text', []],
  ['mbox', []],
  ['hbox', []],
  ['fbox', []],
  ['underline', []],
  ['uline', []],
  ['mathrm', []],
  ['mathop', []],
  ['operatorname', []],
  ['scalebox', []],
]);

/** Switches that last to the end of their group. */
export const SWITCHES: ReadonlyMap<string, readonly Tag[]> = new Map<string, readonly Tag[]>([
  ['em', ['em']],
  ['it', ['em']],
  ['sl', ['em']],
  ['itshape', ['em']],
  ['slshape', ['em']],
  ['bf', ['strong']],
  ['bfseries', ['strong']],
  ['tt', ['code']],
  ['ttfamily', ['code']],
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Commands that print nothing and take nothing. */
export const SILENT = words(`
  rm sf sc cal normalfont rmfamily sffamily scshape upshape mdseries tiny scriptsize footnotesize
  small normalsize large Large LARGE huge Huge noindent indent centering raggedright xspace protect
  relax null left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm
  displaystyle textstyle scriptstyle limits nolimits nonumber notag boldmath unboldmath allowbreak
  nobreak nolinebreak maketitle newpage clearpage begingroup endgroup bgroup egroup ignorespaces
  unskip leavevmode sloppy footnotemark hfill hfil vfill smallskip medskip bigskip strut phantom
  nobreakdash hskip faGithub footnotemark centerline hrule appendix
`);

/** Commands that print nothing, with the number of braced arguments that go with them. */
export const SILENT_WITH_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['textcolor', 1],
  ['color', 1],
  ['colorbox', 1],
  ['fontsize', 2],
  ['vspace', 1],
  ['hspace', 1],
  ['label', 1],
  ['thanks', 1],
  ['tag', 1],
  ['includegraphics', 1],
  ['pagestyle', 1],
  ['thispagestyle', 1],
  ['selectlanguage', 1],
  ['foreignlanguage', 1],
  ['setcounter', 2],
  ['addtocounter', 2],
  ['hyperref', 0],
  ['raisebox', 1],
  ['footnotemark', 0],
  ['usepackage', 1],
  ['bibliographystyle', 1],
  ['bibliography', 1],
]);

export const SPACES = words('quad qquad enspace thinspace space hspace nobreakspace');
export const LINE_BREAKS = words('newline linebreak break tabularnewline cr');
export const PARAGRAPHS = words('par');
export const LINKS = words('url nolinkurl path');
export const TARGET_LINKS = words('href hyperlink');
export const NOTES = words('footnote footnotetext');
/** References by key: shown as `[key]`. */
export const REFERENCES = words(`
  cite citep citet citealp citealt citeauthor citeyear citeyearpar textcite parencite autocite
  onlinecite citenum ref eqref autoref cref Cref pageref
`);

/** Formula commands met in running text, with the number of arguments they take along. */
export const FORMULAS: ReadonlyMap<string, number> = new Map([
  ['frac', 2],
  ['dfrac', 2],
  ['tfrac', 2],
  ['binom', 2],
  ['sqrt', 1],
  ['mathbb', 1],
  ['Bbb', 1],
  ['mathcal', 1],
  ['mathscr', 1],
  ['mathbf', 1],
  ['mathfrak', 1],
  ['frak', 1],
  ['mathsf', 1],
  ['mathit', 1],
  ['mathbbm', 1],
  ['boldsymbol', 1],
  ['bm', 1],
  ['hat', 1],
  ['widehat', 1],
  ['tilde', 1],
  ['widetilde', 1],
  ['bar', 1],
  ['overline', 1],
  ['vec', 1],
  ['dot', 1],
  ['ddot', 1],
  ['check', 1],
  ['breve', 1],
  ['mathring', 1],
  ['ensuremath', 1],
  ['pmod', 1],
  ['overset', 2],
  ['underset', 2],
  ['stackrel', 2],
  ['underbrace', 1],
  ['overbrace', 1],
  ['xrightarrow', 1],
]);

const FORMULA_ENVIRONMENT =
  /^(?:equation|align|aligned|alignat|eqnarray|gather|gathered|multline|split|displaymath|math|cases|array|[bpvBV]?matrix|smallmatrix|flalign|subequations|CD)\*?$/;

export function isFormulaEnvironment(name: string): boolean {
  return FORMULA_ENVIRONMENT.test(name);
}

export const BULLETED = words('itemize description compactitem');
export const NUMBERED = words('enumerate inparaenum compactenum');
