// A run as one HTML file: no script, nothing loaded, every name as plain text; pictures of each step.
import { createHash } from 'node:crypto';
import type { ExpectationCheck, TranscriptLine } from '../../../src-shared/contract/index.ts';
import { defaultPolicy } from '../../console/policy.ts';
import type { Played } from '../play.ts';
import { HTML_STYLE } from './html-style.ts';
import { Markup, markup, nothing } from './markup.ts';
import { drawWorld, type PictureOptions } from './picture.ts';
import { policyDifferences, policyRows, policySentence } from './policy-words.ts';
import {
  type Chapter,
  chaptersOf,
  counted,
  differencesOf,
  differs,
  headline,
  type PlayedScenario,
  type RehearsalRun,
  type Result,
  resultOf,
  resultWords,
  zoneOf,
} from './rehearsal-run.ts';
import { zoneClock, type ZoneClock } from './zone-clock.ts';

const STYLE_HASH = createHash('sha256').update(HTML_STYLE).digest('base64');
const CONTENT_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/** Drawn once, used wherever it is needed. */
const symbols = markup`<svg class="symbols" aria-hidden="true"><symbol id="check" viewBox="0 0 16 16"><path d="M3 8.5l3.5 3.5L13 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></symbol><symbol id="cross" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></symbol><symbol id="lock" viewBox="0 0 24 24"><path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/></symbol><symbol id="gone" viewBox="0 0 24 24"><path d="M8 3h8a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM3 3l18 18" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></symbol><symbol id="delay" viewBox="0 0 24 24"><path d="M12 3a9 9 0 1 0 9 9M12 7v5l3.5 2" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></symbol><symbol id="qr" viewBox="0 0 21 21"><path fill="currentColor" d="M0 0h7v7H0zM1 1v5h5V1zM2 2h3v3H2zM14 0h7v7h-7zM15 1v5h5V1zM16 2h3v3h-3zM0 14h7v7H0zM1 15v5h5v-5zM2 16h3v3H2zM9 0h2v2H9zM12 2h1v3h-1zM9 4h2v1H9zM8 8h3v1H8zM12 7h1v3h-1zM0 9h2v2H0zM4 9h3v1H4zM3 11h2v2H3zM9 11h2v2H9zM14 9h2v2h-2zM18 8h3v2h-3zM13 12h3v1h-3zM19 12h2v3h-2zM9 14h1v4H9zM11 15h2v2h-2zM14 15h3v2h-3zM17 18h4v1h-4zM11 19h3v2h-3zM15 19h1v2h-1zM18 20h2v1h-2z" fill-rule="evenodd"/></symbol></svg>`;

const tones: Readonly<Record<Result, string>> = {
  'as-expected': 'right',
  differs: 'wrong',
  'not-finished': 'attention',
  'by-hand': '',
};

const mark = (isRight: boolean): Markup =>
  markup`<svg aria-hidden="true"><use href="#${isRight ? 'check' : 'cross'}"/></svg>`;

function pill(result: Result): Markup {
  const symbol = result === 'as-expected' || result === 'differs' ? mark(result === 'as-expected') : nothing;
  return markup`<span class="pill ${tones[result]}">${symbol}${resultWords[result]}</span>`;
}

const time = (atMs: number, shown: string): Markup =>
  markup`<time datetime="${new Date(atMs).toISOString()}">${shown}</time>`;

function indexRow(played: PlayedScenario, position: number): Markup {
  const { scenario } = played;
  const [first] = differencesOf(played);
  const id = `scenario-${position + 1}`;
  const where =
    first === undefined
      ? nothing
      : markup` <a href="#${id}-step-${first.step + 1}">step ${first.step + 1}</a>`;
  return markup`<tr><td class="number roomy">${position + 1}</td><th scope="row"><a href="#${id}">${scenario.title}</a></th><td>${scenario.cases.join(', ')}</td><td class="number roomy">${scenario.steps.length}</td><td>${pill(resultOf(played))}${where}</td></tr>
`;
}

const index = ({
  scenarios,
}: RehearsalRun): Markup => markup`<section class="card scroll" aria-labelledby="index-title" tabindex="0">
<table><caption class="step"><h2 id="index-title">Scenarios</h2></caption><thead><tr><th scope="col" class="number roomy">№</th><th scope="col">Scenario</th><th scope="col">Cases</th><th scope="col" class="number roomy">Steps</th><th scope="col">Result</th></tr></thead>
<tbody>${scenarios.map(indexRow)}</tbody></table>
</section>`;

function policyTable({ policy }: RehearsalRun): Markup {
  const rows = policyRows(policy);
  return markup`<section class="card scroll policy" id="policy" aria-labelledby="policy-title" tabindex="0">
<div class="step"><h2 id="policy-title">Policy</h2></div>
<table><thead><tr><th scope="col">Value</th><th scope="col">In force</th><th scope="col">Default</th></tr></thead>
<tbody>${rows.map(
    ({ key, name, value, byDefault, isDefault }) =>
      markup`<tr${isDefault ? nothing : markup` class="changed"`}><th scope="row">${name} <code>${key}</code></th><td class="value">${value}${isDefault ? nothing : markup` <span class="pill attention">differs</span>`}</td><td>${byDefault}</td></tr>
`,
  )}</tbody></table>
</section>`;
}

