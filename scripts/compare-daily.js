// Compares a running server with recorded day lists: ids, order, votes and comments of every day.
// node scripts/compare-daily.js DAILY.jsonl[.xz|.gz] [URL]
import { openInput } from '../dist/cli/input.js';
import { main, Stop } from './command.js';

const LIMIT = 100;

await main(async () => {
  const [file, url = 'http://localhost:3000'] = process.argv.slice(2);
  if (!file) throw new Stop('Usage: node scripts/compare-daily.js DAILY.jsonl [URL]');
  let days = 0;
  let papers = 0;
  const wrong = [];
  for await (const lines of openInput(file).lines()) {
    for (const line of lines) {
      if (!line) continue;
      const { date, response } = JSON.parse(line);
      const answer = await fetch(`${url}/api/daily_papers?date=${date}&limit=${LIMIT}`);
      if (!answer.ok) throw new Stop(`${url} answers ${answer.status} for ${date}.`);
      const isSame = render(await answer.json()) === render(response);
      if (!isSame) wrong.push(date);
      days++;
      papers += response.length;
    }
  }
  console.log(`${days - wrong.length} of ${days} days and their ${papers} papers are as recorded`);
  if (wrong.length > 0) throw new Stop(`Different: ${wrong.join(', ')}`);
});

function render(items) {
  return items
    .map(({ paper, numComments }) => `${paper.id} ${paper.upvotes} ${numComments}`)
    .join('\n');
}
