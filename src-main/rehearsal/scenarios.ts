// The scenarios that come with Twofold, in the order in which the room shows them.
import type { Scenario } from '../../src-shared/contract/index.ts';
import { administratorResets } from './scenarios/administrator-resets.ts';
import { autumnNight } from './scenarios/autumn-night.ts';
import { breakGlassStopped } from './scenarios/break-glass-stopped.ts';
import { changeOfDevice } from './scenarios/change-of-device.ts';
import { clockSetBack } from './scenarios/clock-set-back.ts';
import { codeTypedTwice } from './scenarios/code-typed-twice.ts';
import { daylightSaving } from './scenarios/daylight-saving.ts';
import { deviceBehind } from './scenarios/device-behind.ts';
import { freePlay } from './scenarios/free-play.ts';
import { guessingGoesOn } from './scenarios/guessing-goes-on.ts';
import { guessing } from './scenarios/guessing.ts';
import { lastAdministratorSavedSecret } from './scenarios/last-administrator-saved-secret.ts';
import { lastAdministrator } from './scenarios/last-administrator.ts';
import { nothingSaved } from './scenarios/nothing-saved.ts';
import { phoneComesBack } from './scenarios/phone-comes-back.ts';
import { savedSecret } from './scenarios/saved-secret.ts';
import { serviceAccount } from './scenarios/service-account.ts';
import { sharedBrowser } from './scenarios/shared-browser.ts';
import { sheetNeverRight } from './scenarios/sheet-never-right.ts';
import { slowTypist } from './scenarios/slow-typist.ts';
import { stolenTrustLate } from './scenarios/stolen-trust-late.ts';
import { stolenTrust } from './scenarios/stolen-trust.ts';
import { trustedBrowserAtHand } from './scenarios/trusted-browser-at-hand.ts';
import { trustedBrowsersEnded } from './scenarios/trusted-browsers-ended.ts';
import { turnedOffAndOn } from './scenarios/turned-off-and-on.ts';
import { turnedOnWhileSignedIn } from './scenarios/turned-on-while-signed-in.ts';

export const scenarios: readonly Scenario[] = [
  freePlay,
  trustedBrowserAtHand,
  savedSecret,
  nothingSaved,
  changeOfDevice,
  administratorResets,
  trustedBrowsersEnded,
  serviceAccount,
  turnedOffAndOn,
  turnedOnWhileSignedIn,
  codeTypedTwice,
  slowTypist,
  deviceBehind,
  guessing,
  guessingGoesOn,
  stolenTrust,
  stolenTrustLate,
  sheetNeverRight,
  lastAdministratorSavedSecret,
  lastAdministrator,
  breakGlassStopped,
  phoneComesBack,
  sharedBrowser,
  daylightSaving,
  autumnNight,
  clockSetBack,
];
