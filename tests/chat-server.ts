// A local server in the place of Slack, Discord, Telegram and programs with a webhook.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export type ChatRequest = {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body as JSON. */
  json: Record<string, unknown>;
};
export type ChatAnswer = {
  status: number;
  body?: string;
  headers?: Record<string, string>;
};

export type ChatServer = {
  url: string;
  /** `host:port`, for BROADSHEET_PRIVATE_HOSTS. */
  host: string;
  requests: ChatRequest[];
  /** What the next requests are answered with, one each; then what the service says of a good one. */
  answers: (ChatAnswer | 'nothing')[];
  /** How many requests to such a path were ever unanswered together. */
  mostAtOnce(path: RegExp): number;
};

const GOOD: [RegExp, ChatAnswer][] = [
  [/^\/slack/, { status: 200, body: 'ok' }],
  [/^\/discord/, { status: 200, body: '{"id":"1"}' }],
  [/^\/bot/, { status: 200, body: '{"ok":true,"result":{"message_id":1}}' }],
  [/^/, { status: 204 }],
];

export async function openChatServer(): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const answers: ChatServer['answers'] = [];
  const open = new Set<string>();
  const moments: string[][] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const path = request.url ?? '';
    const key = `${path} ${requests.length}`;
    open.add(key);
    moments.push([...open]);
    requests.push({ path, headers: request.headers, body, json: JSON.parse(body) });
    const answer = answers.shift() ?? GOOD.find(([pattern]) => pattern.test(path))?.[1];
    if (answer === 'nothing' || !answer) return;
    await sleep(2);
    open.delete(key);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mostAtOnce = (path: RegExp) =>
    Math.max(0, ...moments.map((keys) => keys.filter((key) => path.test(key)).length));
  return { url: `http://${host}`, host, requests, answers, mostAtOnce };
}
