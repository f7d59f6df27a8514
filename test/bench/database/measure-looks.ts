// What administrators look at, over one database: pages of users in every order, the roll-out, the audit.
import type { AuditQuery, Input } from '../../../src-shared/contract/index.ts';
import { methods } from '../../../src-shared/contract/index.ts';
import type { Statement } from '../../../src-main/console/postgres/database.ts';
import { everybody, wholeAudit } from '../../fakes/console-queries.ts';
import { type ServerPlace, withClient } from '../../database/server/database-server.ts';
import type { BenchRow } from '../bench-row.ts';
import { median } from '../report.ts';
import {
  type BenchOrganization,
  type Handlers,
  openNode,
  type Signer,
  START_MS,
} from './bench-organization.ts';

const ROUNDS = 3;
const DAY_MS = 86_400_000;

type ListQuery = Input<'administration:directory'>;
type AuditLook = Input<'administration:audit'>;

interface Look<T> {
  readonly what: string;
  readonly query: T;
}

interface Timed {
  readonly what: string;
  readonly spentMs: number;
}

const listShape = methods['administration:directory'].input.shape;
const words = ['', 'maria', 'berg', 'xim 99', 'nobody at all'] as const;
const places = ['first', 'middle', 'last'] as const;

/** Every sort, both ways, with every filter, of all units and of one, with and without words; all three places without. */
const listLooks = (): (Look<ListQuery> & { readonly place: (typeof places)[number] })[] =>
  listShape.sort.options.flatMap((sort) =>
    [false, true].flatMap((descending) =>
      listShape.filter.options.flatMap((filter) =>
        [null, 'unit-7'].flatMap((unitId) =>
          words.flatMap((search) =>
            places
              .filter((place) => place === 'first' || search === '')
              .map((place) => ({
                what: [
                  `${filter} by ${sort}${descending ? ' downwards' : ''}`,
                  ...(unitId === null ? [] : ['in one unit']),
                  ...(search === '' ? [] : [`with "${search}"`]),
                  ...(place === 'first' ? [] : [`${place} page`]),
                ].join(', '),
                query: { ...everybody, sort, descending, filter, unitId, search },
                place,
              })),
          ),
        ),
      ),
    ),
  );

/** The ways in which the audit is searched, each alone and some together. */
function auditLooks({ userName }: Signer, newest: number): Look<AuditLook>[] {
  const ways: readonly (readonly [string, Partial<AuditQuery>])[] = [
    ['everything', {}],
    ['failures', { outcome: 'failure' }],
    ['one common event', { events: ['signed-in'] }],
    ['one rare event', { events: ['factor-reset'] }],
    ['three events', { events: ['password-refused', 'code-refused', 'password-locked'] }],
    ['an event that never was', { events: ['break-glass-used'] }],
    ['one person', { person: userName }],
    ['a person whom nobody knows', { person: 'nobody.at.all' }],
    ['one day', { fromMs: START_MS - 100 * DAY_MS, toMs: START_MS - 99 * DAY_MS }],
    ['one hour', { fromMs: START_MS - 100 * DAY_MS, toMs: START_MS - 100 * DAY_MS + DAY_MS / 24 }],
    ['the oldest month', { toMs: START_MS - 335 * DAY_MS }],
    ['a word in most records', { search: 'right' }],
    ['a word in many records', { search: 'wrong' }],
    ['a first name', { search: 'maria' }],
    ['the start of a name', { search: 'ximena.lindst' }],
    ['a whole user name', { search: userName }],
    ['a word that is nowhere', { search: 'zeppelin' }],
    ['two letters', { search: 'qu' }],
    ['a browser', { search: 'safari on ios' }],
    ['a sentence', { search: 'the two-factor authentication was reset' }],
    [
      'failures of one day',
      { outcome: 'failure', fromMs: START_MS - 100 * DAY_MS, toMs: START_MS - 99 * DAY_MS },
    ],
    ['failures of one person', { outcome: 'failure', person: userName }],
    [
      'a rare event of one month',
      { events: ['factor-reset'], fromMs: START_MS - 130 * DAY_MS, toMs: START_MS - 100 * DAY_MS },
    ],
    ['a common event of the oldest month', { events: ['signed-in'], toMs: START_MS - 335 * DAY_MS }],
    ['a first name among failures', { search: 'maria', outcome: 'failure' }],
    [
      'a first name in one day',
      { search: 'maria', fromMs: START_MS - 100 * DAY_MS, toMs: START_MS - 99 * DAY_MS },
    ],
    ['a first name in one rare event', { search: 'maria', events: ['factor-reset'] }],
    ['a word that is nowhere, in one month', { search: 'zeppelin', toMs: START_MS - 335 * DAY_MS }],
    [
      'everything at once',
      {
        search: 'maria',
        events: ['password-refused'],
        outcome: 'failure',
        person: userName,
        fromMs: START_MS - 300 * DAY_MS,
        toMs: START_MS,
      },
    ],
  ];
  return ways.flatMap(([what, query]) => [
    { what, query: { ...wholeAudit, ...query } },
    {
      what: `${what}, an older page`,
      query: { ...wholeAudit, ...query, beforeSequence: Math.floor(newest / 2) },
    },
  ]);
}

