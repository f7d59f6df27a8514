// The console's side of the contract: one handler for each of its methods.
import type { Handlers } from '../ipc/handlers.ts';
import {
  apiKeyHandlers,
  auditHandlers,
  breakGlassHandlers,
  manyUsersHandlers,
  organizationHandlers,
  userHandlers,
} from './administration/handlers.ts';
import { cancelBreakGlass, useBreakGlass } from './break-glass-sign-in.ts';
import type { Console } from './console.ts';
import { confirmSetUp, finishSetUp } from './enrolment.ts';
import { lostDevice } from './lost-device.ts';
import {
  cancelReset,
  changeMyPassword,
  confirmReset,
  endMySession,
  myAccount,
  proveBackup,
  revokeTrustedBrowsers,
  startReset,
} from './my-account.ts';
import { createOrganization } from './organization.ts';
import { makeRecoveryCodes, submitRecoveryCode } from './recovery-codes.ts';
import { resynchronize } from './resynchronize.ts';
import { createSample } from './sample-organization.ts';
import { secretFile } from './secret-file.ts';
import { cancelSignIn, changePassword, signIn, signOut, submitCode } from './sign-in.ts';

export function consoleHandlers(console: Console): Handlers<'console'> {
  const { context } = console;
  return {
    'console:step': (_input, caller) => console.step(caller),
    'console:passwordStrength': (input) => console.passwordStrength(input),
    'console:createOrganization': (input, caller) => createOrganization(context, input, caller),
    'console:createSample': (_input, caller) => createSample(context, caller),
    'console:signIn': (input, caller) => signIn(context, input, caller),
    'console:changePassword': (input, caller) => changePassword(context, input, caller),
    'console:submitCode': (input, caller) => submitCode(context, input, caller),
    'console:resynchronize': (input, caller) => resynchronize(context, input, caller),
    'console:lostDevice': (_input, caller) => lostDevice(context, caller),
    'console:submitRecoveryCode': (input, caller) => submitRecoveryCode(context, input, caller),
    'console:useBreakGlass': (input, caller) => useBreakGlass(context, input, caller),
    'console:confirmSetUp': (input, caller) => confirmSetUp(context, input, caller),
    'console:secretFile': (input, caller) => secretFile(context, input, caller),
    'console:finishSetUp': (_input, caller) => finishSetUp(context, caller),
    'console:cancelSignIn': (_input, caller) => cancelSignIn(context, caller),
    'console:signOut': (_input, caller) => signOut(context, caller),
    'console:myAccount': (_input, caller) => myAccount(context, caller),
    'console:changeMyPassword': (input, caller) => changeMyPassword(context, input, caller),
    'console:startReset': (input, caller) => startReset(context, input, caller),
    'console:confirmReset': (input, caller) => confirmReset(context, input, caller),
    'console:cancelReset': (_input, caller) => cancelReset(context, caller),
    'console:revokeTrustedBrowsers': (input, caller) => revokeTrustedBrowsers(context, input, caller),
    'console:endMySession': (input, caller) => endMySession(context, input, caller),
    'console:proveBackup': (input, caller) => proveBackup(context, input, caller),
    'console:makeRecoveryCodes': (input, caller) => makeRecoveryCodes(context, input, caller),
    'console:cancelBreakGlass': (input, caller) => cancelBreakGlass(context, input, caller),
  };
}

export function administrationHandlers(console: Console): Handlers<'administration'> {
  const { context } = console;
  return {
    ...userHandlers(context),
    ...manyUsersHandlers(context),
    ...organizationHandlers(context),
    ...auditHandlers(context),
    ...breakGlassHandlers(context),
    ...apiKeyHandlers(context),
  };
}
