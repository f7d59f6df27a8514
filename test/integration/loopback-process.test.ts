// The loopback host as the process that users start: how it begins, ends, and says why it cannot.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cookiesOf, pageHeaders, send } from '../fakes/loopback-page.ts';

const entry = join(import.meta.dirname, '../../src-main/serve.ts');
const launchAddress = /^Twofold is ready at (http:\/\/127\.0\.0\.1:(\d+))\/#launch=([A-Za-z0-9_-]{43})$/m;

interface Running {
  readonly child: ChildProcess;
  readonly address: string;
  readonly token: string;
  readonly said: { out: string; err: string };
  readonly ended: Promise<number | string | null>;
}

let home: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twofold-serve-'));
  const settings = { theme: 'system', timeServers: [], timeFallbacks: [] };
  writeFileSync(
    join(home, 'preferences.json'),
    JSON.stringify({ version: 1, content: { settings, notices: [] } }),
  );
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** Without a display and without a session bus: nothing of the user's is touched. */
function spawnServe(args: readonly string[], folder: string) {
  const {
    DISPLAY: _d,
    WAYLAND_DISPLAY: _w,
    DBUS_SESSION_BUS_ADDRESS: _b,
    NODE_OPTIONS: _n,
    ...env
  } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { ...env, HOME: folder, XDG_RUNTIME_DIR: folder, TWOFOLD_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return { child, said, ended };
}

async function serve(args: readonly string[] = ['--no-open']): Promise<Running> {
  const started = spawnServe(args, home);
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    started.child.stdout.on('data', () => {
      const match = launchAddress.exec(started.said.out);
      if (match !== null) resolve(match);
    });
    void started.ended.then((end) => reject(new Error(`Ended (${end ?? ''}): ${started.said.err}`)));
  });
  return { ...started, address: found[1] ?? '', token: found[3] ?? '' };
}

/** Starts what cannot start, and answers how it ended. */
async function fail(args: readonly string[], folder: string) {
  const { said, ended } = spawnServe(['--no-open', ...args], folder);
  return { end: await ended, ...said };
}

const oneSentence = (text: string): void => {
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text).not.toMatch(/^\s+at |Error:/m);
};

async function launchedCall({ address, token }: Running, method: string) {
  const post = (path: string, body: string, cookie?: string) =>
    send(address, { method: 'POST', path, headers: { ...pageHeaders(address), cookie }, body });
  const launched = await post('/launch', JSON.stringify({ token }));
  return post(`/call/${method}`, '{}', cookiesOf(launched)[0]);
}

describe('from start to end', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it cleanly', async (signal) => {
    const running = await serve();
    running.child.kill(signal);
    expect(await running.ended).toBe(0);
    expect(readdirSync(home).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test('the printed address leads to the services, as another host than the desktop', async () => {
    const running = await serve();
    const answer = await launchedCall(running, 'app:status');
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      value: { host: 'loopback', dataFolder: home },
    });
  });

  test('app:openBrowser gives one more address, good for one browser', async () => {
    const running = await serve();
    const answer = await launchedCall(running, 'app:openBrowser');
    expect(answer.body).toMatch(/"url":"http:\/\/127\.0\.0\.1:\d+\/#launch=[A-Za-z0-9_-]{43}"/);
    expect(answer.body).not.toContain(running.token);
  });

  test('where no browser can be opened, it says so in one sentence', async () => {
    const running = await serve([]);
    const sentence =
      'No browser could be opened (this session has no display). Open the address above by hand.';
    await expect.poll(() => running.said.err).toContain(sentence);
  });

  test('the token stands in the printed address alone, in no file and no other line', async () => {
    const running = await serve();
    await launchedCall(running, 'app:status');
    running.child.kill('SIGTERM');
    await running.ended;
    expect(running.said.err).not.toContain(running.token);
    expect(running.said.out.split(running.token)).toHaveLength(2);
    const files = readdirSync(home).map((name) => readFileSync(join(home, name), 'utf8'));
    expect(files.filter((content) => content.includes(running.token))).toEqual([]);
  });

  test('trusted browsers survive a restart on another port: the cookies keep their name', async () => {
    const prefix = async (): Promise<string> => {
      const running = await serve();
      const { address, token } = running;
      const body = JSON.stringify({ token });
      const launched = await send(address, {
        method: 'POST',
        path: '/launch',
        headers: pageHeaders(address),
        body,
      });
      running.child.kill('SIGTERM');
      await running.ended;
      return cookiesOf(launched)[0]?.split('=', 1)[0] ?? '';
    };
    const first = await prefix();
    expect(first).toMatch(/^twofold-[0-9a-f]{8}-launch$/);
    expect(await prefix()).toBe(first);
  });

  test('after a kill it starts again', async () => {
    const running = await serve();
    running.child.kill('SIGKILL');
    await running.ended;
    const again = await serve();
    expect(again.token).not.toBe(running.token);
  });
});

describe('where it cannot start, one sentence and an exit code of its own', () => {
  test('a second instance names the first, without its token', async () => {
    const running = await serve();
    const { end, out, err } = await fail([], home);
    expect([end, out]).toEqual([7, '']);
    oneSentence(err);
    expect(err).toContain(running.address);
    expect(err).not.toContain(running.token);
  });

  test('a port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const bound = server.address();
        resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
      });
    });
    const { end, err } = await fail(['--port', String(port)], home);
    server.close();
    expect(end).toBe(1);
    oneSentence(err);
    expect(err).toContain(`Port ${port} is taken`);
  });

  test('a data folder that is a file', async () => {
    const file = join(home, 'preferences.json');
    const { end, err } = await fail([], join(file, 'twofold'));
    expect(end).toBe(1);
    oneSentence(err);
  });
});
