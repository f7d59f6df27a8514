// What a step does, as a sentence for people: the same in the room, in reports and on the command line.
import type { Action, ActionName, ActionOf } from '../../src-shared/contract/index.ts';
import { offWords } from './actions/device-actions.ts';
import { spanEnds, spanWords, waitSeconds } from './actions/time-actions.ts';
import type { NameOf } from './names-of.ts';

type Words = { readonly [N in ActionName]: (action: ActionOf<N>, nameOf: NameOf) => string };

const withCode = (device: string | undefined): string =>
  device === undefined ? '' : `, confirmed with a code of ${device}`;
const trusting = (trust: boolean | undefined): string => (trust === true ? ', which is to be trusted' : '');

const words: Words = {
  'sign-in': ({ user, browser, password }, nameOf) =>
    `${nameOf(user)} signs in at ${browser}${password === 'wrong' ? ' with a wrong password' : ''}`,
  'enter-code': ({ browser, device, trust }) =>
    `The code that ${device} shows is entered at ${browser}${trusting(trust)}`,
  'enter-noted-code': ({ browser, trust }) => `The noted code is entered at ${browser}${trusting(trust)}`,
  'enter-wrong-codes': ({ browser, times }) => {
    if (times === 'all-but-one') return `Wrong codes are entered at ${browser}, one short of the lock`;
    if (times === 'until-locked') return `Wrong codes are entered at ${browser} until they are locked`;
    if (times === 'until-stopped')
      return `Wrong codes are entered at ${browser}, lock after lock, until the factor is stopped`;
    return `${times === 1 ? 'A wrong code is' : `${times} wrong codes are`} entered at ${browser}`;
  },
  resynchronize: ({ browser, device, trust }) =>
    `To adjust to the clock of ${device}, two codes in a row are entered at ${browser}${trusting(trust)}`,
  'enter-recovery-code': ({ browser, sheet }) => `A recovery code of “${sheet}” is entered at ${browser}`,
  'use-break-glass': ({ browser, sheet }) => `A break-glass code of “${sheet}” is entered at ${browser}`,
  'cancel-sign-in': ({ browser }) => `The sign-in at ${browser} is given up`,
  'sign-out': ({ browser }) => `Whoever is at ${browser} signs out`,
  'confirm-set-up': ({ browser, device }) =>
    `The set-up at ${browser} is confirmed with the code that ${device} shows`,
  'finish-set-up': ({ browser }) => `The page about keeping the secret is left at ${browser}`,
  'keep-sheet': ({ browser, sheet, mistyped }) =>
    `The secret on the screen of ${browser} is kept as “${sheet}”${mistyped === true ? ', copied with a wrong letter' : ''}`,
  'start-reset': ({ browser, device }) =>
    `A change of device is begun at ${browser} with a code of ${device}`,
  'confirm-reset': ({ browser, device }) =>
    `The change of device at ${browser} is confirmed with the code that ${device} shows`,
  'cancel-reset': ({ browser }) => `The change of device at ${browser} is given up`,
  'end-my-trusted-browsers': ({ browser, device }) =>
    `The user at ${browser} ends the trust in all their browsers with a code of ${device}`,
  'prove-backup': ({ browser, device }) =>
    `At ${browser} the kept secret is tried, with the code that ${device} shows`,
  'make-recovery-codes': ({ browser, device, sheet }) =>
    `Recovery codes are made at ${browser} with a code of ${device}, and kept as “${sheet}”`,
  'cancel-break-glass': ({ browser, device }) =>
    `The use of a break-glass code is stopped at ${browser} with a code of ${device}`,
  'turn-on': ({ browser, device }) =>
    `The administrator at ${browser} turns two-factor authentication on${withCode(device)}`,
  'turn-off': ({ browser, device }) =>
    `The administrator at ${browser} turns two-factor authentication off${withCode(device)}`,
  'reset-factor': ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} resets the two-factor authentication of ${nameOf(user)}${withCode(device)}`,
  'reset-trusted-browsers': ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} ends the trust in all browsers of ${nameOf(user)}${withCode(device)}`,
  exempt: ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} makes ${nameOf(user)} a service account${withCode(device)}`,
  'take-exemption-back': ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} makes ${nameOf(user)} an ordinary user again${withCode(device)}`,
  unlock: ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} takes back the locks of ${nameOf(user)}${withCode(device)}`,
  deactivate: ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} deactivates ${nameOf(user)}${withCode(device)}`,
  activate: ({ browser, user, device }, nameOf) =>
    `The administrator at ${browser} activates ${nameOf(user)} again${withCode(device)}`,
  'make-break-glass': ({ browser, sheet, device }) =>
    `The administrator at ${browser} makes break-glass codes, kept as “${sheet}”${withCode(device)}`,
  'open-browser': ({ browser }) => `Somebody opens a browser that was never used here: ${browser}`,
  'reopen-browser': ({ browser }) => `${browser} is closed and opened again`,
  reload: ({ browser }) => `The page is loaded again at ${browser}`,
  'copy-cookies': ({ from, to }) => `A thief copies all that ${from} holds to ${to}`,
  'get-device': ({ device }) => `A new device is there: ${device}`,
  'lose-device': ({ device }) => `${device} is lost`,
  'find-device': ({ device }) => `${device} is found again`,
  'lock-device': ({ device }) => `${device} is locked`,
  'unlock-device': ({ device }) => `${device} is unlocked`,
  scan: ({ device, browser }) => `${device} scans the QR code on the screen of ${browser}`,
  'type-secret': ({ device, sheet }) => `The secret of “${sheet}” is typed into ${device}`,
  'note-code': ({ device }) => `The code that ${device} shows is noted`,
  'set-device-clock': ({ device, aheadSeconds }) => `The clock of ${device} is set ${offWords(aheadSeconds)}`,
  wait: (wait) => `${capital(spanWords(waitSeconds(wait)))} later`,
  'wait-out': ({ what }) => `Time passes until ${spanEnds[what]}`,
  'wait-for-next-code': () => 'Time passes until the next code',
  'set-verifier-clock': ({ aheadSeconds }) => `The console’s clock is set ${offWords(aheadSeconds)}`,
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentence = <N extends ActionName>(name: N, action: ActionOf<N>, nameOf: NameOf): string =>
  words[name](action, nameOf);

/** Without the full stop. */
export const actionWords = (action: Action, nameOf: NameOf): string => sentence(action.do, action, nameOf);
