// Every scenario that comes with Twofold: readable as a file, and as expected from its first to its last step.
import { describe, expect, test } from 'vitest';
import { readScenario, writeScenario } from '../../../src-main/rehearsal/read-scenario.ts';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';
import { differences, playForTest } from './play-for-test.ts';

const scenarioNamed = (name: string) => {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}.`);
  return found;
};

describe.each(
  scenarios.map((scenario) => [`${scenario.name} (${scenario.cases.join(', ')})`, scenario] as const),
)('%s', (_name, scenario) => {
  test('issue 5: can be written to a file and read back', () => {
    expect(readScenario(writeScenario(scenario))).toEqual(scenario);
  });

  test('issue 5: goes as expected, step by step', async () => {
    const { play, faults } = await playForTest(scenario);
    await play.finish();
    expect(differences(play)).toEqual([]);
    expect(play.played).toHaveLength(scenario.steps.length);
    expect(faults).toEqual([]);
  });

  test('issue 5: tells each step in the transcript or the plan, and never a code or secret', async () => {
    const { play } = await playForTest(scenario);
    await play.finish();
    const text = play.lines.map((line) => line.text).join('\n');
    expect(text).not.toMatch(/\b\d{6}\b|\b[A-Z2-7]{16,}\b|otpauth:/u);
    for (const { sentence } of play.played) expect(sentence).toMatch(/^\p{Lu}|^\p{L}|^\d/u);
  });
});

test('issue 5: G2 and G9–G16 are each played by a scenario', () => {
  const played = new Set(scenarios.flatMap(({ cases }) => cases));
  for (const id of ['G2', 'G9', 'G10', 'G11', 'G12', 'G13', 'G14', 'G15', 'G16']) {
    expect(played).toContain(id);
  }
});

test('issue 5: every story can be read on its card, which shows four lines', () => {
  for (const { name, story } of scenarios) expect(story.length, name).toBeLessThanOrEqual(250);
});

test('issue 5: names and titles are unique', () => {
  for (const key of ['name', 'title'] as const) {
    expect(new Set(scenarios.map((scenario) => scenario[key])).size).toBe(scenarios.length);
  }
});

test('issue 5: every step at a browser expects something, and a story is told in 6 to 20 steps', () => {
  for (const { name, steps } of scenarios.filter(({ steps: all }) => all.length > 0)) {
    expect(steps.length, name).toBeGreaterThanOrEqual(6);
    expect(steps.length, name).toBeLessThanOrEqual(20);
    const silent = steps.filter((step) => 'browser' in step && step.do !== 'keep-sheet' && !step.expect);
    expect(silent, name).toEqual([]);
  }
});

test('issue 5: something changed in the middle shows where it differs', async () => {
  const { play } = await playForTest(scenarioNamed('saved-secret'));
  for (let step = 0; step < 10; step += 1) await play.step();
  await play.act({ do: 'set-device-clock', device: 'New phone', aheadSeconds: -300 });
  await play.finish();
  expect(differences(play)).toEqual([
    [12, 'it is done', expect.stringContaining('the clock of the device is 300 s behind')],
    [12, 'Office laptop is signed in', 'Office laptop asks for a code'],
    [12, 'Maria Keller has 1 live session', 'Maria Keller has no live sessions'],
    [12, 'the audit says: code accepted, signed in', 'the audit says: code refused'],
  ]);
});
