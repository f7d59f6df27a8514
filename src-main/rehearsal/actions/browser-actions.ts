// What people do at a browser: signing in, setting up, changing devices, and what they keep on paper.
import { type ActionOf, type SecretSheet, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { World } from '../world.ts';
import type { ActionsOf } from './actions-of.ts';
import { codeFor, codesOn, userAt, wrongCode } from './codes.ts';
import { NotPossible } from './not-possible.ts';
import { nextCodeOn, strikeOut } from './sheets.ts';
import { passLocks, passToNextCode } from './time-actions.ts';

const WRONG_PASSWORD = 'not the password of anybody';

/** What the browser shows to set a device up with. Throws NotPossible. */
export async function sheetOnScreen(world: World, browser: string): Promise<SecretSheet> {
  const step = await world.step(browser);
  if (step.kind === 'set-up' || step.kind === 'keep-secret') return step.sheet;
  if (step.kind === 'signed-in' && step.pendingReset !== null) return step.pendingReset.sheet;
  throw new NotPossible(`${browser} shows no QR code and no secret.`);
}

async function mostWrongCodes(world: World, times: ActionOf<'enter-wrong-codes'>['times']): Promise<number> {
  const { codeFailures, consecutiveCodeFailures } = await world.policy();
  switch (times) {
    case 'all-but-one':
      return codeFailures - 1;
    case 'until-locked':
      return codeFailures;
    case 'until-stopped':
      return consecutiveCodeFailures;
    default:
      return times;
  }
}

/** Copied with one wrong letter, as happens by hand. */
const mistyped = (groupedSecret: string): string =>
  groupedSecret.slice(0, 5) + (groupedSecret.charAt(5) === 'A' ? 'B' : 'A') + groupedSecret.slice(6);

export const browserActions: ActionsOf<
  | 'sign-in'
  | 'enter-code'
  | 'enter-noted-code'
  | 'enter-wrong-codes'
  | 'resynchronize'
  | 'enter-recovery-code'
  | 'use-break-glass'
  | 'cancel-sign-in'
  | 'sign-out'
  | 'confirm-set-up'
  | 'finish-set-up'
  | 'keep-sheet'
  | 'start-reset'
  | 'confirm-reset'
  | 'cancel-reset'
  | 'end-my-trusted-browsers'
  | 'prove-backup'
  | 'make-recovery-codes'
  | 'cancel-break-glass'
  | 'open-browser'
  | 'reopen-browser'
  | 'reload'
  | 'copy-cookies'
> = {
  async 'sign-in'(world, { browser, user, password }) {
    const { userName, password: right } = world.person(user);
    await world.ask(browser, 'console:signIn', {
      userName,
      password: password === 'wrong' ? WRONG_PASSWORD : right,
    });
  },
  async 'enter-code'(world, { browser, device, trust = false }) {
    const code = await codeFor(world, browser, device);
    await world.ask(browser, 'console:submitCode', { code, trustBrowser: trust });
  },
  async 'enter-noted-code'(world, { browser, trust = false }) {
    if (world.notedCode === null) throw new NotPossible('No code was noted.');
    await world.ask(browser, 'console:submitCode', { code: world.notedCode, trustBrowser: trust });
  },
  async 'enter-wrong-codes'(world, { browser, times }) {
    const user = await userAt(world, browser);
    const most = await mostWrongCodes(world, times);
    for (let tries = 1; tries <= most; tries += 1) {
      // A sign-in dies after some wrong codes; whoever has the password begins another one.
      if (user !== null && tries > 1 && (await userAt(world, browser)) === null) {
        await browserActions['sign-in'](world, { do: 'sign-in', user, browser });
      }
      const code = await wrongCode(world, browser);
      try {
        await world.ask(browser, 'console:submitCode', { code, trustBrowser: false });
      } catch (error) {
        if (tries === most || !(error instanceof TwofoldError)) throw error;
        const isLocked = error.code === 'locked-out' && error.details?.['reason'] !== 'factor-stopped';
        if (isLocked && times === 'until-stopped') await passLocks(world);
        else if (error.code !== 'code-refused') throw error;
      }
    }
  },
  async resynchronize(world, { browser, device, trust = false }) {
    const user = await userAt(world, browser);
    const first = (await codesOn(world, device, user)).code;
    // As a person does: the second code is the one that the device shows after the first, and stands for now.
    await passToNextCode(world, world.device(device).clock);
    const second = (await codesOn(world, device, user)).code;
    await world.ask(browser, 'console:resynchronize', { first, second, trustBrowser: trust });
  },
  async 'enter-recovery-code'(world, { browser, sheet }) {
    const code = nextCodeOn(world, sheet, 'recovery-codes');
    await world.ask(browser, 'console:submitRecoveryCode', { code });
    strikeOut(world, sheet, code);
  },
  async 'use-break-glass'(world, { browser, sheet }) {
    // The same code again after the delay: it is struck out by nobody.
    await world.ask(browser, 'console:useBreakGlass', {
      code: nextCodeOn(world, sheet, 'break-glass-codes'),
    });
  },
  async 'cancel-sign-in'(world, { browser }) {
    await world.ask(browser, 'console:cancelSignIn', {});
  },
  async 'sign-out'(world, { browser }) {
    await world.ask(browser, 'console:signOut', {});
  },
  async 'confirm-set-up'(world, { browser, device }) {
    await world.ask(browser, 'console:confirmSetUp', { code: await codeFor(world, browser, device) });
  },
  async 'finish-set-up'(world, { browser }) {
    await world.ask(browser, 'console:finishSetUp', {});
  },
  async 'keep-sheet'(world, { browser, sheet, mistyped: isMistyped = false }) {
    const { groupedSecret, issuer, accountName } = await sheetOnScreen(world, browser);
    const text = isMistyped ? mistyped(groupedSecret) : groupedSecret;
    world.sheets.set(sheet, {
      name: sheet,
      kind: 'secret',
      userName: accountName,
      lines: [issuer, accountName, text],
      secret: { issuer, accountName, text },
      codes: [],
    });
    world.onHappening(
      browser,
      `the secret on screen is kept as “${sheet}”${isMistyped ? ', copied with a wrong letter' : ''}`,
    );
  },
  async 'start-reset'(world, { browser, device }) {
    await world.ask(browser, 'console:startReset', { code: await codeFor(world, browser, device) });
  },
  async 'confirm-reset'(world, { browser, device }) {
    await world.ask(browser, 'console:confirmReset', { code: await codeFor(world, browser, device) });
  },
  async 'cancel-reset'(world, { browser }) {
    await world.ask(browser, 'console:cancelReset', {});
  },
  async 'end-my-trusted-browsers'(world, { browser, device }) {
    const code = await codeFor(world, browser, device);
    await world.ask(browser, 'console:revokeTrustedBrowsers', { id: null, code });
  },
  async 'prove-backup'(world, { browser, device }) {
    await world.ask(browser, 'console:proveBackup', { code: await codeFor(world, browser, device) });
  },
  async 'make-recovery-codes'(world, { browser, device, sheet }) {
    const userName = await userAt(world, browser);
    const code = await codeFor(world, browser, device);
    const { codes } = await world.ask(browser, 'console:makeRecoveryCodes', { code });
    world.sheets.set(sheet, {
      name: sheet,
      kind: 'recovery-codes',
      userName,
      lines: codes,
      secret: null,
      codes,
    });
  },
  async 'cancel-break-glass'(world, { browser, device }) {
    await world.ask(browser, 'console:cancelBreakGlass', { code: await codeFor(world, browser, device) });
  },
  'open-browser'(world, { browser }) {
    world.addBrowser(browser);
    world.onHappening(browser, 'is a browser that was never used here before');
    return Promise.resolve();
  },
  'reopen-browser'(world, { browser }) {
    world.browser(browser).reopen();
    world.onHappening(browser, 'is closed and opened again');
    return Promise.resolve();
  },
  async reload(world, { browser }) {
    await world.ask(browser, 'console:step', {});
    world.onHappening(browser, 'is reloaded');
  },
  'copy-cookies'(world, { from, to }) {
    world.browser(to).copyFrom(world.browser(from));
    world.onHappening(to, `holds a copy of all that ${from} holds`);
    return Promise.resolve();
  },
};
