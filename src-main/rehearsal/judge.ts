// What was expected after a step against what is seen, each as a phrase. Looks with the console's own eyes.
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import {
  type BrowserScreen,
  type Expectation,
  type ExpectationCheck,
  type FactorState,
  type StepRefusal,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { nameKey } from '../console/directory.ts';
import type { Visit } from '../console/visit.ts';
import { trustOfBrowser } from '../console/trusted-browsers.ts';
import { userRow } from '../console/user-row.ts';
import type { Refused } from './actions/perform.ts';
import type { NameOf } from './names-of.ts';
import type { World } from './world.ts';

/** What a step led to. */
export interface StepOutcome {
  readonly refused: Refused | null;
  /** Events that were added to the audit meanwhile. */
  readonly events: readonly string[];
}

export const screenOf = (step: ConsoleStep): BrowserScreen =>
  step.kind === 'signed-in' && step.pendingReset !== null ? 'reset' : step.kind;

/** What a browser does that shows it. */
const screenWords: Readonly<Record<BrowserScreen, string>> = {
  'no-organization': 'offers to create an organization',
  'signed-out': 'shows the sign-in',
  'change-password': 'asks for a new password',
  code: 'asks for a code',
  'break-glass': 'waits for the delay of the break-glass code',
  'set-up': 'asks to set up two-factor authentication',
  'keep-secret': 'asks for the secret to be kept',
  'signed-in': 'is signed in',
  reset: 'shows the change of device',
};

const factorNames: Readonly<Record<FactorState, string>> = {
  'not-set-up': 'has not set up 2FA',
  pending: 'has begun to set up 2FA',
  'set-up': 'has set up 2FA',
  'service-account': 'is a service account',
  blocked: 'has a factor that was stopped',
};

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nobody' : names.join(', '));

/** Why something was refused, by the reason in its details; a code of the closed list may stand for several. */
const reasonWords: Readonly<Record<string, string>> = {
  replayed: 'that code was used already',
  'device-clock': 'the device’s clock is off',
  wrong: 'that code is not right',
  'wrong-pair': 'these are not two codes in a row',
  'wrong-length': 'that code has not the right number of digits',
  'too-many-codes': 'codes are locked for a while',
  'factor-stopped': 'too many wrong codes have stopped the factor',
  'own-account': 'nobody does that to their own account',
  'last-administrator': 'there must be an administrator left',
};

const codeWords: Readonly<Partial<Record<StepRefusal, string>>> = {
  'code-refused': 'the code is not accepted',
  'code-required': 'a code of one’s own is needed',
  'locked-out': 'there were too many wrong codes',
  'sign-in-refused': 'user name or password is not right, or locked',
  'step-expired': 'that sign-in is over',
  'not-signed-in': 'nobody is signed in there',
  'not-permitted': 'only an administrator may do that',
  conflict: 'as things are it cannot be done',
};

function clockWords(clockAheadSeconds: number): string {
  if (clockAheadSeconds === 0) return 'the device’s clock is right again, after it was adjusted to';
  return `the device’s clock is ${Math.abs(clockAheadSeconds)} s ${clockAheadSeconds < 0 ? 'behind' : 'ahead'}`;
}

/** How an expected refusal reads. */
function refusalWords({ code, reason, clockAheadSeconds }: Omit<Refused, 'message'>): string {
  if (code === 'not-possible') return 'it is not possible';
  if (clockAheadSeconds !== null) return `it is refused: ${clockWords(clockAheadSeconds)}`;
  return `it is refused: ${reasonWords[reason ?? ''] ?? codeWords[code] ?? code}`;
}

/** The sentence that the person reads; where it is not the expected refusal, also what an expectation would call it. */
function seenRefusal({ code, reason, message }: Refused, isMet: boolean): string {
  const verdict = code === 'not-possible' ? 'it is not possible' : 'it is refused';
  const ids = isMet ? '' : ` (${reason === null ? code : `${code}, ${reason}`})`;
  return `${verdict}: ${message.replace(/\.$/u, '')}${ids}`;
}

/** 'trusted-browser-used' → 'trusted browser used', as the audit’s own page writes it. */
const kindWords = (kind: string): string => (/^[a-z-]+$/u.test(kind) ? kind.replaceAll('-', ' ') : kind);

const eventWords = (events: readonly string[]): string =>
  events.length === 0 ? 'the audit says nothing new' : `the audit says: ${events.map(kindWords).join(', ')}`;

/** One thing to be seen: the phrase of what is expected, and of what is there. */
interface Sight {
  readonly expected: string;
  readonly see: (world: World, outcome: StepOutcome) => Promise<{ isMet: boolean; seen: string }>;
}

/** By comparing a phrase that both sides have. */
const same = (expected: string, see: (world: World) => Promise<string>): Sight => ({
  expected,
  async see(world) {
    const seen = await see(world);
    return { isMet: seen === expected, seen };
  },
});

function outcomeSight({ refused, reason, clockAheadSeconds }: Expectation): Sight {
  const wanted =
    refused === undefined
      ? null
      : { code: refused, reason: reason ?? null, clockAheadSeconds: clockAheadSeconds ?? null };
  return {
    expected: wanted === null ? 'it is done' : refusalWords(wanted),
    see: (_world, outcome) => {
      const found = outcome.refused;
      if (found === null) return Promise.resolve({ isMet: wanted === null, seen: 'it is done' });
      const isMet =
        wanted?.code === found.code &&
        (wanted.reason === null || wanted.reason === found.reason) &&
        (wanted.clockAheadSeconds === null || wanted.clockAheadSeconds === found.clockAheadSeconds);
      return Promise.resolve({ isMet, seen: seenRefusal(found, isMet) });
    },
  };
}

const ofUser = <T>(
  world: World,
  userName: string,
  look: (visit: Visit, row: Awaited<ReturnType<typeof userRow>>) => T | Promise<T>,
): Promise<T> =>
  world.look(async (visit) => look(visit, await userRow(visit, await world.user(visit, userName))));

/** For whom a browser is trusted now, and until when, by user name. */
export async function trustsIn(
  world: World,
  browser: string,
): Promise<{ userName: string; untilMs: number }[]> {
  return world.look(async (visit) => {
    const trusts: { userName: string; untilMs: number }[] = [];
    for (const { userName } of world.people) {
      const user = await visit.tx.userByName(nameKey(userName));
      const trust = user === null ? null : await trustOfBrowser(visit, user);
      if (trust !== null) trusts.push({ userName, untilMs: trust.expiresAtMs });
    }
    return trusts;
  }, world.browser(browser));
}

const entries = <T>(record: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(record ?? {});

function sightsOf(expectation: Expectation, nameOf: NameOf): Sight[] {
  const { screens, offersTrust, trusted, factors, sessions, locked, notices, accounts, audit } = expectation;
  return [
    outcomeSight(expectation),
    ...entries(screens).map(([browser, screen]) =>
      same(`${browser} ${screenWords[screen]}`, async (world) => {
        const step = await world.step(browser);
        return `${browser} ${screenWords[screenOf(step)]}`;
      }),
    ),
    ...entries(offersTrust).map(([browser, offers]) => {
      const phrase = (isOffered: boolean): string =>
        `${browser} ${isOffered ? 'offers' : 'does not offer'} to be trusted`;
      return same(phrase(offers), async (world) => {
        const step = await world.step(browser);
        return phrase(step.kind === 'code' && step.trustDays > 0);
      });
    }),
    ...entries(trusted).map(([browser, people]) => {
      const phrase = (names: readonly string[]): string =>
        `${browser} is trusted for ${listed(names.map(nameOf).toSorted())}`;
      return same(phrase(people), async (world) =>
        phrase((await trustsIn(world, browser)).map(({ userName }) => userName)),
      );
    }),
    ...entries(factors).map(([user, state]) =>
      same(`${nameOf(user)} ${factorNames[state]}`, (world) =>
        ofUser(world, user, (_visit, { factor }) => `${nameOf(user)} ${factorNames[factor]}`),
      ),
    ),
    ...entries(sessions).map(([user, count]) => {
      const phrase = (live: number): string =>
        `${nameOf(user)} has ${live === 0 ? 'no' : live} live session${live === 1 ? '' : 's'}`;
      return same(phrase(count), (world) =>
        ofUser(world, user, (_visit, { liveSessions }) => phrase(liveSessions)),
      );
    }),
    ...entries(locked).map(([user, isLocked]) => {
      const phrase = (is: boolean): string =>
        `${nameOf(user)} ${is ? 'is locked for a while' : 'is not locked'}`;
      return same(phrase(isLocked), (world) =>
        ofUser(world, user, (_visit, { lockedUntilMs }) => phrase(lockedUntilMs !== null)),
      );
    }),
    ...entries(notices).map(([browser, kinds]): Sight => {
      const phrase = (told: readonly string[]): string =>
        told.length === 0
          ? `${browser} tells of nothing`
          : `${browser} tells of: ${told.map(kindWords).join(', ')}`;
      return {
        expected: phrase(kinds),
        async see(world) {
          const step = await world.step(browser);
          const told = step.kind === 'signed-in' ? step.notices.map(({ kind }) => kind) : [];
          return { isMet: kinds.every((kind) => told.includes(kind)), seen: phrase(told) };
        },
      };
    }),
    ...entries(accounts).map(([device, count]) => {
      const phrase = (held: number): string =>
        `${device} holds ${held === 0 ? 'no' : held} account${held === 1 ? '' : 's'}`;
      return same(phrase(count), async (world) => phrase(await world.device(device).countAccounts()));
    }),
    ...(audit === undefined
      ? []
      : [
          {
            expected: eventWords(audit),
            see: (_world: World, { events }: StepOutcome) =>
              Promise.resolve({
                isMet: standInOrder(audit, events),
                seen: eventWords(events),
              }),
          },
        ]),
  ];
}

/** Whether all of `wanted` stand in `events` in their order, whatever stands between them. */
function standInOrder(wanted: readonly string[], events: readonly string[]): boolean {
  let from = 0;
  return wanted.every((event) => {
    const found = events.indexOf(event, from);
    from = found + 1;
    return found !== -1;
  });
}

/** What is expected, as phrases. */
export const expectationWords = (expectation: Expectation, nameOf: NameOf): string[] =>
  sightsOf(expectation, nameOf).map(({ expected }) => expected);

/** As seen; somebody or something that is not there, or not any more, is not as expected whatever was expected of it. */
async function seenBy({ see }: Sight, world: World, outcome: StepOutcome): ReturnType<Sight['see']> {
  try {
    return await see(world, outcome);
  } catch (error) {
    if (!(error instanceof TwofoldError) || error.code !== 'not-found') throw error;
    return { isMet: false, seen: error.message.replace(/\.$/u, '') };
  }
}

/** Compares each thing that was expected with what is seen now. An unknown name counts as not seen. */
export async function judge(
  world: World,
  expectation: Expectation,
  outcome: StepOutcome,
  nameOf: NameOf,
): Promise<ExpectationCheck[]> {
  const checks: ExpectationCheck[] = [];
  for (const sight of sightsOf(expectation, nameOf))
    checks.push({ expected: sight.expected, ...(await seenBy(sight, world, outcome)) });
  return checks;
}
