// A sign-in with password and code over databases of several sizes: its time, and its statements.
import type { BenchRow } from '../bench-row.ts';
import { median } from '../report.ts';
import { type ServerPlace, withClient } from '../../database/server/database-server.ts';
import {
  type BenchNode,
  type BenchOrganization,
  codeOf,
  newBrowser,
  openNode,
  PASSWORD,
  type Signer,
  STEP_MS,
} from './bench-organization.ts';

const ROUNDS = 60;
const WARM_UP = 5;

/** Signs somebody in from a new browser; throws where that fails. */
export async function signIn(
  { handlers, clock }: Pick<BenchNode, 'handlers' | 'clock'>,
  who: Signer,
): Promise<void> {
  const browser = newBrowser();
  await handlers['console:signIn']({ userName: who.userName, password: PASSWORD }, browser);
  const code = codeOf(who, clock.nowMs());
  const step = await handlers['console:submitCode']({ code, trustBrowser: false }, browser);
  if (step.kind !== 'signed-in') throw new Error(`Expected to be signed in, not ${step.kind}.`);
}

interface Measured {
  readonly users: number;
  readonly organization: BenchOrganization;
  readonly node: BenchNode;
  readonly statements: string[];
  readonly spentMs: number[];
}

/** In turn over all sizes, so that what else the machine does meets them alike. */
export async function measureSignIn(
  place: ServerPlace,
  organizations: readonly { readonly users: number; readonly organization: BenchOrganization }[],
): Promise<{ rows: BenchRow[]; statements: ReadonlyMap<number, readonly string[]> }> {
  const sizes: Measured[] = [];
  for (const { users, organization } of organizations) {
    const statements: string[] = [];
    const onStatement = ({ text }: { readonly text: string }) => void statements.push(text);
    const node = await openNode(place, organization.database, { onStatement });
    sizes.push({ users, organization, node, statements, spentMs: [] });
  }
  const commitMs: number[] = [];
  await withClient(place, 'postgres', async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS one_row (n bigint)');
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      for (const { organization, node, statements, spentMs } of sizes) {
        const who = organization.signers[round % organization.signers.length];
        if (who === undefined) throw new Error('Nobody can sign in.');
        // Everybody's next code.
        node.clock.advance(STEP_MS);
        statements.length = 0;
        const startedMs = performance.now();
        await signIn(node, who);
        if (round >= WARM_UP) spentMs.push(performance.now() - startedMs);
      }
      const startedMs = performance.now();
      await client.query('INSERT INTO one_row VALUES (1)');
      if (round >= WARM_UP) commitMs.push(performance.now() - startedMs);
    }
  });
  for (const { node } of sizes) await node.repository.close();
  const medians = sizes.map(({ spentMs }) => median(spentMs));
  const fastest = Math.min(...medians);
  const rows = sizes.map(({ users, spentMs }, index): BenchRow => ({
    name: `sign-in without hashing at ${users.toLocaleString('en')} users`,
    value: medians[index] ?? 0,
    unit: 'ms',
    note: `median of ${ROUNDS}, the fastest ${Math.min(...spentMs).toFixed(1)}; ${((medians[index] ?? 0) / fastest).toFixed(2)} × the fastest size; aim 10 ms, 1.5 ×`,
  }));
  rows.push({
    name: 'one row committed at the same moments',
    value: median(commitMs),
    unit: 'ms',
    note: `median of ${ROUNDS}; a sign-in makes two commits, so at least twice this is the disk`,
  });
  for (const { users, statements } of sizes) {
    rows.push({
      name: `statements of a sign-in at ${users.toLocaleString('en')} users`,
      value: statements.length,
      unit: '',
      note: 'with BEGIN and COMMIT; listed below',
    });
  }
  return { rows, statements: new Map(sizes.map(({ users, statements }) => [users, [...statements]])) };
}
