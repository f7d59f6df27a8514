// `twofold rehearse`: plays scenarios in a sealed world, without a window, and says whether all went as expected.
import { join } from 'node:path';
import { z } from 'zod';
import {
  MAX_SCENARIO_CHARACTERS,
  Policy,
  type PolicyValues,
  type Scenario,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { defaultPolicy } from '../../console/policy.ts';
import { cleanLabel } from '../../otp/label.ts';
import { Play } from '../../rehearsal/play.ts';
import { readScenario } from '../../rehearsal/read-scenario.ts';
import {
  counted,
  differencesOf,
  type PlayedScenario,
  playedScenario,
  resultOf,
  type RehearsalRun,
  resultWords,
} from '../../rehearsal/report/rehearsal-run.ts';
import { writeReport } from '../../rehearsal/report/write-report.ts';
import { scenarios } from '../../rehearsal/scenarios.ts';
import { CommandFailed, exitCodes, type Surroundings, type Terminal, WrongUsage } from './command.ts';
import { defineCommand, JSON_OPTION } from './define-command.ts';
import { readPolicyFile } from './policy-file.ts';
import { readText } from './read-text.ts';
import { textTable } from './text-table.ts';
import { makeFolderOf, makeReportFolder, writeReportFile } from './write-report-file.ts';

/** Differences of a scenario that are told while it runs; the reports have them all. */
const MOST_TOLD = 3;
const MAX_ARGUMENTS = 1_000;
/** UTF-8 needs at most three bytes for each UTF-16 unit. */
const MAX_SCENARIO_BYTES = 3 * MAX_SCENARIO_CHARACTERS;

/** What `--list --json` prints. */
export const ScenarioList = z.strictObject({
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      cases: z.array(z.string()),
      steps: z.number().int(),
    }),
  ),
});
export type ScenarioList = z.infer<typeof ScenarioList>;

/** What `--json` prints. */
export const RehearseOutput = z.strictObject({
  version: z.string(),
  /** In force, where a scenario does not bring values of its own. */
  policy: Policy,
  asExpected: z.number().int(),
  differing: z.number().int(),
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      cases: z.array(z.string()),
      steps: z.number().int(),
      isAsExpected: z.boolean(),
      spentMs: z.number().int(),
      differences: z.array(
        z.strictObject({
          /** From 1, as people count. */
          step: z.number().int(),
          sentence: z.string(),
          expected: z.string(),
          seen: z.string(),
        }),
      ),
    }),
  ),
  /** Files that were written. */
  reports: z.array(z.string()),
});
export type RehearseOutput = z.infer<typeof RehearseOutput>;

/** Those that come with Twofold and have a story to play. */
const stories: readonly Scenario[] = scenarios.filter(({ steps }) => steps.length > 0);

const listOutput = (): ScenarioList =>
  ScenarioList.parse({
    scenarios: stories.map(({ name, title, cases, steps }) => ({ name, title, cases, steps: steps.length })),
  });

const listText = (): string =>
  textTable(stories.map(({ name, title, cases }) => [name, title, cases.join(', ')]));

const isPath = (argument: string): boolean => /[\\/]|\.json$/iu.test(argument);

/** Throws CommandFailed for a file that is no scenario, TwofoldError `not-found` for none. */
async function scenarioOfFile(path: string): Promise<Scenario> {
  const refuse = (why: string): CommandFailed => new CommandFailed(exitCodes.refused, `“${path}”: ${why}`);
  const text = await readText(path, MAX_SCENARIO_BYTES);
  if (text === null) {
    throw refuse(
      `A scenario file is a text of at most ${MAX_SCENARIO_CHARACTERS} characters. Nothing was played.`,
    );
  }
  let scenario: Scenario;
  try {
    scenario = readScenario(text);
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    throw refuse(cleanLabel(error.message));
  }
  if (scenario.steps.length === 0)
    throw refuse('It has no steps, so nothing is expected. Nothing was played.');
  return scenario;
}

