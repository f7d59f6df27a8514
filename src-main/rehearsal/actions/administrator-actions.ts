// What an administrator does in the console, signed in at a browser.
import type { MethodName } from '../../../src-shared/contract/index.ts';
import type { World } from '../world.ts';
import type { ActionsOf } from './actions-of.ts';
import { codeFor } from './codes.ts';

/** The administrator's own code, from that device; null where none is named. Throws NotPossible. */
const ownCode = async (world: World, browser: string, device: string | undefined): Promise<string | null> =>
  device === undefined ? null : codeFor(world, browser, device);

interface OnUser {
  readonly browser: string;
  readonly user: string;
  readonly device?: string | undefined;
}

/** The user's id, with the administrator's own code. */
async function onUser(world: World, action: OnUser): Promise<{ userId: string; code: string | null }> {
  const userId = await world.look(async (visit) => (await world.user(visit, action.user)).id);
  return { userId, code: await ownCode(world, action.browser, action.device) };
}

/** An action on one user that takes nothing else. */
const plain =
  (method: PlainMethod) =>
  async (world: World, action: OnUser): Promise<void> => {
    await world.ask(action.browser, method, await onUser(world, action));
  };

type PlainMethod = Extract<
  MethodName,
  'administration:resetFactor' | 'administration:resetTrustedBrowsers' | 'administration:unlock'
>;

const setTwoFactor =
  (turnOn: boolean) =>
  async (
    world: World,
    { browser, device }: { browser: string; device?: string | undefined },
  ): Promise<void> => {
    const code = await ownCode(world, browser, device);
    await world.ask(browser, 'administration:setTwoFactor', { turnOn, code });
  };

const setServiceAccount =
  (isServiceAccount: boolean) =>
  async (world: World, action: OnUser): Promise<void> => {
    await world.ask(action.browser, 'administration:setServiceAccount', {
      ...(await onUser(world, action)),
      isServiceAccount,
    });
  };

const setActive =
  (active: boolean) =>
  async (world: World, action: OnUser): Promise<void> => {
    await world.ask(action.browser, 'administration:setActive', {
      ...(await onUser(world, action)),
      active,
    });
  };

export const administratorActions: ActionsOf<
  | 'turn-on'
  | 'turn-off'
  | 'reset-factor'
  | 'reset-trusted-browsers'
  | 'exempt'
  | 'take-exemption-back'
  | 'unlock'
  | 'deactivate'
  | 'activate'
  | 'make-break-glass'
> = {
  'turn-on': setTwoFactor(true),
  'turn-off': setTwoFactor(false),
  'reset-factor': plain('administration:resetFactor'),
  'reset-trusted-browsers': plain('administration:resetTrustedBrowsers'),
  exempt: setServiceAccount(true),
  'take-exemption-back': setServiceAccount(false),
  unlock: plain('administration:unlock'),
  deactivate: setActive(false),
  activate: setActive(true),
  async 'make-break-glass'(world, { browser, device, sheet }) {
    const code = await ownCode(world, browser, device);
    const { codes } = await world.ask(browser, 'administration:makeBreakGlass', { code });
    world.sheets.set(sheet, {
      name: sheet,
      kind: 'break-glass-codes',
      userName: null,
      lines: codes,
      secret: null,
      codes,
    });
  },
};
