// S3, S5, S12, S13, S20 over two real nodes: what must be atomic is so in the database, not in a process.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, PASSWORD, startTwoNodes, STEP_MS, type TwoNodes, USER } from '../faults/two-nodes.ts';
import { Browser, type CallEnvelope } from '../faults/test-node.ts';
import { withClient } from './server/database-server.ts';
import { serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'two_nodes';

let nodes: TwoNodes;
beforeEach(async () => {
  nodes = await startTwoNodes(place, NAME);
});
afterEach(() => nodes.stop());

const signIn = (browser: Browser, index: number, userName = USER): Promise<CallEnvelope> =>
  (index % 2 === 0 ? nodes.a : nodes.b).call('console:signIn', { userName, password: PASSWORD }, browser);

const browsersAtCodeScreen = async (count: number): Promise<Browser[]> => {
  const browsers = Array.from({ length: count }, (_, index) => new Browser(`Browser ${index}`));
  const answers = await Promise.all(browsers.map((browser, index) => signIn(browser, index)));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  return browsers;
};

const countAudit = (event: string): Promise<number> =>
  withClient(place, NAME, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM twofold.audit WHERE event = $1',
      [event],
    );
    return rows[0]?.n ?? 0;
  });

const wins = (answers: readonly CallEnvelope[]): number => answers.filter(({ ok }) => ok).length;

