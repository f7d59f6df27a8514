// S18: the audit over the years — the check at start and daily, retention, and the log as a file.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { audit } from '../../../src-main/console/audit.ts';
import { keepAudit, LEAST_RECORDS, startAuditKeeping } from '../../../src-main/console/audit-keeping.ts';
import { visit } from '../../../src-main/console/visit.ts';
import { MemoryChangeStore } from '../../../src-main/storage/memory-change-store.ts';
import type { AuditQuery, Input } from '../../../src-shared/contract/index.ts';
import { wholeAudit } from '../../fakes/console-queries.ts';
import {
  DAY,
  HOUR,
  PASSWORD,
  SECOND,
  type TestBrowser,
  WatchedStore,
  World,
  describeEmbedded,
  embeddedTest,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const { beforeSequence: _before, limit: _limit, ...everything } = wholeAudit;

/** So many more records, in one transaction. */
async function write(count: number, summary = 'Signed out.'): Promise<void> {
  await visit(world.console.context, world.browser(), async (visit) => {
    for (let index = 0; index < count; index += 1) {
      await audit(visit, { event: 'signed-out', subject: null, actor: null, summary });
    }
  });
}

async function keepFor(days: number): Promise<void> {
  await world.console.context.repository.transact(async (tx) => {
    const organization = await tx.organization();
    if (organization === null) throw new Error('There is no organization.');
    const policy = { ...organization.policy, auditRetentionDays: days };
    await tx.putOrganization({ ...organization, policy });
  });
}

const verify = (administrator: TestBrowser) => world.call('administration:verifyAudit', {}, administrator);

/** The same console again, over a log that somebody has changed in the file. */
async function tampered(tamper: (tables: Map<string, Map<string, unknown>>) => void): Promise<void> {
  const tables = await world.tables();
  tamper(tables);
  class Tampered extends MemoryChangeStore {
    override load() {
      return Promise.resolve(tables);
    }
  }
  world = await World.create(new WatchedStore(new Tampered()));
}

const changeRecord = (tables: Map<string, Map<string, unknown>>, id: string): void => {
  const log = tables.get('audit');
  log?.set(id, Object.assign({}, log.get(id), { summary: 'Nothing happened.' }));
};

describe('S18: retention', () => {
  test('removes what is older than the policy says, says which, and the rest verifies', async () => {
    const administrator = await world.createOrganization();
    await write(500);
    world.clock.advance(100 * DAY);
    await write(LEAST_RECORDS + 200);
    await keepFor(90);
    await keepAudit(world.console.context);
    await world.signIn(administrator, 'maria.keller');
    // Two of the creation and 500 more were old.
    expect(await verify(administrator)).toMatchObject({ kind: 'intact', firstSequence: 503 });
    const log = await world.audit(administrator);
    const cutOff = new Date(world.clock.nowMs() - 90 * DAY).toISOString().slice(0, 10);
    const trimmed = log.filter(({ event }) => event === 'audit-trimmed');
    expect(trimmed).toMatchObject([
      {
        actor: null,
        browser: null,
        // The day is that of the policy's 90 days before.
        summary: `Records up to no. 502 (from no. 1) were removed: they were written before ${cutOff}, and the policy keeps records for 90 days.`,
      },
    ]);
    await keepAudit(world.console.context);
    expect((await world.audit(administrator)).filter(({ event }) => event === 'audit-trimmed')).toHaveLength(
      1,
    );
    await world.restart();
    expect(await verify(administrator)).toMatchObject({ kind: 'intact', firstSequence: 503 });
  });

  test(`never leaves fewer than ${LEAST_RECORDS} records, however old`, async () => {
    const administrator = await world.createOrganization();
    await write(LEAST_RECORDS + 8);
    await keepFor(1);
    world.clock.advance(1_000 * DAY);
    await keepAudit(world.console.context);
    await world.signIn(administrator, 'maria.keller');
    expect(await verify(administrator)).toMatchObject({ firstSequence: 11 });
  });

  test('0 days keep everything', async () => {
    const administrator = await world.createOrganization();
    await write(LEAST_RECORDS + 100);
    world.clock.advance(4_000 * DAY);
    await keepAudit(world.console.context);
    await world.signIn(administrator, 'maria.keller');
    expect(await verify(administrator)).toMatchObject({ firstSequence: 1 });
  });

  embeddedTest('a broken chain keeps everything: what is removed could be what shows the break', async () => {
    await world.createOrganization();
    await write(LEAST_RECORDS + 100);
    await keepFor(1);
    world.clock.advance(10 * DAY);
    await tampered((tables) => changeRecord(tables, '5'));
    world.clock.advance(10 * DAY);
    await keepAudit(world.console.context);
    const administrator = world.browser();
    await world.signIn(administrator, 'maria.keller');
    expect(await verify(administrator)).toMatchObject({ kind: 'broken', firstBrokenSequence: 5 });
    expect((await world.audit(administrator)).map(({ event }) => event)).not.toContain('audit-trimmed');
  });

  embeddedTest(
    'records that were removed past the console are missed: no record of retention names them',
    async () => {
      await world.createOrganization();
      await write(20);
      await tampered((tables) => {
        const log = tables.get('audit');
        const eleventh = z.looseObject({ previousHash: z.string() }).parse(log?.get('11'));
        for (let id = 1; id < 11; id += 1) log?.delete(String(id));
        const head = tables.get('document');
        head?.set(
          'head',
          Object.assign({}, head.get('head'), { auditFirst: 11, auditBefore: eleventh.previousHash }),
        );
      });
      const administrator = world.browser();
      await world.signIn(administrator, 'maria.keller');
      expect(await verify(administrator)).toMatchObject({ kind: 'broken', firstBrokenSequence: 11 });
    },
  );
});

describeEmbedded('S18: the check by itself', () => {
  const last = async (administrator: TestBrowser) =>
    (await world.call('administration:lastAuditCheck', {}, administrator)).verdict;

  embeddedTest(
    'soon after the start and then daily; a break stays on show until a check finds none',
    async () => {
      await world.createOrganization();
      await write(10);
      await tampered((tables) => changeRecord(tables, '4'));
      const administrator = world.browser();
      await world.signIn(administrator, 'maria.keller');
      expect(await last(administrator)).toBeNull();
      let changes = 0;
      world.events.subscribe((event) => {
        if (event === 'console:changed') changes += 1;
      });
      const end = startAuditKeeping(world.console.context);
      world.clock.advance(5 * SECOND);
      await vi.waitFor(async () =>
        expect(await last(administrator)).toMatchObject({ firstBrokenSequence: 4 }),
      );
      expect(changes).toBe(1);
      const { last: found } = world.console.context.auditCheck;
      world.clock.advance(DAY);
      await vi.waitFor(() => expect(world.console.context.auditCheck.last).not.toBe(found));
      expect(world.console.context.auditCheck.last).toMatchObject({ kind: 'broken', firstBrokenSequence: 4 });
      end();
      const { last: final } = world.console.context.auditCheck;
      world.clock.advance(3 * DAY);
      await world.signIn(administrator, 'maria.keller');
      expect(world.console.context.auditCheck.last).toBe(final);
    },
  );

  embeddedTest('a round that the storage refused is tried again in an hour', async () => {
    const administrator = await world.createOrganization();
    await write(LEAST_RECORDS + 10);
    await keepFor(1);
    world.clock.advance(10 * DAY);
    world.store.failsWith = new Error('disk full');
    const end = startAuditKeeping(world.console.context);
    world.clock.advance(5 * SECOND);
    await vi.waitFor(() => expect(world.console.context.auditCheck.last).not.toBeNull());
    const commits = world.store.commits.length;
    await world.console.context.repository.transact((tx) => tx.auditNumbers());
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.store.commits).toHaveLength(commits);
    world.store.failsWith = null;
    world.clock.advance(HOUR);
    await vi.waitFor(() => expect(world.store.commits.length).toBeGreaterThan(commits));
    end();
    await world.signIn(administrator, 'maria.keller');
    expect((await world.audit(administrator)).map(({ event }) => event)).toContain('audit-trimmed');
  });
});

