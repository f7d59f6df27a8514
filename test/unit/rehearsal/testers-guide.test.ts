// The scenario in the tester's guide is one: it can be imported, and goes as it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readScenario } from '../../../src-main/rehearsal/read-scenario.ts';
import { differences, playForTest } from './play-for-test.ts';

test('issue 5: the scenario that the guide shows is as expected', async () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/testers-guide.md'), 'utf8');
  const scenario = readScenario(/```json\n([\s\S]*?)```/u.exec(guide)?.[1] ?? '');
  const { play } = await playForTest(scenario);
  await play.finish();
  expect(differences(play)).toEqual([]);
});
