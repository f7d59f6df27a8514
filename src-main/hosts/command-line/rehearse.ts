// `twofold rehearse`: plays scenarios without a window, against a team's own policy, and says what differs. Reads and
// writes none of the user's data.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  MAX_SCENARIO_CHARACTERS,
  Policy,
  PolicyValues,
  type ReportFormat,
  type Scenario,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { defaultPolicy, requireSound } from '../../console/policy.ts';
import { Play } from '../../rehearsal/play.ts';
import { readScenario } from '../../rehearsal/read-scenario.ts';
import { boundsWords, isPolicyKey, policyKeys } from '../../rehearsal/report/policy-words.ts';
import {
  counted,
  differencesOf,
  headline,
  type PlayedScenario,
  playedScenario,
  type RehearsalRun,
  resultOf,
} from '../../rehearsal/report/rehearsal-run.ts';
import { writeReport } from '../../rehearsal/report/write-report.ts';
import { scenarios } from '../../rehearsal/scenarios.ts';
import {
  CommandFailed,
  type ExitCode,
  exitCodes,
  type Surroundings,
  type Terminal,
  WrongUsage,
} from './command.ts';
import { defineCommand, JSON_OPTION } from './define-command.ts';
import { readWholeFile } from './read-whole-file.ts';

const MAX_NAMES = 500;
const MAX_POLICY_BYTES = 100_000;
/** UTF-8 has at most four for a character. */
const MAX_SCENARIO_BYTES = 4 * MAX_SCENARIO_CHARACTERS;
const TOLD_DIFFERENCES = 5;

/** Those with a story: there is nothing to play in a world without steps. */
const stories: readonly Scenario[] = scenarios.filter(({ steps }) => steps.length > 0);

const refused = (message: string): CommandFailed => new CommandFailed(exitCodes.refused, message);

