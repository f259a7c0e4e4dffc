// The same pages made the way that most are, to be measured beside ours: styles in a file of their own, or nothing
// packed. Each is a small server before ours.
import http from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const STYLES = '/bench.css';

/** `isLinked`: the styles of the head are fetched; `isUnpacked`: everything is sent as long as it is. */
export async function startWorseCopy(base, { isLinked = false, isUnpacked = false }) {
  let styles = '';
  const server = http.createServer(async (request, response) => {
    const own = request.url === STYLES;
    const original = own ? undefined : await fetch(base + request.url, { headers: plain(request) });
    const type = own ? 'text/css; charset=utf-8' : original.headers.get('content-type');
    let body = own ? Buffer.from(styles) : Buffer.from(await original.arrayBuffer());
    if (isLinked && type.startsWith('text/html')) {
      const html = body.toString().replace(/<style>(.*?)<\/style>/s, (_, text) => {
        styles = text;
        return `<link rel="stylesheet" href="${STYLES}">`;
      });
      body = Buffer.from(html);
    }
    const headers = { 'content-type': type };
    if (!isUnpacked && /^text\//.test(type)) {
      headers['content-encoding'] = 'br';
      body = await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    }
    response.writeHead(original?.status ?? 200, { ...headers, 'content-length': body.length });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function plain({ headers }) {
  return { 'accept-encoding': 'identity', accept: headers.accept ?? '*/*' };
}
