// PostgreSQL for a test run, which ends with the process that started it, however that ends.
//
// Its standard input is a pipe from that process, which orders over it, a line of JSON each. When the pipe closes the
// servers are stopped and their folder removed.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { findBinaries, freePort, giveToServer, ownFile, run, ServerProgram } from './server-program.ts';
import { ServerOptions, ServerOrder } from './server-order.ts';

const { lines, walFolder } = ServerOptions.parse(JSON.parse(process.argv[2] ?? ''));

const folder = mkdtempSync(join(tmpdir(), 'twofold-postgres-'));
let primary: ServerProgram | null = null;
let copy: ServerProgram | null = null;
let isEnding = false;

async function end(): Promise<never> {
  // An immediate shutdown: nothing of it is needed any more.
  await Promise.all([primary?.end('SIGQUIT'), copy?.end('SIGQUIT')]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit(0);
}

function endOnce(): void {
  if (isEnding) return;
  isEnding = true;
  void end();
}

process.stdin.on('end', endOnce).on('error', endOnce);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endOnce);

giveToServer(folder);
chmodSync(folder, 0o711);
const binaries = await findBinaries(folder);
const data = join(folder, 'data');
const sockets = join(folder, 'sockets');
const certificates = join(import.meta.dirname, 'certificates');
const certificate = ownFile(join(folder, 'server.pem'), readFileSync(join(certificates, 'server.pem')));
const key = ownFile(join(folder, 'server.key'), readFileSync(join(certificates, 'server.key')));
// Of a server that lives as long as a test, and is reached from this computer alone.
const secret = ownFile(join(folder, 'password'), 'right password\n');
await run(
  binaries.initdb,
  [
    `--pgdata=${data}`,
    '--username=twofold',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    ...(walFolder === null ? [] : [`--waldir=${walFolder}`, '--wal-segsize=1']),
  ],
  folder,
);
await run('/bin/mkdir', [sockets], folder);
const options = [
  'listen_addresses=127.0.0.1',
  'max_connections=200',
  'ssl=on',
  `ssl_cert_file=${certificate}`,
  `ssl_key_file=${key}`,
  ...lines,
];
const port = await freePort();
primary = new ServerProgram({ postgres: binaries.postgres, data, sockets, port, lines: options });
await primary.start();
const say = (answer: object): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
say({ port, sockets, folder, pid: primary.pid });

async function obey(order: ServerOrder): Promise<object> {
  const program = order.server === 'primary' ? primary : copy;
  switch (order.kind) {
    case 'end':
      await program?.end(order.signal);
      return {};
    case 'start':
      await program?.start();
      return {};
    case 'copy': {
      const copyPort = await freePort();
      copy = (await primary?.copyTo(join(folder, 'copy'), copyPort, options)) ?? null;
      await copy?.start();
      return { port: copyPort };
    }
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = ServerOrder.parse(JSON.parse(line));
  obey(order).then(
    (answer) => say({ id: order.id, answer }),
    (error: unknown) => say({ id: order.id, error: z.instanceof(Error).parse(error).message }),
  );
});
