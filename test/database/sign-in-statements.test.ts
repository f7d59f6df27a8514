// Issue 6: the statements of a sign-in are the same however many users there are.
import { expect, test } from 'vitest';
import { createOrganization, openNode, STEP_MS } from '../bench/database/bench-organization.ts';
import { signIn } from '../bench/database/measure-sign-in.ts';
import { serverPlace } from './server/test-databases.ts';

/** As docs/capacity.md lists them. */
const MOST_STATEMENTS = 35;

async function statementsAt(users: number): Promise<string[]> {
  const place = serverPlace();
  const size = { users, auditRecords: users, signers: 1 };
  const { database, signers } = await createOrganization(place, `statements_${users}`, size, () => undefined);
  const [signer] = signers;
  if (signer === undefined) throw new Error('Nobody can sign in.');
  const statements: string[] = [];
  const node = await openNode(place, database, { onStatement: ({ text }) => void statements.push(text) });
  try {
    // The first one clears away what the person’s earlier sessions left.
    await signIn(node, signer);
    node.clock.advance(STEP_MS);
    statements.length = 0;
    await signIn(node, signer);
    return statements;
  } finally {
    await node.repository.close();
  }
}

test('issue 6: a sign-in sends the same statements with 10 users and with 1,000', async () => {
  const few = await statementsAt(10);
  expect(await statementsAt(1_000)).toEqual(few);
  expect(few.length).toBeLessThanOrEqual(MOST_STATEMENTS);
  expect(few.filter((text) => text === 'COMMIT')).toHaveLength(3);
});