describe('audit: the filter', () => {
  test('by event, outcome, person and time, alone and together', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    world.clock.advance(HOUR / 3);
    const laterMs = world.clock.nowMs();
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: 'not right' },
      world.browser(),
      'sign-in-refused',
    );
    await world.signIn(world.browser(), 'jonas.frei');
    const read = async (query: Partial<AuditQuery>) => {
      const answer = await world.call('administration:audit', { ...wholeAudit, ...query }, administrator);
      expect(answer.total).toBe(answer.records.length);
      return answer.records;
    };
    const all = await read({});
    const failures = await read({ outcome: 'failure' });
    expect(failures.map(({ event }) => event)).toEqual(['password-refused']);
    const events = await read({ events: ['signed-in', 'user-added'] });
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['signed-in', 'user-added']));
    const jonas = await read({ person: 'Jonas.Frei' });
    expect(jonas.every(({ subject, actor }) => subject === 'jonas.frei' || actor === 'jonas.frei')).toBe(
      true,
    );
    expect(jonas.length).toBeLessThan(all.length);
    expect(await read({ person: 'jonas' })).toEqual([]);
    const later = await read({ fromMs: laterMs });
    expect(later).toEqual(all.filter(({ atMs }) => atMs >= laterMs));
    expect(await read({ toMs: laterMs })).toEqual(all.filter(({ atMs }) => atMs < laterMs));
    const both = await read({
      fromMs: laterMs,
      person: 'jonas.frei',
      outcome: 'success',
      events: ['signed-in'],
    });
    expect(both).toHaveLength(1);
  });
});

