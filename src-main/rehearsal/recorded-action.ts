// From what was done by hand on a page of the world to the action that does the same, so that an own scenario can hold it.
import { type Action, type Input, type MethodName, methods } from '../../src-shared/contract/index.ts';
import { codesOnScreen } from './actions/codes.ts';
import { EVERYBODYS_PASSWORD } from './stage.ts';
import type { Call, World } from './world.ts';

/** Answers null for what no action stands for. */
type Record = (world: World, actor: string, input: unknown) => Promise<Action | null>;

function record<M extends MethodName>(
  method: M,
  actionOf: (world: World, actor: string, input: Input<M>) => Action | null | Promise<Action | null>,
): readonly [M, Record] {
  const isInput = (value: unknown): value is Input<M> => methods[method].input.safeParse(value).success;
  return [method, async (world, actor, input) => (isInput(input) ? actionOf(world, actor, input) : null)];
}

/** The device at hand that shows this code now. */
async function deviceShowing(world: World, typed: string): Promise<string | null> {
  const code = typed.replaceAll(' ', '');
  for (const name of world.devices.keys()) {
    if ((await codesOnScreen(world, name)).some((shown) => shown.code === code)) return name;
  }
  return null;
}

/** With the device that shows the code; null where none does. */
const withDevice = async (
  world: World,
  code: string,
  actionOf: (device: string) => Action,
): Promise<Action | null> => {
  const device = await deviceShowing(world, code);
  return device === null ? null : actionOf(device);
};

/** What an administrator did to a user, confirmed by a code or not. */
async function onUser(
  world: World,
  { userId, code }: { readonly userId: string; readonly code: string | null },
): Promise<{ user: string; device?: string } | null> {
  const user = await world.look(async ({ tx }) => (await tx.user(userId))?.userName ?? null);
  if (user === null) return null;
  if (code === null) return { user };
  const device = await deviceShowing(world, code);
  return device === null ? null : { user, device };
}

const recordOnUser = <
  M extends Extract<MethodName, `administration:${'resetFactor' | 'resetTrustedBrowsers' | 'unlock'}`>,
>(
  method: M,
  name: 'reset-factor' | 'reset-trusted-browsers' | 'unlock',
) =>
  record(method, async (world, browser, input) => {
    const whom = await onUser(world, input);
    return whom === null ? null : { do: name, browser, ...whom };
  });

const records: ReadonlyMap<string, Record> = new Map<string, Record>([
  record('console:signIn', (world, browser, { userName, password }) => {
    const person = world.people.find((one) => one.userName.toLowerCase() === userName.toLowerCase());
    if (person === undefined) return null;
    const isRight = password === EVERYBODYS_PASSWORD;
    return { do: 'sign-in', user: person.userName, browser, ...(isRight ? {} : { password: 'wrong' }) };
  }),
  record('console:submitCode', async (world, browser, { code, trustBrowser }) => {
    const trust = trustBrowser ? { trust: true } : {};
    const shown = await withDevice(world, code, (device) => ({
      do: 'enter-code',
      browser,
      device,
      ...trust,
    }));
    if (shown !== null) return shown;
    return world.notedCode === code
      ? { do: 'enter-noted-code', browser, ...trust }
      : { do: 'enter-wrong-codes', browser, times: 1 };
  }),
  record('console:resynchronize', (world, browser, { first, trustBrowser }) =>
    withDevice(world, first, (device) => ({
      do: 'resynchronize',
      browser,
      device,
      ...(trustBrowser ? { trust: true } : {}),
    })),
  ),
  record('console:cancelSignIn', (_world, browser) => ({ do: 'cancel-sign-in', browser })),
  record('console:signOut', (_world, browser) => ({ do: 'sign-out', browser })),
  record('console:confirmSetUp', (world, browser, { code }) =>
    withDevice(world, code, (device) => ({ do: 'confirm-set-up', browser, device })),
  ),
  record('console:finishSetUp', (_world, browser) => ({ do: 'finish-set-up', browser })),
  record('console:startReset', (world, browser, { code }) =>
    withDevice(world, code, (device) => ({ do: 'start-reset', browser, device })),
  ),
  record('console:confirmReset', (world, browser, { code }) =>
    withDevice(world, code, (device) => ({ do: 'confirm-reset', browser, device })),
  ),
  record('console:cancelReset', (_world, browser) => ({ do: 'cancel-reset', browser })),
  record('console:revokeTrustedBrowsers', (world, browser, { id, code }) =>
    id === null
      ? withDevice(world, code, (device) => ({ do: 'end-my-trusted-browsers', browser, device }))
      : null,
  ),
  record('console:proveBackup', (world, browser, { code }) =>
    withDevice(world, code, (device) => ({ do: 'prove-backup', browser, device })),
  ),
  record('administration:setTwoFactor', async (world, browser, { turnOn, code }) => {
    const name = turnOn ? 'turn-on' : 'turn-off';
    if (code === null) return { do: name, browser };
    return withDevice(world, code, (device) => ({ do: name, browser, device }));
  }),
  recordOnUser('administration:resetFactor', 'reset-factor'),
  recordOnUser('administration:resetTrustedBrowsers', 'reset-trusted-browsers'),
  recordOnUser('administration:unlock', 'unlock'),
  record('administration:setServiceAccount', async (world, browser, input) => {
    const whom = await onUser(world, input);
    if (whom === null) return null;
    return { do: input.isServiceAccount ? 'exempt' : 'take-exemption-back', browser, ...whom };
  }),
  record('administration:setActive', async (world, browser, input) => {
    const whom = await onUser(world, input);
    return whom === null ? null : { do: input.active ? 'activate' : 'deactivate', browser, ...whom };
  }),
  record('app:lock', (_world, device) => ({ do: 'lock-device', device })),
  record('app:enterPassphrase', (_world, device) => ({ do: 'unlock-device', device })),
  record('authenticator:addManually', (world, device, { secret }) => {
    const typed = secret.replaceAll(/[\s-]/gu, '').toUpperCase();
    const sheet = [...world.sheets.values()].find((one) => one.secret?.text.replaceAll(' ', '') === typed);
    return sheet === undefined ? null : { do: 'type-secret', device, sheet: sheet.name };
  }),
]);

/**
 * The action that does what the call did; null where none does. Looks at once at what the devices show, since a code
 * says which device it was read from.
 */
export const recordedAction = async (world: World, { actor, method, input }: Call): Promise<Action | null> =>
  (await records.get(method)?.(world, actor, input)) ?? null;
