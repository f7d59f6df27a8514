// S21: a node that is killed amidst its actions leaves each of them wholly done, with its audit record, or not at all.
import { expect, test } from 'vitest';
import { killAgainAndAgain } from '../faults/database-kill.ts';
import { serverPlace } from './server/test-databases.ts';

/** `killAgainAndAgain` takes any number; this is enough to notice what broke. */
const TIMES = 16;

test(`each action is there with its audit record, or not at all: a node killed ${TIMES} times`, async () => {
  const { kinds, amidst } = await killAgainAndAgain(serverPlace(), { times: TIMES, chains: 2 });
  expect(kinds.size).toBeGreaterThan(5);
  expect(amidst).toBeGreaterThan(0);
});
