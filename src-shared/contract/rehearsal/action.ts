// Contract: everything that can happen in a rehearsal. A step of a scenario is one of these with what must be seen then,
// and so is, without that, a press of a button.
import { z } from 'zod';
import { UserName } from '../console.ts';
import { Expectation } from './expectation.ts';
import { PlainName } from './names.ts';

const browser = { browser: PlainName };
const device = { device: PlainName };
const sheet = { sheet: PlainName };
const user = { user: UserName };
/** The browser is trusted from then on. */
const trust = { trust: z.boolean().optional() };
/** Whose code confirms what an administrator does; absent: the administrator has no factor. */
const own = { device: PlainName.optional() };

/** The longest time that passes at once: 400 days. */
export const MAX_WAIT_S = 400 * 24 * 60 * 60;
/** Furthest that a clock can be set off: 400 days either way. */
export const MAX_AHEAD_S = MAX_WAIT_S;
export const MAX_WRONG_CODES = 200;

const part = (most: number) => z.number().int().min(0).max(most).optional();
const ahead = z.number().int().min(-MAX_AHEAD_S).max(MAX_AHEAD_S);

const act = <N extends string, S extends z.ZodRawShape>(name: N, shape: S) =>
  z.strictObject({ do: z.literal(name), ...shape, expect: Expectation.optional() });

const Wait = act('wait', {
  days: part(MAX_WAIT_S / 86_400),
  hours: part(MAX_WAIT_S / 3_600),
  minutes: part(MAX_WAIT_S / 60),
  seconds: part(MAX_WAIT_S),
});

/** Spans of the policy in force that can be waited out. `lock`: what is left of it; `first-lock`: without doubling. */
export const PolicySpan = z.enum([
  'lock',
  'first-lock',
  'trust',
  'idle',
  'session',
  'challenge',
  'set-up',
  'break-glass',
]);
export type PolicySpan = z.infer<typeof PolicySpan>;

export const ScenarioStep = z.discriminatedUnion('do', [
  // At a browser.
  act('sign-in', { ...user, ...browser, password: z.enum(['right', 'wrong']).optional() }),
  act('enter-code', { ...browser, ...device, ...trust }),
  /** The code that was noted last, whatever time it is now. */
  act('enter-noted-code', { ...browser, ...trust }),
  /**
   * Codes that are right at no time near now. `until-locked`: as many as the policy allows; `all-but-one`: one fewer;
   * `until-stopped`: each lock is waited out, until the factor takes no code any more. Where a sign-in dies of them
   * before, another one is begun with the password.
   */
  act('enter-wrong-codes', {
    ...browser,
    times: z.union([
      z.number().int().min(1).max(MAX_WRONG_CODES),
      z.enum(['all-but-one', 'until-locked', 'until-stopped']),
    ]),
  }),
  /** Two codes in a row of a device whose clock is off: time passes until the second one. */
  act('resynchronize', { ...browser, ...device, ...trust }),
  act('enter-recovery-code', { ...browser, ...sheet }),
  act('use-break-glass', { ...browser, ...sheet }),
  act('cancel-sign-in', browser),
  act('sign-out', browser),
  act('confirm-set-up', { ...browser, ...device }),
  act('finish-set-up', browser),
  /** Keeps the QR code and secret on screen, by hand perhaps with a mistake. */
  act('keep-sheet', { ...browser, ...sheet, mistyped: z.boolean().optional() }),
  act('start-reset', { ...browser, ...device }),
  act('confirm-reset', { ...browser, ...device }),
  act('cancel-reset', browser),
  act('end-my-trusted-browsers', { ...browser, ...device }),
  /** The restore drill: a code of a second device, set up from what was kept. */
  act('prove-backup', { ...browser, ...device }),
  act('make-recovery-codes', { ...browser, ...device, ...sheet }),
  act('cancel-break-glass', { ...browser, ...device }),
  // What an administrator does, signed in at that browser.
  act('turn-on', { ...browser, ...own }),
  act('turn-off', { ...browser, ...own }),
  act('reset-factor', { ...browser, ...user, ...own }),
  act('reset-trusted-browsers', { ...browser, ...user, ...own }),
  act('exempt', { ...browser, ...user, ...own }),
  act('take-exemption-back', { ...browser, ...user, ...own }),
  act('unlock', { ...browser, ...user, ...own }),
  act('deactivate', { ...browser, ...user, ...own }),
  act('activate', { ...browser, ...user, ...own }),
  act('make-break-glass', { ...browser, ...sheet, ...own }),
  // With browsers.
  act('open-browser', browser),
  /** Closed and opened again: sessions and sign-ins under way are gone, trust stays. */
  act('reopen-browser', browser),
  act('reload', browser),
  /** A thief copies everything that a browser holds. */
  act('copy-cookies', { from: PlainName, to: PlainName }),
  // With devices.
  act('get-device', device),
  act('lose-device', device),
  act('find-device', device),
  act('lock-device', device),
  act('unlock-device', device),
  act('scan', { ...device, ...browser }),
  act('type-secret', { ...device, ...sheet }),
  act('note-code', device),
  act('set-device-clock', { ...device, aheadSeconds: ahead }),
  // With time.
  Wait,
  act('wait-out', { what: PolicySpan }),
  act('wait-for-next-code', {}),
  /** Of the console: the verifier. Devices go on by the right time. */
  act('set-verifier-clock', { aheadSeconds: ahead }),
]);
export type ScenarioStep = z.infer<typeof ScenarioStep>;

/** A step that expects nothing: what is done by hand. */
export const Action = ScenarioStep.refine(({ expect }) => expect === undefined, 'must expect nothing');
export type Action = ScenarioStep;
export type ActionName = Action['do'];
/** The action of that name. */
export type ActionOf<N extends ActionName> = Extract<Action, { do: N }>;
