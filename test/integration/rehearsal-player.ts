// Plays every scenario, and says in one line how many went as expected. Started by rehearsal-sealed.test.ts in a process
// that may neither read the user's files nor write any.
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { Play } from '../../src-main/rehearsal/play.ts';
import { scenarios } from '../../src-main/rehearsal/scenarios.ts';

let asExpected = 0;
for (const scenario of scenarios) {
  const play = await Play.begin({
    scenario,
    policy: {},
    realClock: systemClock,
    version: 'test',
    onEvent: () => undefined,
    onFault: (method, error) => console.error(method, error),
  });
  await play.finish();
  if (play.played.every(({ checks }) => checks.every(({ isMet }) => isMet))) asExpected += 1;
  await play.dispose();
}
console.log(`${asExpected} of ${scenarios.length}`);
