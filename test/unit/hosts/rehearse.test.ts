// Issue 5: `twofold rehearse`, from its arguments to its exit code and files.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { exitCodes } from '../../../src-main/hosts/command-line/command.ts';
import { RehearseOutput, ScenarioList } from '../../../src-main/hosts/command-line/rehearse.ts';
import { runCommandLine } from '../../../src-main/hosts/command-line/run-command-line.ts';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import { writeScenario } from '../../../src-main/rehearsal/read-scenario.ts';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';
import type { KeyStore } from '../../../src-main/secrets/key-store.ts';
import { FakeTerminal } from '../../fakes/fake-terminal.ts';
import { hostileStory, rightStory } from '../../fakes/played-stories.ts';

const folder = mkdtempSync(join(tmpdir(), 'twofold-rehearse-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = rightStory.name;
const home = join(folder, 'no home');

const touched = (): never => {
  throw new Error('A rehearsal has no business there.');
};
const untouchedKeychain: KeyStore = { read: touched, write: touched, remove: touched };

async function run(...args: string[]) {
  const terminal = new FakeTerminal();
  const exitCode = await runCommandLine(['rehearse', ...args], {
    terminal,
    clock: new VirtualClock(Date.UTC(2026, 10, 24, 9)),
    keychain: untouchedKeychain,
    passwords: { read: touched, write: touched },
    variables: {},
    openClipboard: touched,
    home,
    version: '1.2.3',
    pages: '/nowhere/pages',
  });
  expect(existsSync(home)).toBe(false);
  return { exitCode, printed: terminal.printed, told: terminal.told };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const policyFile = (values: object): string => file('policy.json', JSON.stringify(values));

describe('issue 5: choosing', () => {
  test('nothing chosen is wrong usage, and lists what there is', async () => {
    const { exitCode, printed, told } = await run();
    expect([exitCode, printed]).toEqual([exitCodes.wrongUsage, '']);
    expect(told).toContain(`${NAME}  `);
    expect(told).not.toContain('free-play');
  });

  test('--list names all but free play, for people and machines', async () => {
    const stories = scenarios.filter(({ name }) => name !== 'free-play');
    const { exitCode, printed } = await run('--list');
    expect(exitCode).toBe(exitCodes.done);
    expect(printed.trimEnd().split('\n')).toHaveLength(stories.length);
    expect(printed).toMatch(/^trusted-browser-at-hand +Lost device, trusted browser at hand +G9, G7$/mu);
    const listed = ScenarioList.parse(JSON.parse((await run('--list', '--json')).printed));
    expect(listed.scenarios.map(({ name }) => name)).toEqual(stories.map(({ name }) => name));
  });

  test.each([
    [['--list', '--all'], /--list plays nothing/],
    [['--list', NAME], /--list plays nothing/],
    [['no-such-story'], /no scenario “no-such-story”.*--list/],
    [['free-play'], /no scenario “free-play”/],
    [['--policy'], /policy/],
    [['--all', '--report', ''], /where the report/],
    [['--all', '--junit', ''], /where the report/],
    [['--everything'], /Unknown option '--everything'/],
  ])('%j is wrong usage', async (args, sentence) => {
    const { exitCode, printed, told } = await run(...args);
    expect([exitCode, printed]).toEqual([exitCodes.wrongUsage, '']);
    expect(told).toMatch(sentence);
  });

  test('names and files, each once', async () => {
    const path = file('own.json', writeScenario({ ...rightStory, name: 'own', title: 'My own' }));
    const { exitCode, printed } = await run(NAME, path, NAME, path);
    expect(exitCode).toBe(exitCodes.done);
    expect(printed).toMatch(
      /^as expected {2}trusted-browser-at-hand {2}8 steps .*\nas expected {2}own {20} {2}8 steps .*\n2 scenarios: 2 as expected\.\n$/u,
    );
  });
});

describe('issue 5: outcome', () => {
  test('all scenarios that come with Twofold go as expected: 0', async () => {
    const { exitCode, printed } = await run('--all', '--json');
    const output = RehearseOutput.parse(JSON.parse(printed));
    expect(output.scenarios.filter(({ isAsExpected }) => !isAsExpected)).toEqual([]);
    expect(output.scenarios.map(({ name }) => name)).toEqual(
      scenarios.map(({ name }) => name).filter((name) => name !== 'free-play'),
    );
    expect([exitCode, output.differing, output.version]).toEqual([exitCodes.done, 0, '1.2.3']);
    expect(output.policy).toEqual(defaultPolicy);
  });

  test('an expectation that is not met: 1, with the step, what was expected and what was seen', async () => {
    const path = file('hostile.json', writeScenario(hostileStory));
    const { exitCode, printed } = await run(path, NAME);
    expect(exitCode).toBe(exitCodes.failed);
    expect(printed).toContain(
      '  step 1: Maria Keller von Hohenstein Altenburg signs in at A computer whose name is very very long\n    expected: A computer whose name is very very long asks for a code\n    seen:     A computer whose name is very very long asks to set up two-factor authentication\n',
    );
    expect(printed).toContain('  and 1 more\n');
    expect(printed).toContain('2 scenarios: 1 as expected, 1 differs.\n');
    // Nothing of a file reaches the terminal as a control.
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    const machine = RehearseOutput.parse(JSON.parse((await run(path, '--json')).printed));
    expect([machine.asExpected, machine.differing]).toEqual([0, 1]);
    expect(machine.scenarios[0]?.differences.map(({ step }) => step)).toEqual([1, 1, 1, 11]);
  });

  test('a policy of one’s own counts, before the defaults and a scenario’s own', async () => {
    const { exitCode, printed } = await run(NAME, '--policy', policyFile({ trustedBrowsersPerUser: 0 }));
    expect(exitCode).toBe(exitCodes.failed);
    expect(printed).toContain('expected: Office laptop offers to be trusted');
    const own = file(
      'own-policy.json',
      writeScenario({ ...rightStory, cast: { ...rightStory.cast, policy: { trustedBrowsersPerUser: 0 } } }),
    );
    expect((await run(own)).exitCode).toBe(exitCodes.failed);
    const stronger = await run(
      own,
      '--policy',
      policyFile({ trustedBrowsersPerUser: 5, digits: 8 }),
      '--json',
    );
    expect(stronger.exitCode).toBe(exitCodes.done);
    expect(RehearseOutput.parse(JSON.parse(stronger.printed)).policy).toEqual({
      ...defaultPolicy,
      trustedBrowsersPerUser: 5,
      digits: 8,
    });
  });
});

describe('issue 5: bad input', () => {
  const good = rightStory;
  const steps = Array.from({ length: 600 }, () => ({ do: 'wait-for-next-code' }));

  test.each([
    ['no JSON', 'free play', /it is not JSON/],
    [
      'a million steps',
      JSON.stringify({ ...good, steps: Array(1_000_000).fill(1) }),
      /at most 1000000 characters/,
    ],
    ['more steps than may be', JSON.stringify({ ...good, steps }), /steps/],
    ['an unknown field', JSON.stringify({ ...good, onlyMine: 1 }), /onlyMine/],
    ['markup in the title', JSON.stringify({ ...good, title: '<b>x</b>' }), /title.*without < and >/],
    ['a control in a field', JSON.stringify({ ...good, 'a\u001b[31m': 1 }), /cannot be used/],
    ['endless nesting', '['.repeat(500_000), /it is not JSON/],
    ['another format', '{}', /format must be “twofold-scenario-1”/],
    ['no steps', JSON.stringify({ ...good, steps: [] }), /no steps/],
    [
      'a zone that there is not',
      writeScenario({ ...rightStory, cast: { ...rightStory.cast, zone: 'Mars' } }),
      /Mars/,
    ],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), /is a text/],
    ['more bytes than any file', Buffer.alloc(3_000_001, 0x20), /is a text of at most/],
  ])('a scenario file with %s: 8, and why', async (_what, content, sentence) => {
    const path = file('bad.json', content);
    const { exitCode, printed, told } = await run(NAME, path);
    // Before anything is played.
    expect([exitCode, printed]).toEqual([exitCodes.refused, '']);
    expect(told).toContain(`“${path}”`);
    expect(told).toMatch(sentence);
    expect(told).not.toMatch(/[\u0000-\u001f]/u);
  });

  test('a file that is not there: 3', async () => {
    expect((await run('missing.json')).exitCode).toBe(exitCodes.notFound);
    expect((await run(NAME, '--policy', join(folder, 'missing.json'))).exitCode).toBe(exitCodes.notFound);
    expect((await run(`${folder}/`)).exitCode).toBe(exitCodes.notFound);
  });

  test.each([
    ['{"digits": 9}', /digits must be a whole number from 6 to 8\./],
    ['{"lockMs": "5"}', /lockMs must be a whole number from 60000 to 86400000 \(1 minute to 1 day\)/],
    ['{"algorithm": "MD5"}', /algorithm must be one of SHA-1, SHA-256, SHA-512/],
    ['{"recoveryCodes": 1}', /recoveryCodes must be true or false/],
    ['{"lockMS": 300000}', /no value “lockMS”; there are digits, /],
    ['{"__proto__": 1}', /no value “__proto__”/],
    ['{"\\u001b[31m": 1}', /no value “\[31m”/],
    ['{"sessionIdleMs": 86400000}', /cannot end unused later than it ends in any case/],
    ['{"challengeMs": 60000, "periodS": 60}', /must wait for at least two codes/],
    ['[1]', /must be a JSON object/],
    ['null', /must be a JSON object/],
    ['{', /must be a JSON object/],
    [' '.repeat(100_001), /text of at most/],
  ])('a policy file with %s: 8, and why', async (content, sentence) => {
    const path = file('policy.json', content);
    const { exitCode, printed, told } = await run(NAME, '--policy', path);
    expect([exitCode, printed]).toEqual([exitCodes.refused, '']);
    expect(told).toContain(`“${path}” cannot be used as a policy.`);
    expect(told).toMatch(sentence);
  });

  test('a policy that does not go with a scenario’s own: 8', async () => {
    const cast = { ...rightStory.cast, policy: { sessionAbsoluteMs: 600_000, sessionIdleMs: 300_000 } };
    const path = file('short.json', writeScenario({ ...rightStory, cast }));
    const { exitCode, told } = await run(path, '--policy', policyFile({ sessionIdleMs: 1_800_000 }));
    expect(exitCode).toBe(exitCodes.refused);
    expect(told).toMatch(/cannot be played\. A session cannot end unused later/);
  });
});

describe('issue 5: reports', () => {
  test('go where they were told to, and replace what is there', async () => {
    const reports = join(folder, 'deep', 'reports');
    const junit = join(folder, 'ci', 'rehearsal.xml');
    mkdirSync(reports, { recursive: true });
    writeFileSync(join(reports, 'report.md'), 'old');
    const { exitCode, printed } = await run(NAME, '--report', reports, '--junit', junit);
    expect(exitCode).toBe(exitCodes.done);
    expect(printed.trimEnd().split('\n').slice(1)).toEqual([
      '1 scenario: 1 as expected.',
      join(reports, 'report.md'),
      join(reports, 'report.html'),
      junit,
    ]);
    expect(readdirSync(reports).toSorted()).toEqual(['report.html', 'report.md']);
    expect(readFileSync(join(reports, 'report.md'), 'utf8')).toContain(
      'Twofold 1.2.3, played on Tue 24 Nov 2026',
    );
    expect(readFileSync(join(reports, 'report.html'), 'utf8')).toContain('<!doctype html>');
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="trusted-browser-at-hand"');
  });

  test('are written when something differs, too', async () => {
    const junit = join(folder, 'differs.xml');
    expect((await run(file('hostile.json', writeScenario(hostileStory)), '--junit', junit)).exitCode).toBe(1);
    expect(readFileSync(junit, 'utf8')).toContain('<failure ');
  });

  test('cannot be written: told before anything is played', async () => {
    const taken = file('taken', '');
    const asFolder = await run(NAME, '--report', taken);
    expect([asFolder.exitCode, asFolder.printed]).toEqual([exitCodes.refused, '']);
    expect(asFolder.told).toContain('is a file, and a folder is needed');
    const asFile = await run(NAME, '--junit', folder);
    expect([asFile.exitCode, asFile.printed]).toEqual([exitCodes.refused, '']);
    expect(asFile.told).toContain('is a folder, and a file is needed');
    const below = await run(NAME, '--report', join(taken, 'below'));
    expect([below.exitCode, below.printed]).toEqual([exitCodes.failed, '']);
    expect(below.told).toContain('was not saved');
  });
});
