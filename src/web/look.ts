// How a reader wants pages to look and behave: one cookie that the script in each page's head reads, because
// pages are shared and kept, and GET /look.css where there is no script.

/** What may be chosen; the first of each is how it is while nothing is. */
export const CHOICES = {
  density: ['comfortable', 'compact', 'reading'],
  theme: ['auto', 'light', 'dark'],
  contrast: ['auto', 'more'],
  keys: ['on', 'off'],
} as const;
export type Choice = keyof typeof CHOICES;
export type Look = { [Name in Choice]?: (typeof CHOICES)[Name][number] };

export const CHOICE_NAMES = Object.keys(CHOICES) as Choice[];
/** Of choices that have style sheets, the names of those in styles/look/. */
const SHEETS: Record<string, string> = {
  'density:compact': 'compact',
  'density:reading': 'reading',
  'theme:light': 'light',
  'theme:dark': 'dark',
  'contrast:more': 'contrast',
};

const COOKIE = 'look';
const YEAR_S = 365 * 86_400;

/** Of a Cookie header `look=density:compact.theme:dark`; what cannot be chosen is left out. */
export function parseLook(cookies: string): Look {
  const value = /(?:^|;\s*)look=([^;]*)/.exec(cookies)?.[1] ?? '';
  const pairs = value.split('.').map((pair) => pair.split(':'));
  return Object.fromEntries(pairs.filter(([name = '', chosen = '']) => canChoose(name, chosen)));
}

export function canChoose(name: string, value: string): boolean {
  return Object.hasOwn(CHOICES, name) && [...CHOICES[name as Choice]].includes(value as never);
}

/** A Set-Cookie header. Scripts read and write the same cookie: it names nobody and proves nothing. */
export function renderLookCookie(look: Look, isHttps: boolean): string {
  const secure = isHttps ? '; Secure' : '';
  return `${COOKIE}=${pairsOf(look).join('.')}; Path=/; SameSite=Lax; Max-Age=${YEAR_S}${secure}`;
}

export function sheetsOfLook(look: Look): string[] {
  return pairsOf(look).flatMap((pair) => SHEETS[pair] ?? []);
}

/** What holds for each choice, chosen or not. */
export function settledLook(look: Look): Required<Look> {
  const all = CHOICE_NAMES.map((name) => [name, look[name] ?? CHOICES[name][0]]);
  return Object.fromEntries(all);
}

function pairsOf(look: Look): string[] {
  return CHOICE_NAMES.flatMap((name) => (look[name] ? [`${name}:${look[name]}`] : []));
}
