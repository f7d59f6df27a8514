// `npm run bench:database`: the console over a real PostgreSQL of its own, from ten users to a million.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startDatabaseServer } from '../../database/server/database-server.ts';
import type { BenchRow } from '../bench-row.ts';
import { machine, machineLine, table } from '../report.ts';
import { type BenchOrganization, createOrganization } from './bench-organization.ts';
import { measureLooks } from './measure-looks.ts';
import { measureNodes } from './measure-nodes.ts';
import { measureSignIn } from './measure-sign-in.ts';
import { measureSpace } from './measure-space.ts';

const SIGNERS = 1_000;
/** In databases but the largest, each user has so many records of the audit. */
const RECORDS_PER_USER = 10;

/** As durable as in reality; sized for the largest. Fillings are not to wait for checkpoints. */
const SETTINGS = [
  'shared_buffers=3GB',
  'effective_cache_size=8GB',
  'max_wal_size=8GB',
  'checkpoint_timeout=15min',
  'random_page_cost=1.1',
];

const help = `npm run bench:database -- [--full] [--users 10,1000,100000] [--audit 1000000] [--nodes 1,2,4] [--json FILE] [--plans FILE]

--full   10, 1,000, 100,000 and 1,000,000 users and 10,000,000 records of the audit; takes about an hour and 30 GB
--users  the sizes, smallest first
--audit  records of the audit at the largest size
--nodes  processes over one server; "none" leaves them out
--json   writes every number, and how the audit is searched, to a file
--plans  writes the server's plan of each search of the audit to a file`;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    users: { type: 'string' },
    audit: { type: 'string' },
    nodes: { type: 'string', default: '1,2,4' },
    json: { type: 'string' },
    plans: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isSafeInteger(number) || number < 1))
    throw new Error(`Not numbers: ${text}`);
  return numbers;
}

async function main(): Promise<void> {
  const sizes = wholeNumbers(values.users ?? (values.full ? '10,1000,100000,1000000' : '10,1000,100000'));
  const [auditRecords = 0] = wholeNumbers(values.audit ?? (values.full ? '10000000' : '1000000'));
  const nodes = values.nodes === 'none' ? [] : wholeNumbers(values.nodes);
  console.log(`${machineLine}\n`);
  const server = await startDatabaseServer(SETTINGS);
  const rows: BenchRow[] = [];
  const show = (some: readonly BenchRow[]): void => {
    console.log(`${table(some)}\n`);
    rows.push(...some);
  };
  try {
    const filled: { users: number; auditRecords: number; organization: BenchOrganization }[] = [];
    for (const [index, users] of sizes.entries()) {
      const records = index === sizes.length - 1 ? auditRecords : users * RECORDS_PER_USER;
      const startedMs = performance.now();
      const organization = await createOrganization(
        server,
        `users_${users}`,
        { users, auditRecords: records, signers: SIGNERS },
        (what) => console.error(`${users.toLocaleString('en')} users: ${what}`),
      );
      filled.push({ users, auditRecords: records, organization });
      show([
        {
          name: `filling for ${users.toLocaleString('en')} users, ${records.toLocaleString('en')} records`,
          value: (performance.now() - startedMs) / 1000,
          unit: 's',
        },
        ...(await measureSpace(server, organization.database, users)),
      ]);
    }
    const signIns = await measureSignIn(server, filled);
    show(signIns.rows);
    const lists = [...signIns.statements.values()];
    console.log(
      `The statements of one sign-in:\n${(lists.at(-1) ?? []).map((text, index) => `${index + 1}. ${text}`).join('\n')}\n`,
    );
    const looks = [];
    for (const { organization, ...size } of filled) {
      const found = await measureLooks(server, organization, size);
      show(found.rows);
      looks.push({ ...size, lists: found.lists, audit: found.audit });
    }
    const largest = filled.at(-1);
    if (largest !== undefined && nodes.length > 0)
      show(await measureNodes(server, largest.organization, nodes));
    if (values.json !== undefined) {
      const all = { machine, rows, statements: Object.fromEntries(signIns.statements), looks };
      writeFileSync(values.json, `${JSON.stringify(all, undefined, 2)}\n`);
    }
    if (values.plans !== undefined) {
      const plans = looks.at(-1)?.audit ?? [];
      writeFileSync(
        values.plans,
        plans
          .map(({ what, spentMs, plan }) => `## ${what}: ${spentMs.toFixed(1)} ms\n\n${plan}\n`)
          .join('\n'),
      );
    }
  } finally {
    await server.stop();
  }
}

if (values.help) console.log(help);
else await main();