function checkItem({ isMet, expected, seen }: ExpectationCheck): Markup {
  const facts =
    isMet && seen === expected
      ? markup`<dt>seen</dt><dd>${seen}</dd>`
      : markup`<dt>expected</dt><dd>${expected}</dd><dt>seen</dt><dd>${seen}</dd>`;
  return markup`<li class="check${isMet ? '' : ' differs'}"><span class="pill ${isMet ? 'right' : 'wrong'}">${mark(isMet)}${isMet ? 'as expected' : 'differs'}</span><dl>${facts}</dl></li>
`;
}

const checkList = (checks: readonly ExpectationCheck[]): Markup =>
  checks.length === 0
    ? nothing
    : markup`<div><h4>Expected and seen</h4><ul>${checks.map(checkItem)}</ul></div>`;

const transcript = (lines: readonly TranscriptLine[], besideMs: number, clock: ZoneClock): Markup =>
  lines.length === 0
    ? nothing
    : markup`<div><h4>Transcript</h4><ol class="told">${lines.map(
        ({ atMs, actor, text }) =>
          markup`<li>${time(atMs, clock.near(atMs, besideMs))}<span>${actor === null ? nothing : markup`<b>${actor}</b> `}${text}</span></li>
`,
      )}</ol></div>`;

/** Whom an action names as acting. */
const actorsOf = (played: readonly Played[]): Set<string> =>
  new Set(
    played.flatMap(({ action }) => [
      ...('browser' in action ? [action.browser] : []),
      ...('device' in action && action.device !== undefined ? [action.device] : []),
      ...('to' in action ? [action.to] : []),
    ]),
  );

const world = ({ view }: Played, options: PictureOptions): Markup =>
  markup`<div class="world" role="group" aria-label="The world afterwards">${drawWorld(view, options)}</div>`;

interface ChapterOptions extends Omit<PictureOptions, 'acting'> {
  /** Of the scenario; the ids of its steps begin with it. */
  readonly id: string;
}

function chapter(one: Chapter, options: ChapterOptions): Markup {
  const { id, clock } = options;
  if (one.kind === 'to-come') {
    return markup`<article class="card step" id="${id}-step-${one.step + 1}"><div class="head"><h3>${one.step + 1}. ${one.sentence}</h3><span class="pill">not played</span></div><ul class="story">${one.expected.map((phrase) => markup`<li class="muted">Expected: ${phrase}</li>`)}</ul></article>
`;
  }
  if (one.kind === 'by-hand') {
    const last = one.played.at(-1);
    const atMs = last?.atMs ?? one.lines[0]?.atMs ?? 0;
    const pictures = last === undefined ? nothing : world(last, { ...options, acting: actorsOf(one.played) });
    return markup`<article class="card step"><div class="head"><h3>By hand</h3>${time(atMs, clock.full(atMs))}</div><ul class="story">${one.played.map(({ sentence }) => markup`<li>${sentence}</li>`)}</ul>${pictures}<div class="facts">${transcript(one.lines, atMs, clock)}</div></article>
`;
  }
  const { played, lines, step } = one;
  const pictures = world(played, { ...options, acting: actorsOf([played]) });
  return markup`<article class="card step" id="${id}-step-${step + 1}"><div class="head"><h3>${step + 1}. ${played.sentence}</h3>${pill(differs(played) ? 'differs' : 'as-expected')}${time(played.atMs, clock.full(played.atMs))}</div>${pictures}<div class="facts">${checkList(played.checks)}${transcript(lines, played.atMs, clock)}</div></article>
`;
}

function scenarioSection(played: PlayedScenario, position: number, run: RehearsalRun): Markup {
  const { scenario, policy } = played;
  const id = `scenario-${position + 1}`;
  const clock = zoneClock(zoneOf(played));
  const own = policyDifferences(policy, run.policy);
  const cases = scenario.cases.length === 0 ? '' : ` · cases ${scenario.cases.join(', ')}`;
  const story = scenario.story.split('\n').filter((text) => text.trim() !== '');
  const options = { id, clock, organization: scenario.cast.organization, digits: policy.digits };
  return markup`<section class="scenario" id="${id}" aria-labelledby="${id}-title">
<div class="head"><h2 id="${id}-title">${position + 1}. ${scenario.title}</h2>${pill(resultOf(played))}</div>
<p class="muted"><code>${scenario.name}</code> · ${counted(scenario.steps.length, 'step')}${cases} · times of ${zoneOf(played)}</p>
${story.map((text) => markup`<p class="story">${text}</p>`)}
<p class="story muted">Policy: ${policySentence(own, 'that of the run')}</p>
${chaptersOf(played).map((one) => chapter(one, options))}</section>
`;
}

/** The text of the file. */
export function writeHtml(run: RehearsalRun): string {
  const { version, ranAtMs, scenarios } = run;
  const title = `Rehearsal: ${headline(run)}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(CONTENT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(HTML_STYLE)}</style>
</head>
<body>
${symbols}
<main>
<h1>${title}</h1>
<p class="muted">Twofold ${version} · played on ${zoneClock('UTC').full(ranAtMs)} UTC</p>
<p class="muted">Policy: ${policySentence(policyDifferences(run.policy, defaultPolicy), 'the defaults')} <a href="#policy">All its values</a></p>
${index(run)}
${scenarios.map((played, position) => scenarioSection(played, position, run))}${policyTable(run)}
</main>
</body>
</html>
`.text;
}
