// arXiv's archives and categories, https://arxiv.org/category_taxonomy with the archives of before.

const ARCHIVES =
  'acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|' +
  'cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|' +
  'nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con';
const CATEGORY = new RegExp(`^(?:${ARCHIVES})(?:\\.[A-Za-z][A-Za-z-]*)?$`);
/** Archives that are a group of their own; all others belong to the group physics. */
const GROUPS = ['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat'];

export function isCategory(text: string): boolean {
  return CATEGORY.test(text);
}

/** As arXiv writes it, in whatever case it was typed: `CS.lg` is cs.LG. Undefined for what is none. */
export function findCategory(text: string): string | undefined {
  const category = text.toLowerCase().replace(/\.[a-z]{2}$/, (end) => end.toUpperCase());
  return isCategory(category) ? category : undefined;
}

/**
 * The OAI-PMH set of a category, `group:archive:CATEGORY` (https://oaipmh.arxiv.org/oai?verb=ListSets):
 * `cs.AI` is `cs:cs:AI`, `hep-th` is `physics:hep-th`, `astro-ph.CO` is `physics:astro-ph:CO`.
 */
export function setOfCategory(category: string): string {
  const [archive = '', subject] = category.split('.');
  const group = GROUPS.includes(archive) ? archive : 'physics';
  if (subject) return `${group}:${archive}:${subject}`;
  return group === archive ? archive : `${group}:${archive}`;
}
