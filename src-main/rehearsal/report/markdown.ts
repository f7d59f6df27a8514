// A run as Markdown: readable as it is, in a terminal, and rendered.
import type { ExpectationCheck, TranscriptLine } from '../../../src-shared/contract/index.ts';
import { cleanLabel } from '../../otp/label.ts';
import { defaultPolicy } from '../../console/policy.ts';
import type { Played } from '../play.ts';
import { policyDifferences, policyRows, policySentence } from './policy-words.ts';
import {
  type Chapter,
  chaptersOf,
  counted,
  differs,
  headline,
  type PlayedScenario,
  type RehearsalRun,
  resultOf,
  resultWords,
  zoneOf,
} from './rehearsal-run.ts';
import { viewWords } from './view-words.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';

/** One line of plain text wherever it stands in a line: nothing of it is read as Markdown or HTML. */
const plain = (text: string): string => cleanLabel(text).replaceAll(/[\\`*_{}[\]<>|#&~$]/gu, '\\$&');

/** The same at the beginning of a paragraph, where a dash or a number would begin a list. */
const paragraph = (text: string): string =>
  plain(text)
    .replace(/^[-+=]/u, '\\$&')
    .replace(/^(\d{1,9})([.)])/u, '$1\\$2');

/** Aligned, so that it can be read as it is. The cells are Markdown already. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const mark = (isRight: boolean): string => (isRight ? '✓' : '✗');

const resultCell = (played: PlayedScenario): string => {
  const result = resultOf(played);
  if (result === 'differs') return `✗ **${resultWords[result]}**`;
  return `${result === 'as-expected' ? '✓ ' : ''}${resultWords[result]}`;
};

function checkLine({ isMet, expected, seen }: ExpectationCheck): string {
  if (!isMet) return `- ${mark(false)} **differs**: expected “${plain(expected)}”, seen “${plain(seen)}”`;
  if (seen === expected) return `- ${mark(true)} seen as expected: ${plain(seen)}`;
  return `- ${mark(true)} as expected: ${plain(expected)}; seen: ${plain(seen)}`;
}

const transcript = (lines: readonly TranscriptLine[], besideMs: number, clock: ZoneClock): string[] =>
  lines.map(
    ({ atMs, actor, text }) =>
      `- ${clock.near(atMs, besideMs)} ${actor === null ? '' : `${plain(actor)}: `}${plain(text)}`,
  );

/** Parts of a chapter that say something, each under its word. */
const parts = (entries: readonly (readonly [string, readonly string[]])[]): string[] =>
  entries.flatMap(([word, lines]) => (lines.length === 0 ? [] : [`${word}:\n\n${lines.join('\n')}`]));

function stateLines(played: Played | undefined, clock: ZoneClock): string[] {
  return played === undefined ? [] : viewWords(played.view, clock).map((line) => `- ${plain(line)}`);
}

function chapterText(chapter: Chapter, clock: ZoneClock): string {
  if (chapter.kind === 'to-come') {
    return [
      `### ${chapter.step + 1}. ${plain(chapter.sentence)}: not played`,
      ...parts([['Expected', chapter.expected.map((phrase) => `- ${plain(phrase)}`)]]),
    ].join('\n\n');
  }
  if (chapter.kind === 'by-hand') {
    const last = chapter.played.at(-1);
    const atMs = last?.atMs ?? chapter.lines[0]?.atMs ?? 0;
    return [
      `### By hand`,
      ...parts([
        ['Done', chapter.played.map(({ sentence }) => `- ${plain(sentence)}`)],
        ['Transcript', transcript(chapter.lines, atMs, clock)],
        ['State', stateLines(last, clock)],
      ]),
    ].join('\n\n');
  }
  const { played, lines, step } = chapter;
  return [
    `### ${step + 1}. ${plain(played.sentence)}`,
    `${mark(!differs(played))} ${clock.full(played.atMs)}`,
    ...parts([
      ['Expected and seen', played.checks.map(checkLine)],
      ['Transcript', transcript(lines, played.atMs, clock)],
      ['State', stateLines(played, clock)],
    ]),
  ].join('\n\n');
}

function scenarioText(played: PlayedScenario, number: number, run: RehearsalRun): string {
  const { scenario, policy } = played;
  const clock = zoneClock(zoneOf(played));
  const own = policyDifferences(policy, run.policy);
  const cases = scenario.cases.length === 0 ? '' : `, cases ${scenario.cases.join(', ')}`;
  return [
    `## ${number}. ${plain(scenario.title)}`,
    `${resultCell(played)}: \`${scenario.name}\`, ${counted(scenario.steps.length, 'step')}${cases}, times of ${plain(zoneOf(played))}`,
    ...scenario.story
      .split('\n')
      .map(paragraph)
      .filter((text) => text !== ''),
    plain(`Policy: ${policySentence(own, 'that of the run')}`),
    ...chaptersOf(played).map((chapter) => chapterText(chapter, clock)),
  ].join('\n\n');
}

/** The text of the file. */
export function writeMarkdown(run: RehearsalRun): string {
  const { scenarios, policy, version, ranAtMs } = run;
  const index = scenarios.map((played, position) => [
    String(position + 1),
    plain(played.scenario.title),
    `\`${played.scenario.name}\``,
    played.scenario.cases.join(', '),
    String(played.scenario.steps.length),
    resultCell(played),
  ]);
  const values = policyRows(policy).map(({ key, name, value, byDefault, isDefault }) => [
    `\`${key}\``,
    name,
    isDefault ? value : `**${value}**`,
    byDefault,
    isDefault ? '' : '≠ differs',
  ]);
  return `${[
    `# Rehearsal: ${headline(run)}`,
    `Twofold ${plain(version)}, played on ${zoneClock('UTC').full(ranAtMs)} UTC.`,
    plain(`Policy: ${policySentence(policyDifferences(policy, defaultPolicy), 'the defaults')}`),
    table(['№', 'Scenario', 'Name', 'Cases', 'Steps', 'Result'], index),
    ...scenarios.map((played, position) => scenarioText(played, position + 1, run)),
    '## Policy',
    table(['Value', 'Meaning', 'In force', 'Default', 'Differs'], values),
  ].join('\n\n')}\n`;
}
