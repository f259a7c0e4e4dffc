// A local arXiv that speaks OAI-PMH, the announcement feeds and the API about papers of our own
// writing, and misbehaves on command.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type ReplayPaper = {
  id: string;
  title: string;
  authors: string[];
  categories: string[];
  /** `2026-11-16T15:00:00Z` */
  submittedAt: string;
  /** The day of its feed. */
  day: string;
  /** From which reading of the day's feed on it is there, counted from 0; Infinity: never. */
  feedFrom?: number;
  /** `broken` has no title. */
  feed?: 'broken';
  oai?: 'absent' | 'broken' | 'deleted';
  /** From when on by the service's clock its record is given out, where that is not its day. */
  oaiFrom?: string;
  /** The last change of its record, where that is not `day`. */
  changedOn?: string;
  isUnknownToApi?: boolean;
  /** A replacement: the feed of `day` announces it as one. */
  version?: number;
};

export type Mishap =
  | 'slow'
  | 'cut'
  | '429'
  | '503'
  | 'long-503'
  | 'html'
  | 'truncated'
  | 'bomb'
  | 'huge'
  | 'not-utf8';

export type ReplayArxiv = {
  settings: Record<string, string>;
  papers: ReplayPaper[];
  /** The day whose feed is shown. */
  day: string;
  /** How often the day's feeds have been read, as `feedFrom` counts. */
  reading: number;
  /** The service's clock. */
  clock: string;
  pageSize: number;
  /** What the next requests meet, one each. */
  mishaps: Mishap[];
  requests: { path: string; at: number; headers: http.IncomingHttpHeaders }[];
  /** The most requests that were under way at once. */
  mostAtOnce: number;
  /** All resumption tokens die, as at midnight UTC. */
  killTokens(): void;
  /** After so many further requests with a token, all tokens die once. */
  killTokensAfter: number | undefined;
};

const ABSTRACT =
  'We study a matter of some interest and find that $x^2 > 0$ & more, with <b>care</b>.';

