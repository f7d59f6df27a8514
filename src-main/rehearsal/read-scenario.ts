// Reads a scenario file: one of Twofold's own or anybody's. What is wrong with it is said by place and rule.
import {
  type ActionName,
  MAX_SCENARIO_CHARACTERS,
  Scenario,
  SCENARIO_FORMAT,
  type ScenarioStep,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { nameKey } from '../console/directory.ts';
import { faultWords } from './fault-words.ts';
import { requireSoundCast } from './sound-cast.ts';

const MAX_FAULTS = 3;

const refuse = (reason: string, message: string): TwofoldError =>
  new TwofoldError('invalid-input', `${message} Nothing was opened or saved.`, { reason });

/** Throws TwofoldError `invalid-input` (details.reason `too-large`, `no-json`, `format`, `scenario`, `names`, `time`, `policy`, `cast`). */
export function readScenario(content: string): Scenario {
  if (content.length > MAX_SCENARIO_CHARACTERS) {
    throw refuse('too-large', `A scenario file has at most ${MAX_SCENARIO_CHARACTERS} characters.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw refuse('no-json', 'This is no scenario file: it is not JSON.');
  }
  const isOfFormat =
    typeof value === 'object' && value !== null && 'format' in value && value.format === SCENARIO_FORMAT;
  if (!isOfFormat) {
    throw refuse('format', `This is no scenario file: its format must be “${SCENARIO_FORMAT}”.`);
  }
  const parsed = Scenario.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, MAX_FAULTS).map((fault) => faultWords(fault, value));
    throw refuse('scenario', `The scenario cannot be used. ${faults.join('. ')}.`);
  }
  requireKnownNames(parsed.data);
  requireSoundCast(parsed.data.cast);
  return parsed.data;
}

/** The file of a scenario, for people to read and change. */
export const writeScenario = (scenario: Scenario): string => `${JSON.stringify(scenario, undefined, 2)}\n`;

/** What a step may bring into the world, by the field that names it. */
const bringing: Partial<Record<ActionName, 'browser' | 'device' | 'sheet'>> = {
  'open-browser': 'browser',
  'get-device': 'device',
  'keep-sheet': 'sheet',
  'make-recovery-codes': 'sheet',
  'make-break-glass': 'sheet',
};

/**
 * Throws TwofoldError `invalid-input` where a step names somebody or something that is not there by then, or brings in
 * what is there already: a slip of the pen that would only be found in the middle of the story.
 */
export function requireKnownNames({ cast, steps }: Scenario): void {
  const people = new Set(cast.people.map(({ name }) => name));
  const known = {
    browser: new Set(cast.browsers),
    device: new Set(cast.devices.map(({ name }) => name)),
    sheet: new Set<string>(),
  };
  const unknown = (where: string, kind: string, name: string): TwofoldError =>
    refuse('names', `The scenario cannot be used. ${where}: there is no ${kind} “${name}” by then.`);

  const actors = [...cast.browsers, ...cast.devices.map(({ name }) => name)];
  const userNames = cast.people.map(({ name }) => nameKey(name));
  const twice =
    actors.find((name, index) => actors.indexOf(name) !== index) ??
    userNames.find((name, index) => userNames.indexOf(name) !== index);
  if (twice !== undefined) {
    throw refuse('names', `The scenario cannot be used. Its cast has two of the same name: “${twice}”.`);
  }
  for (const { name, device } of cast.people) {
    if (device !== undefined && !known.device.has(device)) throw unknown(`cast, ${name}`, 'device', device);
  }
  steps.forEach((step, index) => {
    const where = `Step ${index + 1}`;
    const brought = bringing[step.do];
    for (const [kind, name] of namesIn(step)) {
      if (kind === 'user') {
        if (!people.has(name)) throw unknown(where, 'person', name);
      } else if (kind !== brought) {
        if (!known[kind].has(name)) throw unknown(where, kind, name);
      } else {
        const isTaken = kind !== 'sheet' && (known.browser.has(name) || known.device.has(name));
        if (isTaken) {
          throw refuse('names', `The scenario cannot be used. ${where}: there is a “${name}” already.`);
        }
        known[kind].add(name);
      }
    }
    requireKnownExpectations(step, where, people, known, unknown);
  });
}

function* namesIn(step: ScenarioStep): Generator<['browser' | 'device' | 'sheet' | 'user', string]> {
  if ('user' in step) yield ['user', step.user];
  if ('browser' in step) yield ['browser', step.browser];
  if ('from' in step) yield ['browser', step.from];
  if ('to' in step) yield ['browser', step.to];
  if ('device' in step && step.device !== undefined) yield ['device', step.device];
  if ('sheet' in step) yield ['sheet', step.sheet];
}

function requireKnownExpectations(
  { expect }: ScenarioStep,
  where: string,
  people: ReadonlySet<string>,
  known: { readonly browser: ReadonlySet<string>; readonly device: ReadonlySet<string> },
  unknown: (where: string, kind: string, name: string) => TwofoldError,
): void {
  const { screens, offersTrust, trusted, notices, factors, sessions, locked, accounts } = expect ?? {};
  const check = (kind: string, set: ReadonlySet<string>, record: object | undefined): void => {
    for (const name of Object.keys(record ?? {}))
      if (!set.has(name)) throw unknown(`${where}, expect`, kind, name);
  };
  for (const record of [screens, offersTrust, trusted, notices]) check('browser', known.browser, record);
  for (const record of [factors, sessions, locked]) check('person', people, record);
  for (const names of Object.values(trusted ?? {})) {
    check('person', people, Object.fromEntries(names.map((name) => [name, true])));
  }
  check('device', known.device, accounts);
}