async function readText(path: string, maxBytes: number): Promise<string> {
  const bytes = await readWholeFile(path, maxBytes);
  if (bytes.length > maxBytes) throw refused(`“${path}” is too large: at most ${maxBytes} bytes are read.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused(`“${path}” is no text in UTF-8.`);
  }
}

/** A scenario by its name, or by the path of its file. Throws WrongUsage or CommandFailed. */
async function chosen(nameOrPath: string): Promise<Scenario> {
  const known = stories.find(({ name }) => name === nameOrPath);
  if (known !== undefined) return known;
  if (!nameOrPath.endsWith('.json')) {
    throw new WrongUsage(
      `There is no scenario “${nameOrPath}”. twofold rehearse --list names them; the file of an own one ends in .json.`,
    );
  }
  const content = await readText(nameOrPath, MAX_SCENARIO_BYTES);
  try {
    return readScenario(content);
  } catch (error) {
    throw error instanceof TwofoldError ? refused(`“${nameOrPath}”: ${error.message}`) : error;
  }
}

/** The values of a policy file. Throws CommandFailed, which says which value cannot be and what it may be. */
async function readPolicy(path: string): Promise<PolicyValues> {
  const content = await readText(path, MAX_POLICY_BYTES);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw refused(`“${path}” is no JSON.`);
  }
  const values = z.record(z.string(), z.unknown()).safeParse(value);
  if (!values.success) throw refused(`“${path}” is no policy: it must be a JSON object of values.`);
  for (const key of Object.keys(values.data)) {
    if (!isPolicyKey(key)) {
      throw refused(
        `“${path}”: the policy has no value “${key.slice(0, 60)}”. It has ${policyKeys.join(', ')}.`,
      );
    }
    if (!Policy.shape[key].safeParse(values.data[key]).success) {
      throw refused(`“${path}”: ${key} must be ${boundsWords(key)}.`);
    }
  }
  const policy = PolicyValues.parse(values.data);
  try {
    requireSound(Policy.parse({ ...defaultPolicy, ...policy }));
  } catch (error) {
    throw error instanceof TwofoldError ? refused(`“${path}”: ${error.message}`) : error;
  }
  return policy;
}

async function playOne(
  scenario: Scenario,
  policy: PolicyValues,
  { clock, version, terminal }: Surroundings,
): Promise<PlayedScenario> {
  const startedMs = clock.monotonicMs();
  let play: Play;
  try {
    play = await Play.begin({
      scenario,
      policy,
      realClock: clock,
      version,
      onEvent: () => undefined,
      onFault: (method) => terminal.tell(`Fault in ${method} while “${scenario.name}” was played.`),
    });
  } catch (error) {
    throw error instanceof TwofoldError ? refused(`“${scenario.name}”: ${error.message}`) : error;
  }
  try {
    await play.finish();
    return playedScenario(play, clock.monotonicMs() - startedMs);
  } finally {
    await play.dispose();
  }
}

/** One line, and for what differs the first expectations that were not met. */
function tellResult({ print }: Terminal, played: PlayedScenario): void {
  const { name, title } = played.scenario;
  print(`${resultOf(played) === 'as-expected' ? 'ok    ' : 'DIFFERS'} ${name}: ${title}\n`);
  for (const { step, sentence, expected, seen } of differencesOf(played).slice(0, TOLD_DIFFERENCES)) {
    print(
      `        step ${step + 1}, ${sentence}\n          expected: ${expected}\n          seen:     ${seen}\n`,
    );
  }
}

async function writeReports(
  run: RehearsalRun,
  folder: string | undefined,
  junit: string | undefined,
): Promise<void> {
  const write = async (path: string, format: ReportFormat): Promise<void> => {
    try {
      await writeFile(path, writeReport(format, run).content);
    } catch {
      throw new CommandFailed(
        exitCodes.failed,
        `“${path}” cannot be written. Check its folder, rights and the disk.`,
      );
    }
  };
  if (folder !== undefined) {
    try {
      await mkdir(folder, { recursive: true });
    } catch {
      throw new CommandFailed(
        exitCodes.failed,
        `The folder “${folder}” cannot be made. Check its name and rights.`,
      );
    }
    await write(join(folder, 'report.md'), 'markdown');
    await write(join(folder, 'report.html'), 'html');
  }
  if (junit !== undefined) await write(junit, 'junit');
}

/** For programs: each scenario with its result, and what differed. */
const jsonOf = ({ version, policy, scenarios: all }: RehearsalRun): string =>
  JSON.stringify(
    {
      version,
      policy,
      scenarios: all.map((played) => ({
        name: played.scenario.name,
        title: played.scenario.title,
        cases: played.scenario.cases,
        result: resultOf(played),
        steps: played.scenario.steps.length,
        differences: differencesOf(played).map(({ step, ...difference }) => ({
          step: step + 1,
          ...difference,
        })),
      })),
    },
    undefined,
    2,
  );

function listText(): string {
  const width = Math.max(...stories.map(({ name }) => name.length));
  return stories
    .map(
      ({ name, title, cases }) =>
        `${name.padEnd(width)}  ${title}${cases.length === 0 ? '' : ` (${cases.join(', ')})`}\n`,
    )
    .join('');
}

async function play(
  names: readonly string[],
  options: { readonly policy: PolicyValues; readonly isJson: boolean },
  surroundings: Surroundings,
): Promise<RehearsalRun> {
  const { terminal, clock, version } = surroundings;
  const wanted: Scenario[] = [];
  for (const name of names) wanted.push(await chosen(name));
  const run = {
    version,
    policy: Policy.parse({ ...defaultPolicy, ...options.policy }),
    ranAtMs: clock.nowMs(),
  };
  const played: PlayedScenario[] = [];
  for (const scenario of wanted) {
    const one = await playOne(scenario, options.policy, surroundings);
    played.push(one);
    if (!options.isJson) tellResult(terminal, one);
  }
  return { ...run, scenarios: played };
}

export const rehearse = defineCommand({
  usage: [
    'rehearse NAME|FILE... [--policy FILE]',
    'rehearse --all [--report DIR] [--junit FILE]',
    'rehearse --list',
  ],
  about: `Plays lost-device scenarios in a sealed world, each with a console, browsers, devices and a clock of its own, and compares every step with what is expected. Nothing of your data is read or written.

Ends with 1 when something differs from what was expected.`,
  options: {
    all: { type: 'boolean', explains: 'play every scenario that comes with Twofold' },
    list: { type: 'boolean', explains: 'list those scenarios and play none' },
    policy: {
      type: 'string',
      value: 'FILE',
      isPath: true,
      explains: 'play against the policy values of this JSON file',
    },
    report: {
      type: 'string',
      value: 'DIR',
      isPath: true,
      explains: 'write report.md and report.html, with pictures, into this folder',
    },
    junit: { type: 'string', value: 'FILE', isPath: true, explains: 'write the results as JUnit XML' },
    ...JSON_OPTION,
  },
  completes: stories.map(({ name }) => name),
  maxArguments: MAX_NAMES,
  async run({ values, positionals }, surroundings): Promise<ExitCode> {
    const { terminal } = surroundings;
    const isJson = values.json === true;
    if (values.list === true) {
      const listed = stories.map(({ name, title, cases, story }) => ({ name, title, cases, story }));
      terminal.print(isJson ? `${JSON.stringify(listed, undefined, 2)}\n` : listText());
      return exitCodes.done;
    }
    if (positionals.length === 0 && values.all !== true) {
      throw new WrongUsage('Name the scenarios to play, or give --all.');
    }
    const names = [...(values.all === true ? stories.map(({ name }) => name) : []), ...positionals];
    const policy = values.policy === undefined ? {} : await readPolicy(values.policy);
    const run = await play(names, { policy, isJson }, surroundings);
    await writeReports(run, values.report, values.junit);
    const isRight = run.scenarios.every((played) => resultOf(played) === 'as-expected');
    const end = `${headline(run)}, ${counted(run.scenarios.flatMap(({ played }) => played).length, 'step')} played.`;
    terminal.print(isJson ? `${jsonOf(run)}\n` : `${end.charAt(0).toUpperCase()}${end.slice(1)}\n`);
    return isRight ? exitCodes.done : exitCodes.failed;
  },
});
