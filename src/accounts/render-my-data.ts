// The two forms in which people take their data with them, piece by piece.
import type { DataRow, MyData } from './my-data.ts';

/** One JSON object: `profile`, and a list for each section. */
export async function* renderJson({ profile, sections }: MyData): AsyncGenerator<string> {
  yield `{\n"profile": ${JSON.stringify(profile)}`;
  for (const { name, rows } of sections) {
    yield `,\n${JSON.stringify(name)}: [`;
    let isFirst = true;
    for await (const row of rows) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
      isFirst = false;
    }
    yield ']';
  }
  yield '\n}\n';
}

/** For reading: a heading for each section, an item for each row, long texts as they were typed. */
export async function* renderMarkdown(
  { profile, sections }: MyData,
  title: string,
): AsyncGenerator<string> {
  yield `# ${title}\n\n${renderItem(profile)}`;
  for (const { name, rows } of sections) {
    let isFirst = true;
    for await (const row of rows) {
      if (isFirst) yield `\n## ${HEADINGS[name] ?? name}\n`;
      isFirst = false;
      yield `\n${renderItem(row)}`;
    }
  }
}

const HEADINGS: Record<string, string> = {
  comments: 'Comments',
  votes: 'Votes',
  reactions: 'Reactions',
  submissions: 'Submitted papers',
  reports: 'Reports that I made',
  moderation: 'What I did as moderator',
  invitations: 'Invitations',
  digests: 'Digests',
  issues: 'Issues that were mailed to me',
  mail: 'Mail that came back, and addresses that get none',
  alerts: 'Alerts',
  alertMatches: 'Papers that my alerts found',
  channels: 'Channels',
  channelPosts: 'What was posted to my channels',
  sanctions: 'Warnings and suspensions',
  tokens: 'API tokens',
  privateFeeds: 'Private feeds',
  signInMethods: 'Ways to sign in',
  sessions: 'Sessions',
};

function renderItem(row: DataRow): string {
  const lines = Object.entries(row).flatMap(([name, value]) => {
    const text = inWords(value);
    if (text === '') return [];
    if (!text.includes('\n')) return [`- ${labelOf(name)}: ${text}`];
    const quoted = text.split('\n').map((line) => `  > ${line}`);
    return [`- ${labelOf(name)}:`, '', ...quoted, ''];
  });
  return `${lines.join('\n')}\n`;
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value
      .map(inWords)
      .filter(Boolean)
      .join(value.some(isObject) ? '\n' : ', ');
  if (isPaper(value)) return `${value.title} (${value.id})`;
  if (isObject(value)) return Object.values(value).map(inWords).filter(Boolean).join(': ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isPaper(value: unknown): value is { id: string; title: string } {
  return isObject(value) && 'id' in value && 'title' in value;
}

/** `formerTexts` → `former texts` */
function labelOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