describe('two nodes', () => {
  test(
    'S3: of 1,000 parallel submissions of one code over both, exactly one wins',
    { timeout: 120_000 },
    async () => {
      const browsers = await browsersAtCodeScreen(1_000);
      const input = { code: nodes.codeAt(nodes.nowMs), trustBrowser: true };
      const answers = await Promise.all(
        browsers.map((browser, index) =>
          (index % 2 === 0 ? nodes.b : nodes.a).call('console:submitCode', input, browser),
        ),
      );
      expect(wins(answers)).toBe(1);
      for (const answer of answers) {
        if (answer.ok) continue;
        expect(answer.error).toMatchObject({ code: 'code-refused', details: { reason: 'replayed' } });
      }
      expect(browsers.filter(({ slots }) => slots['session'] !== undefined)).toHaveLength(1);
      expect(browsers.filter(({ slots }) => slots['trust'] !== undefined)).toHaveLength(1);
      expect(await countAudit('browser-trusted')).toBe(1);
      expect(await nodes.a.verify()).toMatchObject({ kind: 'intact' });
    },
  );

  test('S5: of 200 parallel wrong codes over both, five are looked at and then the user is locked', async () => {
    const browsers = await browsersAtCodeScreen(200);
    const right = new Set([-2, -1, 0, 1, 2].map((steps) => nodes.codeAt(nodes.nowMs + steps * STEP_MS)));
    const wrong = ['000001', '111111', '222222'].find((code) => !right.has(code)) ?? '';
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        (index % 2 === 0 ? nodes.a : nodes.b).call(
          'console:submitCode',
          { code: wrong, trustBrowser: false },
          browser,
        ),
      ),
    );
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes.filter((code) => code === 'code-refused')).toHaveLength(4);
    expect(codes.filter((code) => code === 'locked-out')).toHaveLength(196);
    expect(await countAudit('code-locked')).toBe(1);
  });

  test('S5: wrong passwords of a name that nobody has are counted over both nodes as those of a user', async () => {
    for (const userName of [USER, 'nobody.here']) {
      const before = await countAudit('password-locked');
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? nodes.a : nodes.b).call(
            'console:signIn',
            { userName, password: 'not right' },
            new Browser(`Guess ${index}`),
          ),
        ),
      );
      expect(await countAudit('password-locked')).toBe(before + 1);
    }
    expect((await signIn(new Browser('Late'), 0)).ok).toBe(false);
  });

  test('S13: one trust used at both nodes at once: one is trusted, the other shows the copy, and the series dies', async () => {
    const browser = new Browser('Trusted');
    await nodes.a.value('console:signIn', { userName: USER, password: PASSWORD }, browser);
    const code = nodes.codeAt(nodes.nowMs);
    await nodes.b.value('console:submitCode', { code, trustBrowser: true }, browser);
    await nodes.a.value('console:signOut', {}, browser);
    const copies = ['One', 'Two'].map((name) => {
      const copy = new Browser(name);
      copy.slots = browser.slots;
      return copy;
    });
    const steps = await Promise.all(copies.map((copy, index) => signIn(copy, index)));
    const kinds = steps.map((answer) => (answer.ok ? JSON.stringify(answer.value) : answer.error.code));
    expect(kinds.filter((kind) => kind.includes('"kind":"signed-in"'))).toHaveLength(1);
    expect(kinds.filter((kind) => kind.includes('"kind":"code"'))).toHaveLength(1);
    expect(await countAudit('trusted-browser-stolen')).toBe(1);
    // The session that the trust has opened ended with it.
    for (const copy of copies) {
      const step = await nodes.a.value('console:step', {}, copy);
      expect(step).not.toMatchObject({ kind: 'signed-in' });
    }
  });

  test('S12, S11: a reset by the administrator at one node and sign-ins at the other: none survives', async () => {
    const browsers = await browsersAtCodeScreen(20);
    const trusted = new Browser('Trusted');
    await nodes.a.value('console:signIn', { userName: USER, password: PASSWORD }, trusted);
    const input = { code: nodes.codeAt(nodes.nowMs), trustBrowser: true };
    const reset = nodes.a.call(
      'administration:resetFactor',
      { userId: nodes.userId, code: nodes.administratorCodeAt(nodes.nowMs) },
      nodes.administrator,
    );
    const [done] = await Promise.all([
      reset,
      ...[trusted, ...browsers].map((browser) => nodes.b.call('console:submitCode', input, browser)),
    ]);
    expect(done.ok).toBe(true);
    for (const browser of [trusted, ...browsers]) {
      expect(await nodes.b.value('console:step', {}, browser)).not.toMatchObject({ kind: 'signed-in' });
    }
    expect(await nodes.b.verify()).toMatchObject({ kind: 'intact' });
  });

  test('S20: two administrators who take the role of one another at the same moment: one stays', async () => {
    const { a, b, administrator, nowMs } = nodes;
    const setRole = (node: typeof a, browser: Browser, userId: string, code: string | null) =>
      node.call('administration:setRole', { userId, role: 'user', administersUnitId: null, code }, browser);
    // Jonas becomes an administrator, and signs in with his device.
    await a.value(
      'administration:setRole',
      {
        userId: nodes.userId,
        role: 'administrator',
        administersUnitId: null,
        code: nodes.administratorCodeAt(nowMs),
      },
      administrator,
    );
    const jonas = new Browser('Jonas');
    await b.value('console:signIn', { userName: USER, password: PASSWORD }, jonas);
    await b.value('console:submitCode', { code: nodes.codeAt(nowMs), trustBrowser: false }, jonas);
    const laterMs = nowMs + STEP_MS;
    await Promise.all([a.setClock(laterMs), b.setClock(laterMs)]);
    const maria = await withClient(place, NAME, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'SELECT id FROM twofold.users WHERE name_key = $1',
        [ADMINISTRATOR],
      );
      return rows[0]?.id ?? '';
    });
    const answers = await Promise.all([
      setRole(a, administrator, nodes.userId, nodes.administratorCodeAt(laterMs)),
      setRole(b, jonas, maria, nodes.codeAt(laterMs)),
    ]);
    expect(wins(answers)).toBe(1);
    const left = await withClient(place, NAME, (client) =>
      client.query(`SELECT FROM twofold.users WHERE role = 'administrator'`),
    );
    expect(left.rowCount).toBe(1);
  });

  test('S1, S2: clocks 2 s apart, around a new time step: no code is accepted twice, no older one after a newer one', async () => {
    const { a, b, codeAt, nowMs } = nodes;
    // At a the next step has begun, at b not yet.
    const borderMs = nowMs + STEP_MS;
    await a.setClock(borderMs + 1_000);
    await b.setClock(borderMs - 1_000);
    const [first, second, third] = await browsersAtCodeScreen(3);
    if (first === undefined || second === undefined || third === undefined) throw new Error('No browser.');
    const submit = (node: typeof a, browser: Browser, atMs: number) =>
      node.call('console:submitCode', { code: codeAt(atMs), trustBrowser: false }, browser);
    expect((await submit(a, first, borderMs)).ok).toBe(true);
    expect(await submit(b, second, borderMs)).toMatchObject({ error: { details: { reason: 'replayed' } } });
    expect(await submit(b, second, nowMs)).toMatchObject({ error: { code: 'code-refused' } });
    expect(await submit(b, third, borderMs)).toMatchObject({ error: { code: 'code-refused' } });
    // The session that began at a, in b's future, is sound at b, and ends at both.
    expect(await b.value('console:step', {}, first)).toMatchObject({ kind: 'signed-in' });
    await b.value('console:signOut', {}, first);
    expect(await a.value('console:step', {}, first)).toMatchObject({ kind: 'signed-out' });
  });

  test('connections cut in the middle of everything: done or refused, wholly; the nodes go on by themselves', async () => {
    const { a, b, administrator } = nodes;
    const names = Array.from({ length: 60 }, (_, index) => `Name ${index}`);
    const cut = (): Promise<unknown> =>
      withClient(place, 'postgres', (client) =>
        client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [NAME]),
      );
    const before = await countAudit('organization-renamed');
    const copyOf = () => {
      const browser = new Browser('Copy');
      browser.slots = administrator.slots;
      return browser;
    };
    let cuts = 0;
    const over = new AbortController();
    const cutting = (async () => {
      while (!over.signal.aborted) {
        await cut();
        cuts += 1;
      }
    })();
    const answers: CallEnvelope[] = [];
    for (const [index, name] of names.entries()) {
      const node = index % 2 === 0 ? a : b;
      answers.push(await node.call('administration:renameOrganization', { name }, copyOf()));
    }
    over.abort();
    await cutting;
    expect(cuts).toBeGreaterThan(10);
    for (const answer of answers) {
      if (answer.ok) continue;
      expect(answer.error.code).toBe('storage-failed');
      expect(answer.error.details).toMatchObject({ retryAfterMs: 2_000 });
    }
    const unknown = answers.filter(
      (answer) => !answer.ok && answer.error.details?.['reason'] === 'outcome-unknown',
    );
    const done = (await countAudit('organization-renamed')) - before;
    expect(done).toBeGreaterThanOrEqual(wins(answers));
    expect(done).toBeLessThanOrEqual(wins(answers) + unknown.length);
    expect((await a.call('administration:renameOrganization', { name: 'At last' }, copyOf())).ok).toBe(true);
    expect((await b.call('administration:renameOrganization', { name: 'At last' }, copyOf())).ok).toBe(true);
    expect(await b.verify()).toMatchObject({ kind: 'intact' });
  });
});