async function timed(what: string, work: () => unknown, rounds = ROUNDS): Promise<Timed> {
  const spent: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    await work();
    spent.push(performance.now() - startedMs);
  }
  return { what, spentMs: median(spent) };
}

/** The slowest, with how the others are. */
function slowest(name: string, all: readonly Timed[], aimMs: number): BenchRow {
  const [worst] = all.toSorted((a, b) => b.spentMs - a.spentMs);
  const over = all.filter(({ spentMs }) => spentMs > aimMs).length;
  return {
    name,
    value: worst?.spentMs ?? 0,
    unit: 'ms',
    note: `${worst?.what ?? ''}; the slowest of ${all.length}, each the median of ${ROUNDS}; all of them in the median ${median(all.map(({ spentMs }) => spentMs)).toFixed(1)}; ${over} over the aim of ${aimMs} ms`,
  };
}

async function measureLists(handlers: Handlers, organization: BenchOrganization) {
  const measured: (Timed & { readonly place: (typeof places)[number] })[] = [];
  const ask = (query: ListQuery) => handlers['administration:directory'](query, organization.administrator);
  for (const { what, query, place } of listLooks()) {
    let offset = 0;
    if (place !== 'first') {
      const { matching } = await ask(query);
      const pages = Math.max(1, Math.ceil(matching / query.limit));
      offset = (place === 'middle' ? Math.floor(pages / 2) : pages - 1) * query.limit;
    }
    measured.push({ ...(await timed(what, () => ask({ ...query, offset }))), place });
  }
  return measured;
}

export interface Plan {
  readonly what: string;
  readonly spentMs: number;
  readonly plan: string;
}

/** How the server finds what a search of the audit asks for. */
async function plansOf(
  place: ServerPlace,
  database: string,
  statements: readonly Statement[],
): Promise<string> {
  return withClient(place, database, async (client) => {
    const plans: string[] = [];
    for (const { text, values } of statements) {
      if (!text.includes('twofold.audit')) continue;
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`,
        [...values],
      );
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans.join('\n\n');
  });
}

export interface Looks {
  readonly rows: readonly BenchRow[];
  readonly lists: readonly Timed[];
  readonly audit: readonly Plan[];
}

/** Over a database that nobody else uses meanwhile. */
export async function measureLooks(
  place: ServerPlace,
  organization: BenchOrganization,
  { users, auditRecords }: { readonly users: number; readonly auditRecords: number },
): Promise<Looks> {
  const statements: Statement[] = [];
  const onStatement = (statement: Statement) => void statements.push(statement);
  const { repository, handlers } = await openNode(place, organization.database, { onStatement });
  const { administrator, signers, database } = organization;
  const at = `at ${users.toLocaleString('en')} users`;
  try {
    const lists = await measureLists(handlers, organization);
    const rollOut = await timed('roll-out', () => handlers['administration:rollOut']({}, administrator), 9);
    const [signer] = signers;
    if (signer === undefined) throw new Error('Nobody can sign in.');
    const audit: Plan[] = [];
    for (const { what, query } of auditLooks(signer, auditRecords)) {
      const ask = () => handlers['administration:audit'](query, administrator);
      const found = await timed(what, ask);
      statements.length = 0;
      await ask();
      audit.push({ ...found, plan: await plansOf(place, database, statements) });
    }
    const rows: BenchRow[] = [
      slowest(
        `page of the user list ${at}: first page`,
        lists.filter((list) => list.place === 'first'),
        100,
      ),
      slowest(
        `page of the user list ${at}: middle and last page`,
        lists.filter((list) => list.place !== 'first'),
        100,
      ),
      {
        name: `roll-out progress ${at}`,
        value: rollOut.spentMs,
        unit: 'ms',
        note: 'median of 9; aim 200 ms',
      },
      slowest(`audit search in ${auditRecords.toLocaleString('en')} records`, audit, 300),
    ];
    return { rows, lists, audit };
  } finally {
    await repository.close();
  }
}
