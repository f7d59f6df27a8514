// Reading codes off a device, as its owner does, and making up wrong ones, as a guesser does.
import type { Account } from '../../../src-shared/contract/index.ts';
import { factorsOf, requireOrganization } from '../../console/directory.ts';
import { sheetOf } from '../../console/factors.ts';
import { decimalCode } from '../../otp/code-text.ts';
import { FastKey } from '../../otp/fast-engine.ts';
import { parseOtpauthUri } from '../../otp/otpauth-uri.ts';
import { stepAt } from '../../otp/schedule.ts';
import type { World } from '../world.ts';
import { NotPossible } from './not-possible.ts';

export interface ShownCodes {
  readonly code: string;
  readonly nextCode: string;
}

/** A code on a device's screen, with the account that it belongs to. */
export interface CodeOnScreen {
  readonly issuer: string;
  readonly name: string;
  readonly code: string;
}

/** As many as one call may ask for. */
const MOST_CODES = 500;

/** All that a device shows now: nothing while it is lost or locked. */
export async function codesOnScreen(world: World, name: string): Promise<CodeOnScreen[]> {
  const { lostAtMs, isLocked } = world.device(name);
  if (lostAtMs !== null || isLocked) return [];
  const { accounts } = await world.read(name, 'authenticator:list', {});
  const ids = accounts.slice(0, MOST_CODES).map(({ id }) => id);
  const { codes } = await world.read(name, 'authenticator:codes', { ids });
  return codes.flatMap(({ id, code }) => {
    const account = accounts.find((one) => one.id === id);
    return account === undefined ? [] : [{ issuer: account.issuer, name: account.name, code }];
  });
}

/** Throws NotPossible for a device that nobody can look at. */
export function requireAtHand(world: World, device: string): void {
  const { lostAtMs, isLocked } = world.device(device);
  if (lostAtMs !== null) throw new NotPossible(`${device} is lost, so there is no code to read.`);
  if (isLocked) throw new NotPossible(`${device} is locked, so there is no code to read.`);
}

/** The account that was added last, of that user where one is named. Throws NotPossible. */
async function accountOn(world: World, device: string, userName: string | null): Promise<Account> {
  requireAtHand(world, device);
  const { accounts } = await world.read(device, 'authenticator:list', {});
  const fitting = accounts.filter(({ name }) => userName === null || name === userName);
  const account = fitting.toSorted((a, b) => a.addedAtMs - b.addedAtMs).at(-1);
  if (account === undefined) {
    throw new NotPossible(
      userName === null ? `${device} holds no account.` : `${device} holds no account of ${userName}.`,
    );
  }
  return account;
}

/** What the device shows now for the user, or for the account that was added last. Throws NotPossible. */
export async function codesOn(world: World, device: string, userName: string | null): Promise<ShownCodes> {
  const { id } = await accountOn(world, device, userName);
  const { codes } = await world.read(device, 'authenticator:codes', { ids: [id] });
  const [shown] = codes;
  if (shown === undefined) throw new NotPossible(`${device} shows no code.`);
  return shown;
}

/** Who is signed in or signing in at a browser, by user name; null: nobody. */
export async function userAt(world: World, browser: string): Promise<string | null> {
  const step = await world.step(browser);
  return 'person' in step ? step.person.userName : null;
}

/** The device's code for whoever is at that browser. Throws NotPossible. */
export const codeFor = async (world: World, browser: string, device: string): Promise<string> =>
  (await codesOn(world, device, await userAt(world, browser))).code;

/** Steps around now within which a made-up code must not be right: more than the verifier looks at. */
const WRONG_WITHIN_STEPS = 100;

/** Digits that are right at no time near now for whoever signs in at that browser. Throws NotPossible. */
export async function wrongCode(world: World, browser: string): Promise<string> {
  const userName = await userAt(world, browser);
  if (userName === null) throw new NotPossible(`Nobody is signing in at ${browser}.`);
  const uri = await world.look(async (visit) => {
    const user = await world.user(visit, userName);
    const { active, pending } = await factorsOf(visit, user);
    const factor = active ?? pending;
    if (factor === null) throw new NotPossible(`${userName} has no factor whose code could be guessed.`);
    return (await sheetOf(visit, await requireOrganization(visit), user, factor)).uri;
  });
  const { secret, algorithm, digits, periodS } = parseOtpauthUri(uri);
  const key = new FastKey(secret, algorithm);
  const now = stepAt(world.verifier.nowMs(), periodS);
  const right = new Set<string>();
  for (let step = now - WRONG_WITHIN_STEPS; step <= now + WRONG_WITHIN_STEPS; step += 1) {
    if (step >= 0) right.add(decimalCode(key.valueAt(step), digits));
  }
  key.wipe();
  for (let candidate = 0; ; candidate += 1) {
    const code = String(candidate).padStart(digits, '0');
    if (!right.has(code)) return code;
  }
}