describe('audit: the export', () => {
  const save = async (administrator: TestBrowser, query: Partial<Input<'administration:exportAudit'>>) => {
    const input = { ...everything, format: 'csv' as const, ...query };
    const file = await world.call('administration:exportAudit', input, administrator);
    return { ...file, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.content) };
  };

  test('JSON lines verify elsewhere, by SHA-256 alone', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    await write(2_500);
    const file = await save(administrator, { format: 'jsonl' });
    expect(file.fileName).toMatch(/^audit-\d{4}-\d\d-\d\d\.jsonl$/);
    const lines = file.text.trimEnd().split('\n');
    const Line = z.looseObject({ sequence: z.number(), previousHash: z.string(), hash: z.string() });
    let before = '';
    for (const [index, line] of lines.entries()) {
      const { sequence, previousHash, hash } = Line.parse(JSON.parse(line));
      expect(sequence).toBe(index + 1);
      expect(previousHash).toBe(before);
      const hashed = line.replace(`"hash":"${hash}",`, '');
      expect(createHash('sha256').update(hashed).digest('hex')).toBe(hash);
      before = hash;
    }
    expect(lines.length).toBeGreaterThan(2_500);
  });

  test('CSV has no ids and no hashes, and no cell is a formula', async () => {
    const administrator = await world.createOrganization();
    await write(1, '=HYPERLINK("http://example.org") was here.');
    const { text, fileName, mediaType } = await save(administrator, {});
    expect([fileName.slice(-4), mediaType]).toEqual(['.csv', 'text/csv']);
    const [head, first] = text.slice(1).split('\r\n');
    expect(head).toBe('number,time,event,outcome,about,by,browser,what happened');
    expect(first).toMatch(/^1,2026-11-24T09:00:00\.000Z,organization-created,success,,maria\.keller,/);
    expect(text).toContain(`"'=HYPERLINK(""http://example.org"") was here."`);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
    for (const id of (await world.tables()).get('users')?.keys() ?? []) expect(text).not.toContain(id);
    expect(text).not.toContain(PASSWORD);
  });

  test('holds what matches the filter, oldest first, and is audited', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const { text } = await save(administrator, { events: ['user-added', 'signed-in'], format: 'jsonl' });
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => z.looseObject({ event: z.string() }).parse(JSON.parse(line)).event);
    expect(events).toEqual(['signed-in', 'user-added', 'signed-in']);
    expect((await world.audit(administrator)).at(-1)).toMatchObject({
      event: 'audit-exported',
      actor: 'maria.keller',
    });
    expect((await world.audit(administrator)).at(-1)?.summary).toContain('records that match a filter');
  });

  embeddedTest(
    'a changed record comes along as it stands, so that the break shows elsewhere too',
    async () => {
      await world.createOrganization();
      await write(5);
      await tampered((tables) => tables.get('audit')?.set('4', { forged: true }));
      const administrator = world.browser();
      await world.signIn(administrator, 'maria.keller');
      const { text } = await save(administrator, { format: 'jsonl' });
      expect(text.split('\n')[3]).toBe('{"forged":true}');
    },
  );
});
