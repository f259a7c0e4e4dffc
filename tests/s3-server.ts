// A real S3 server for tests: Ceph's gateway over one monitor and one store in memory, on ports and in a
// folder of its own. It ends with the process that started it, even when that is killed.
import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const BIN = '/usr/bin';
const PROGRAMS = ['ceph-mon', 'ceph-osd', 'radosgw', 'setpriv'];
const STEP_TIMEOUT_MS = 60_000;
const BUCKET = 'broadsheet';
const KEY = 'tester';
const SECRET = 'only for tests';
const ENV = { PATH: process.env.PATH } as NodeJS.ProcessEnv;

export type S3Server = {
  /** A place of its own in the bucket. */
  place(): string;
  /** The AWS_… variables with which a process reaches it. */
  variables: Record<string, string>;
  stop(): Promise<void>;
};

/** Why it cannot be started here; undefined when it can. */
export function whyNoS3Server(): string | undefined {
  const missing = PROGRAMS.filter((name) => !fs.existsSync(path.join(BIN, name)));
  if (missing.length === 0) return undefined;
  return `${missing.join(', ')} not found: install ceph-mon, ceph-osd and radosgw`;
}

export async function startS3Server(): Promise<S3Server> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'broadsheet-s3-'));
  const conf = path.join(folder, 'ceph.conf');
  const daemons: ChildProcess[] = [];
  const start = (name: string, ...args: string[]) => {
    const output = fs.openSync(path.join(folder, `${name}.log`), 'w');
    const command = ['--pdeathsig', 'KILL', name, '-c', conf, '--foreground', ...args];
    const options = { env: ENV, stdio: ['ignore', output, output] } satisfies SpawnOptions;
    daemons.push(spawn(path.join(BIN, 'setpriv'), command, options));
    fs.closeSync(output);
  };
  const run = (name: string, ...args: string[]) =>
    promisify(execFile)(name, ['-c', conf, ...args], { env: ENV, timeout: STEP_TIMEOUT_MS });
  const stop = async () => {
    await Promise.all(daemons.map(end));
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const [port, monitorPort] = (await freePorts(2)) as [number, number];
  const cluster = randomUUID();
  fs.writeFileSync(conf, settings(folder, cluster, monitorPort, port));
  try {
    const monitors = path.join(folder, 'monitors');
    const address = `[v2:127.0.0.1:${monitorPort}]`;
    await run('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', address, monitors);
    await run('ceph-mon', '--mkfs', '--id', 'a', '--monmap', monitors);
    start('ceph-mon', '--id', 'a');
    await run('ceph', 'osd', 'create');
    fs.mkdirSync(path.join(folder, 'osd'));
    await run('ceph-osd', '--mkfs', '--id', '0');
    start('ceph-osd', '--id', '0');
    const user = ['--uid', KEY, '--display-name', KEY, '--access-key', KEY, '--secret', SECRET];
    await run('radosgw-admin', 'user', 'create', ...user);
    start('radosgw', '--name', 'client.rgw');
    await createBucket(`http://127.0.0.1:${port}`, () => daemons.every(isRunning));
  } catch (error) {
    const logs = daemons.map(({ spawnargs }) => logEnd(path.join(folder, `${spawnargs[3]}.log`)));
    await stop();
    throw new Error(`The S3 server did not start: ${[error, ...logs].join('\n')}`);
  }
  return {
    place: () => `s3://${BUCKET}/${randomUUID()}`,
    variables: {
      AWS_ACCESS_KEY_ID: KEY,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_ALLOW_HTTP: 'true',
    },
    stop,
  };
}

/** No passwords between the daemons, one copy of everything, and nobody waits for others to vote. */
function settings(folder: string, cluster: string, monitorPort: number, port: number): string {
  return `[global]
fsid = ${cluster}
mon host = v2:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
ms mon client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
mon data = ${folder}/mon
mon data avail crit = 0
mon allow pool size one = true
paxos propose interval = 0.05
osd data = ${folder}/osd
osd objectstore = memstore
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${port} tcp_nodelay=1
run dir = ${folder}
admin socket =
pid file =
keyring = ${folder}/none
log file =
log to stderr = true
mon cluster log file = /dev/null
`;
}

/** Until the gateway answers. https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html */
async function createBucket(url: string, isAlive: () => boolean): Promise<void> {
  const until = Date.now() + STEP_TIMEOUT_MS;
  for (;;) {
    const date = new Date().toUTCString();
    const signed = createHmac('sha1', SECRET).update(`PUT\n\n\n${date}\n/${BUCKET}`);
    const headers = { Date: date, Authorization: `AWS ${KEY}:${signed.digest('base64')}` };
    const init = { method: 'PUT', headers, signal: AbortSignal.timeout(STEP_TIMEOUT_MS) };
    const answer = await fetch(`${url}/${BUCKET}`, init).catch((error: Error) => error);
    if (answer instanceof Response && answer.ok) return;
    if (!isAlive() || Date.now() > until) throw new Error(`no bucket (${answer})`);
    await sleep(100);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(
    servers.map((server) => new Promise((resolve) => server.on('listening', resolve))),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

function logEnd(file: string): string {
  return `${path.basename(file)}: ${fs.readFileSync(file, 'utf8').slice(-1_000)}`;
}