/** The scenarios that the arguments name, each once. Throws WrongUsage for a name that there is not. */
async function chosenScenarios(names: readonly string[], all: boolean): Promise<Scenario[]> {
  const chosen = new Set<Scenario>(all ? stories : []);
  for (const name of new Set(names)) {
    if (isPath(name)) {
      chosen.add(await scenarioOfFile(name));
      continue;
    }
    const found = stories.find((scenario) => scenario.name === name);
    if (found === undefined) {
      throw new WrongUsage(
        `There is no scenario “${name}”; twofold rehearse --list names those that there are.`,
      );
    }
    chosen.add(found);
  }
  return [...chosen];
}

/** Plays one from its first to its last step. Throws CommandFailed for a world that cannot be. */
async function playThrough(
  scenario: Scenario,
  policy: PolicyValues,
  { clock, version, terminal }: Surroundings,
): Promise<PlayedScenario> {
  const startMs = clock.monotonicMs();
  let play: Play;
  try {
    play = await Play.begin({
      scenario,
      policy,
      realClock: clock,
      version,
      onEvent: () => undefined,
      onFault: (method) => terminal.tell(`${scenario.name}: ${method} failed inside Twofold.`),
    });
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    throw new CommandFailed(
      exitCodes.refused,
      `${scenario.name} cannot be played. ${cleanLabel(error.message)}`,
    );
  }
  try {
    await play.finish();
    return playedScenario(play, clock.monotonicMs() - startMs);
  } finally {
    await play.dispose();
  }
}

/** One line, and what differs first. A file may name things as it likes: nothing of it reaches the terminal as it is. */
function outcomeText(played: PlayedScenario, nameWidth: number): string {
  const { scenario, spentMs } = played;
  const differences = differencesOf(played);
  const result = resultWords[resultOf(played)].padEnd(resultWords['as-expected'].length);
  const spent = `${((spentMs ?? 0) / 1000).toFixed(2)} s`;
  const told = differences
    .slice(0, MOST_TOLD)
    .flatMap(({ step, sentence, expected, seen }) => [
      `  step ${step + 1}: ${cleanLabel(sentence)}`,
      `    expected: ${cleanLabel(expected)}`,
      `    seen:     ${cleanLabel(seen)}`,
    ]);
  const left = differences.length - MOST_TOLD;
  return [
    `${result}  ${scenario.name.padEnd(nameWidth)}  ${counted(scenario.steps.length, 'step')}  ${spent}`,
    ...told,
    ...(left > 0 ? [`  and ${left} more`] : []),
  ].join('\n');
}

const isAsExpected = (played: PlayedScenario): boolean => resultOf(played) === 'as-expected';

function countText(all: readonly PlayedScenario[]): string {
  const wrong = all.filter((played) => !isAsExpected(played)).length;
  const differ = wrong === 0 ? '' : `, ${wrong} ${wrong === 1 ? 'differs' : 'differ'}`;
  return `${counted(all.length, 'scenario')}: ${all.length - wrong} as expected${differ}.`;
}

function outputOf(run: RehearsalRun, reports: readonly string[]): RehearseOutput {
  const right = run.scenarios.filter(isAsExpected).length;
  return RehearseOutput.parse({
    version: run.version,
    policy: run.policy,
    asExpected: right,
    differing: run.scenarios.length - right,
    scenarios: run.scenarios.map((played) => ({
      name: played.scenario.name,
      title: played.scenario.title,
      cases: played.scenario.cases,
      steps: played.scenario.steps.length,
      isAsExpected: isAsExpected(played),
      spentMs: Math.round(played.spentMs ?? 0),
      differences: differencesOf(played).map(({ step, ...difference }) => ({
        step: step + 1,
        ...difference,
      })),
    })),
    reports,
  });
}

interface ReportPaths {
  readonly folder: string | undefined;
  readonly junit: string | undefined;
}

