// A run as JUnit XML, which continuous integration reads: a suite for each scenario, a case for each step.
import { policyKeys } from './policy-words.ts';
import { defaultPolicy } from '../../console/policy.ts';
import { type Markup, markup, nothing } from './markup.ts';
import {
  type Chapter,
  chaptersOf,
  counted,
  differs,
  type PlayedScenario,
  type RehearsalRun,
  zoneOf,
} from './rehearsal-run.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';

type StepChapter = Exclude<Chapter, { kind: 'by-hand' }>;

const property = (name: string, value: string): Markup => markup`
      <property name="${name}" value="${value}"/>`;

const seconds = (spentMs: number | null): string => ((spentMs ?? 0) / 1000).toFixed(3);

function propertiesOf({ scenario, policy }: PlayedScenario, version: string): Markup[] {
  const changed = policyKeys.filter((key) => policy[key] !== defaultPolicy[key]);
  return [
    property('twofold.version', version),
    property('scenario.title', scenario.title),
    property('scenario.cases', scenario.cases.join(' ')),
    ...policyKeys.map((key) => property(`policy.${key}`, String(policy[key]))),
    property('policy.differsFromDefaults', changed.join(' ')),
  ];
}

function outcomeOf(chapter: StepChapter): Markup {
  if (chapter.kind === 'to-come')
    return markup`
      <skipped message="not played"/>`;
  const { checks } = chapter.played;
  const wrong = checks.filter(({ isMet }) => !isMet);
  const [first] = wrong;
  if (first === undefined) return nothing;
  const message = `expected: ${first.expected}; seen: ${first.seen}`;
  const lines = wrong.map(
    ({ expected, seen }) => markup`expected: ${expected}
seen: ${seen}
`,
  );
  return markup`
      <failure type="expectation" message="${message}">${counted(wrong.length, 'expectation')} of ${checks.length} not met
${lines}</failure>`;
}

/** Every expectation with what was seen, then the transcript. */
function outputOf({ played, lines }: Extract<Chapter, { kind: 'step' }>, clock: ZoneClock): Markup {
  const checks = played.checks.map(
    ({ isMet, expected, seen }) => markup`
${isMet ? 'as expected' : 'differs'}: ${expected}; seen: ${seen}`,
  );
  const told = lines.map(
    ({ atMs, actor, text }) => markup`
${clock.full(atMs)}  ${actor === null ? text : `${actor}: ${text}`}`,
  );
  return markup`
      <system-out>${checks}${told}
</system-out>`;
}

function caseOf(chapter: StepChapter, name: string, clock: ZoneClock): Markup {
  const isPlayed = chapter.kind === 'step';
  const sentence = isPlayed ? chapter.played.sentence : chapter.sentence;
  return markup`
    <testcase classname="rehearsal.${name}" name="Step ${chapter.step + 1}: ${sentence}">${outcomeOf(chapter)}${isPlayed ? outputOf(chapter, clock) : nothing}
    </testcase>`;
}

function countsOf(chapters: readonly StepChapter[]): Markup {
  const failures = chapters.filter((one) => one.kind === 'step' && differs(one.played)).length;
  const skipped = chapters.filter(({ kind }) => kind === 'to-come').length;
  return markup`tests="${chapters.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

const stepsOf = (played: PlayedScenario): StepChapter[] =>
  chaptersOf(played).filter((chapter) => chapter.kind !== 'by-hand');

function suiteOf(played: PlayedScenario, { version, ranAtMs }: RehearsalRun): Markup {
  const { name } = played.scenario;
  const steps = stepsOf(played);
  const clock = zoneClock(zoneOf(played));
  const timestamp = new Date(ranAtMs).toISOString().slice(0, 19);
  return markup`
  <testsuite name="${name}" ${countsOf(steps)} time="${seconds(played.spentMs)}" timestamp="${timestamp}">
    <properties>${propertiesOf(played, version)}
    </properties>${steps.map((step) => caseOf(step, name, clock))}
  </testsuite>`;
}

/** The text of the file. */
export function writeJunit(run: RehearsalRun): string {
  const { scenarios } = run;
  const spentMs = scenarios.reduce((sum, one) => sum + (one.spentMs ?? 0), 0);
  const root = markup`<testsuites name="Twofold rehearsal" ${countsOf(scenarios.flatMap(stepsOf))} time="${seconds(spentMs)}">${scenarios.map((one) => suiteOf(one, run))}
</testsuites>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.text}`;
}
