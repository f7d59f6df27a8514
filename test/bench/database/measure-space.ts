// How much space an organization takes: bytes for each user and for each record of the audit, indexes included.
import { z } from 'zod';
import { type ServerPlace, withClient } from '../../database/server/database-server.ts';
import type { BenchRow } from '../bench-row.ts';

const Sizes = z.array(
  z.object({
    name: z.string(),
    heap: z.coerce.number(),
    indexes: z.coerce.number(),
    rows: z.coerce.number(),
  }),
);

export async function measureSpace(place: ServerPlace, database: string, users: number): Promise<BenchRow[]> {
  const { rows } = await withClient(place, database, (client) =>
    client.query(`
      SELECT c.relname AS name, pg_table_size(c.oid) AS heap, pg_indexes_size(c.oid) AS indexes,
        greatest(c.reltuples, 0) AS rows
      FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'twofold' AND c.relkind = 'r'`),
  );
  const tables = Sizes.parse(rows);
  const audit = tables.find(({ name }) => name === 'audit');
  const others = tables.filter(({ name }) => name !== 'audit');
  const ofUsers = others.reduce((sum, { heap, indexes }) => sum + heap + indexes, 0);
  const records = Math.max(1, audit?.rows ?? 0);
  const at = `at ${users.toLocaleString('en')} users`;
  return [
    {
      name: `space of a user ${at}`,
      value: ofUsers / users,
      unit: 'bytes',
      note: 'everything but the audit, with indexes',
    },
    {
      name: `space of a record of the audit ${at}`,
      value: ((audit?.heap ?? 0) + (audit?.indexes ?? 0)) / records,
      unit: 'bytes',
      note: `of it the indexes ${((audit?.indexes ?? 0) / records).toFixed(0)}`,
    },
  ];
}
