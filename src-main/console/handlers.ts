// The console's side of the contract: one handler for each of its methods.
import type { Handlers } from '../ipc/handlers.ts';
import { auditHandlers, organizationHandlers, userHandlers } from './administration/handlers.ts';
import type { Console } from './console.ts';
import { confirmSetUp, finishSetUp } from './enrolment.ts';
import {
  cancelReset,
  changeMyPassword,
  confirmReset,
  endMySession,
  myAccount,
  revokeTrustedBrowsers,
  startReset,
} from './my-account.ts';
import { createOrganization } from './organization.ts';
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
  };
}

export function administrationHandlers(console: Console): Handlers<'administration'> {
  const { context } = console;
  return {
    ...userHandlers(context),
    ...organizationHandlers(context),
    ...auditHandlers(context),
  };
}