/** Before anything is played: who waits for a report should not learn at the end that it cannot be written. */
async function prepareReports({ folder, junit }: ReportPaths): Promise<void> {
  if (folder === '' || junit === '') throw new WrongUsage('Say where the report is to be written.');
  if (folder !== undefined) await makeReportFolder(folder);
  if (junit !== undefined) await makeFolderOf(junit);
}

async function writeReports(run: RehearsalRun, { folder, junit }: ReportPaths): Promise<string[]> {
  const files = [
    ...(folder === undefined
      ? []
      : [[join(folder, 'report.md'), 'markdown'] as const, [join(folder, 'report.html'), 'html'] as const]),
    ...(junit === undefined ? [] : [[junit, 'junit'] as const]),
  ];
  for (const [path, format] of files) await writeReportFile(path, writeReport(format, run).content);
  return files.map(([path]) => path);
}

function printList(terminal: Terminal, asJson: boolean): void {
  terminal.print(`${asJson ? JSON.stringify(listOutput(), undefined, 2) : listText()}\n`);
}

export const rehearse = defineCommand({
  usage: ['rehearse NAME... [options]', 'rehearse --all [FILE...] [options]', 'rehearse --list [--json]'],
  about:
    'Plays scenarios, each in a sealed world of its own with simulated browsers, devices and clocks, and compares what is seen with what is expected. A NAME is a scenario that comes with Twofold, or the path of a scenario file (.json).\n\nYour own data is neither read nor changed. The exit code is 0 when all went as expected, 1 when something differs, 8 when a scenario or policy cannot be used.',
  options: {
    all: { type: 'boolean', explains: 'play all scenarios that come with Twofold' },
    list: { type: 'boolean', explains: 'name the scenarios that come with Twofold' },
    policy: {
      type: 'string',
      value: 'FILE',
      isPath: true,
      explains: 'play by the values of the policy that this JSON file holds, for instance {"digits": 8}',
    },
    report: {
      type: 'string',
      value: 'DIR',
      isPath: true,
      explains: 'write report.md and report.html into this folder',
    },
    junit: { type: 'string', value: 'FILE', isPath: true, explains: 'write a report as JUnit XML' },
    ...JSON_OPTION,
  },
  completes: { words: stories.map(({ name }) => name), orPaths: true },
  maxArguments: MAX_ARGUMENTS,
  async run({ values, positionals }, surroundings) {
    const { terminal, clock, version } = surroundings;
    const { all = false, list = false, json = false, policy: policyFile, report: folder, junit } = values;
    if (list) {
      if (all || positionals.length > 0) throw new WrongUsage('--list plays nothing: leave the names out.');
      printList(terminal, json);
      return exitCodes.done;
    }
    if (!all && positionals.length === 0) {
      throw new CommandFailed(
        exitCodes.wrongUsage,
        `Say which scenarios, or --all. See twofold rehearse --help.\n\n${listText()}`,
      );
    }
    const policy = policyFile === undefined ? {} : await readPolicyFile(policyFile);
    const chosen = await chosenScenarios(positionals, all);
    const paths = { folder, junit };
    await prepareReports(paths);
    const nameWidth = Math.max(...chosen.map(({ name }) => name.length));
    const ranAtMs = clock.nowMs();
    const played: PlayedScenario[] = [];
    for (const scenario of chosen) {
      const one = await playThrough(scenario, policy, surroundings);
      played.push(one);
      if (!json) terminal.print(`${outcomeText(one, nameWidth)}\n`);
    }
    const run = {
      version,
      policy: Policy.parse({ ...defaultPolicy, ...policy }),
      ranAtMs,
      scenarios: played,
    };
    const reports = await writeReports(run, paths);
    if (json) terminal.print(`${JSON.stringify(outputOf(run, reports), undefined, 2)}\n`);
    else terminal.print(`${[countText(played), ...reports].join('\n')}\n`);
    return played.every(isAsExpected) ? exitCodes.done : exitCodes.failed;
  },
});