export async function startReplayArxiv(papers: ReplayPaper[]): Promise<ReplayArxiv> {
  let epoch = 0;
  let underWay = 0;
  const replay: ReplayArxiv = {
    settings: {},
    papers,
    day: papers[0]?.day ?? '2026-01-01',
    reading: 0,
    clock: '2026-01-01T03:00:00Z',
    pageSize: 50,
    mishaps: [],
    requests: [],
    mostAtOnce: 0,
    killTokens: () => {
      epoch++;
    },
    killTokensAfter: undefined,
  };
  const server = http.createServer((request, response) => {
    underWay++;
    replay.mostAtOnce = Math.max(replay.mostAtOnce, underWay);
    response.once('close', () => {
      underWay--;
    });
    const url = new URL(request.url ?? '/', 'http://arxiv.test');
    replay.requests.push({
      path: url.pathname + url.search,
      at: Date.now(),
      headers: request.headers,
    });
    const mishap = replay.mishaps.shift();
    if (mishap) misbehave(mishap, response, () => answer(url));
    else if (url.pathname.startsWith('/rss/')) sendFeed(request, response, url);
    else send(response, 'text/xml', answer(url));
  });

  const answer = (url: URL): string => {
    if (url.pathname === '/oai') return oai(url.searchParams);
    if (url.pathname === '/api') return api(url.searchParams);
    return feed(decodeURIComponent(url.pathname.slice('/rss/'.length)));
  };

  const sendFeed = (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => {
    const body = answer(url);
    const etag = `"${Buffer.from(body).length}-${replay.day}-${replay.reading}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(body);
  };

  const feed = (category: string): string => {
    const items = replay.papers
      .filter((paper) => paper.day === replay.day && paper.categories.includes(category))
      .filter((paper) => (paper.feedFrom ?? 0) <= replay.reading)
      .map((paper) => {
        const version = paper.version ?? 1;
        const isPrimary = paper.categories[0] === category;
        const type =
          version > 1 ? (isPrimary ? 'replace' : 'replace-cross') : isPrimary ? 'new' : 'cross';
        return `<item>
          ${paper.feed === 'broken' ? '' : `<title>${escapeXml(paper.title)}</title>`}
          <link>https://arxiv.org/abs/${paper.id}</link>
          <description>arXiv:${paper.id}v${version} Announce Type: ${type} \nAbstract: ${escapeXml(ABSTRACT)}</description>
          <guid isPermaLink="false">oai:arXiv.org:${paper.id}v${version}</guid>
          ${paper.categories.map((name) => `<category>${name}</category>`).join('')}
          <pubDate>${rfc822(replay.day)}</pubDate>
          <arxiv:announce_type>${type}</arxiv:announce_type>
          <dc:creator>${escapeXml(paper.authors.join(', '))}</dc:creator>
        </item>`;
      });
    return `<?xml version='1.0' encoding='UTF-8'?>
      <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
      <channel><title>${category} updates on arXiv.org</title><pubDate>${rfc822(replay.day)}</pubDate>
      ${items.join('\n')}</channel></rss>`;
  };

  const oai = (query: URLSearchParams): string => {
    const token = query.get('resumptionToken');
    if (token && replay.killTokensAfter !== undefined && replay.killTokensAfter-- === 0) {
      replay.killTokensAfter = undefined;
      epoch++;
    }
    const [set, from, start, born] = token?.split('|') ?? [
      query.get('set') ?? '',
      query.get('from') ?? '',
      '0',
    ];
    if (token && Number(born) !== epoch) {
      return envelope('<error code="badResumptionToken">token expired</error>');
    }
    const category =
      set
        ?.split(':')
        .slice(1)
        .join('.')
        .replace(/^(\w+)\.\1$/, '$1') ?? '';
    const all = replay.papers
      .filter((paper) => paper.oai !== 'absent')
      .filter(
        (paper) =>
          (paper.oaiFrom ?? `${changeOf(paper)}T02:00:00Z`) <= replay.clock &&
          changeOf(paper) >= (from ?? ''),
      )
      .filter((paper) => !set || paper.categories.includes(category))
      .sort((a, b) => (changeOf(a) + a.id < changeOf(b) + b.id ? -1 : 1));
    if (all.length === 0) return envelope('<error code="noRecordsMatch">none</error>');
    const page = all.slice(Number(start), Number(start) + replay.pageSize);
    const next = Number(start) + replay.pageSize;
    const resume = next < all.length ? `${set}|${from}|${next}|${epoch}` : '';
    return envelope(`<ListRecords>${page.map(record).join('\n')}
      ${token || resume ? `<resumptionToken>${resume}</resumptionToken>` : ''}</ListRecords>`);
  };

  const record = (paper: ReplayPaper): string => {
    const header = `<identifier>oai:arXiv.org:${paper.id}</identifier><datestamp>${changeOf(paper)}</datestamp>`;
    if (paper.oai === 'deleted')
      return `<record><header status="deleted">${header}</header></record>`;
    const authors = paper.authors.map((name) => {
      const words = name.split(' ');
      return `<author><keyname>${escapeXml(words.at(-1) ?? '')}</keyname><forenames>${escapeXml(words.slice(0, -1).join(' '))}</forenames></author>`;
    });
    return `<record><header>${header}</header><metadata>
      <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>${paper.id}</id><created>${paper.submittedAt.slice(0, 10)}</created>
      ${(paper.version ?? 1) > 1 ? `<updated>${paper.day}</updated>` : ''}
      <authors>${authors.join('')}</authors>
      ${paper.oai === 'broken' ? '' : `<title>${escapeXml(paper.title)}</title>`}
      <categories>${paper.categories.join(' ')}</categories><abstract>${escapeXml(ABSTRACT)}</abstract></arXiv>
      </metadata></record>`;
  };

  const envelope = (content: string): string => `<?xml version="1.0" encoding="UTF-8"?>
    <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${replay.clock}</responseDate>
    <request verb="ListRecords">http://arxiv.test/oai</request>${content}</OAI-PMH>`;

  const api = (query: URLSearchParams): string => {
    const ids = query.get('id_list')?.split(',') ?? [];
    const title = /^ti:"(.*)"$/.exec(query.get('search_query') ?? '')?.[1];
    const found = replay.papers.filter(
      (paper) =>
        !paper.isUnknownToApi &&
        (ids.includes(paper.id) ||
          (title !== undefined && plain(paper.title).startsWith(plain(title)))),
    );
    const entries = found.map(
      (paper) => `<entry><id>http://arxiv.org/abs/${paper.id}v${paper.version ?? 1}</id>
        <title>${escapeXml(paper.title)}</title><summary>${escapeXml(ABSTRACT)}</summary>
        ${paper.categories.map((name) => `<category term="${name}"/>`).join('')}
        <published>${paper.submittedAt}</published><updated>${paper.submittedAt}</updated>
        <arxiv:primary_category term="${paper.categories[0]}"/>
        ${paper.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`).join('')}</entry>`,
    );
    return `<?xml version='1.0' encoding='UTF-8'?>
      <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
      <opensearch:totalResults>${found.length}</opensearch:totalResults>${entries.join('\n')}</feed>`;
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  replay.settings = {
    BROADSHEET_OFFLINE: '0',
    BROADSHEET_DEMO: '0',
    BROADSHEET_ARXIV_OAI_URL: `${base}/oai`,
    BROADSHEET_ARXIV_RSS_URL: `${base}/rss`,
    BROADSHEET_ARXIV_API_URL: `${base}/api`,
    BROADSHEET_ARXIV_PAUSE_MS: '20',
    BROADSHEET_SOURCE_TIMEOUT_S: '2',
  };
  return replay;
}

function send(response: http.ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

function misbehave(mishap: Mishap, response: http.ServerResponse, answer: () => string): void {
  const xml = { 'content-type': 'text/xml' };
  switch (mishap) {
    case 'slow':
      response.writeHead(200, xml).write('<?xml version="1.0"?><OAI-PMH>');
      return;
    case 'cut':
      response.writeHead(200, xml).write(answer().slice(0, 300));
      setTimeout(() => response.destroy(), 20);
      return;
    case '429':
      response.writeHead(429, { 'retry-after': '1' }).end('Rate exceeded.');
      return;
    case '503':
      response.writeHead(503, { 'retry-after': '0' }).end('<h1>Retry after 0 seconds</h1>');
      return;
    case 'long-503':
      response.writeHead(503, { 'retry-after': '3600' }).end('<h1>Retry after 3600 seconds</h1>');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Down for maintenance</h1>');
      return;
    case 'truncated':
      response.writeHead(200, xml).end(answer().slice(0, -40));
      return;
    case 'bomb':
      response.writeHead(200, xml).end(
        `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
         <OAI-PMH><responseDate>2026-01-01T00:00:00Z</responseDate><error code="x">&b;&b;&b;</error></OAI-PMH>`,
      );
      return;
    case 'huge': {
      response.writeHead(200, xml).write('<?xml version="1.0"?><OAI-PMH>');
      const block = ' '.repeat(1024 * 1024);
      let sent = 0;
      const more = () => {
        while (sent++ < 50 && !response.destroyed) {
          if (!response.write(block)) {
            response.once('drain', more);
            return;
          }
        }
        response.end('</OAI-PMH>');
      };
      more();
      return;
    }
    case 'not-utf8':
      response
        .writeHead(200, xml)
        .end(Buffer.from('<?xml version="1.0"?><a>\xff\xfe</a>', 'latin1'));
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Papers of a week of announcements, `perDay` a day, numbered through, in turn of cs.LG, of cs.CL, of both,
 * and of cs.CV with a cross-list to cs.LG.
 */
export function replayWeek(days: string[], perDay: number): ReplayPaper[] {
  const categories = [['cs.LG'], ['cs.CL'], ['cs.CL', 'cs.LG'], ['cs.CV', 'cs.LG']];
  return days.flatMap((day, d) =>
    Array.from({ length: perDay }, (_, n) => {
      const number = 10_000 + d * perDay + n;
      return {
        id: `${day.slice(2, 4)}${day.slice(5, 7)}.${number}`,
        title: `Paper number ${number} of the week`,
        authors: [`Ada Author${number}`, 'Ben Writer'],
        categories: categories[n % categories.length] as string[],
        submittedAt: `${previousWeekday(day)}T15:00:00Z`,
        day,
      };
    }),
  );
}

function changeOf(paper: ReplayPaper): string {
  return paper.changedOn ?? paper.day;
}

function previousWeekday(day: string): string {
  const back = new Date(`${day}T00:00:00Z`).getUTCDay() === 1 ? 3 : 1;
  return new Date(Date.parse(day) - back * 86_400_000).toISOString().slice(0, 10);
}

/** Midnight in New York as feeds write it; the offset is not looked at. */
function rfc822(day: string): string {
  return new Date(`${day}T00:00:00Z`).toUTCString().replace('GMT', '-0500');
}
