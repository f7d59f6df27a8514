// The transcript writes itself: what a call of a browser or device did, as a clause after the actor's name. Calls that
// only look leave no line.
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import {
  Failure,
  type Input,
  type MethodName,
  methods,
  type Output,
} from '../../src-shared/contract/index.ts';
import type { NameOf } from './names-of.ts';
import type { Call } from './world.ts';

interface Told {
  /** What was tried, from the input. */
  readonly tried: (input: unknown, nameOf: NameOf) => string;
  /** What became of it, from the input and the answer; empty: nothing more to say. */
  readonly became: (input: unknown, value: unknown, nameOf: NameOf) => string;
}

function told<M extends MethodName>(
  method: M,
  tried: string | ((input: Input<M>, nameOf: NameOf) => string),
  became: (value: Output<M>, input: Input<M>, nameOf: NameOf) => string = () => '',
): readonly [M, Told] {
  const isInput = (value: unknown): value is Input<M> => methods[method].input.safeParse(value).success;
  const isOutput = (value: unknown): value is Output<M> => methods[method].output.safeParse(value).success;
  return [
    method,
    {
      tried: (input, nameOf) =>
        typeof tried === 'string' ? tried : isInput(input) ? tried(input, nameOf) : method,
      became: (input, value, nameOf) =>
        isInput(input) && isOutput(value) ? became(value, input, nameOf) : '',
    },
  ];
}

/** What a browser shows after a sign-in or a part of it. */
function stepWords(step: ConsoleStep): string {
  switch (step.kind) {
    case 'no-organization':
    case 'signed-out':
      return 'not signed in';
    case 'change-password':
      return 'a new password is asked';
    case 'code':
      return 'the code is asked';
    case 'break-glass':
      return 'the delay of the break-glass codes runs';
    case 'set-up':
      return 'two-factor authentication must be set up';
    case 'keep-secret':
      return 'signed in, the secret is to be kept';
    case 'signed-in':
      return 'signed in';
  }
}

function signInWords(step: ConsoleStep): string {
  if (step.kind !== 'signed-in') return `password right, ${stepWords(step)}`;
  const why =
    step.trustedUntilMs !== null
      ? 'the browser is trusted'
      : step.twoFactorOn
        ? 'a service account'
        : 'two-factor authentication is off';
  return `password right, no code asked: ${why}`;
}

const trusting = (trustBrowser: boolean): string =>
  trustBrowser ? ', the browser is trusted from now on' : '';
const entry = ({ issuer, name }: { issuer: string; name: string }): string => `${issuer} · ${name}`;

const lines: ReadonlyMap<string, Told> = new Map<string, Told>([
  told('console:createOrganization', ({ organization }) => `creates the organization ${organization}`),
  told('console:signIn', ({ userName }, nameOf) => `${nameOf(userName)} signs in`, signInWords),
  told('console:changePassword', 'chooses a new password', stepWords),
  told(
    'console:submitCode',
    'enters a code',
    (step, { trustBrowser }) => `right, ${stepWords(step)}${trusting(trustBrowser)}`,
  ),
  told(
    'console:resynchronize',
    'enters two codes in a row',
    (step, { trustBrowser }) =>
      `right, the device’s clock is known now, ${stepWords(step)}${trusting(trustBrowser)}`,
  ),
  told('console:submitRecoveryCode', 'enters a recovery code', (step) => `right, ${stepWords(step)}`),
  told('console:useBreakGlass', 'enters a break-glass code', (step) => `right, ${stepWords(step)}`),
  told('console:confirmSetUp', 'enters the first code of the device', (step) => `right, ${stepWords(step)}`),
  told('console:finishSetUp', 'leaves the page about keeping the secret'),
  told('console:secretFile', 'saves the QR code and the secret as a file'),
  told('console:cancelSignIn', 'gives the sign-in up'),
  told('console:signOut', 'signs out'),
  told('console:changeMyPassword', 'changes the password'),
  told('console:startReset', 'begins a change of device', () => 'code right, a new QR code is shown'),
  told('console:confirmReset', 'confirms the change of device', () => 'code right, the new device counts'),
  told('console:cancelReset', 'gives the change of device up'),
  told('console:revokeTrustedBrowsers', ({ id }) =>
    id === null ? 'ends the trust in all their browsers' : 'ends the trust in one of their browsers',
  ),
  told('console:endMySession', 'ends other sessions'),
  told('console:proveBackup', 'tries the kept secret', () => 'it works'),
  told('console:makeRecoveryCodes', 'makes recovery codes'),
  told('console:cancelBreakGlass', 'stops the use of a break-glass code'),
  told(
    'administration:setTwoFactor',
    ({ turnOn }) => `turns two-factor authentication ${turnOn ? 'on' : 'off'}`,
  ),
  told('administration:savePolicy', 'changes the policy'),
  told('administration:setDeadline', 'sets the deadline of the roll-out'),
  told('administration:renameOrganization', 'renames the organization'),
  told('administration:addUser', ({ displayName }) => `adds the user ${displayName}`),
  told('administration:editUser', ({ displayName }) => `changes the user ${displayName}`),
  told('administration:deleteUser', 'deletes a user'),
  told('administration:newOneTimePassword', 'issues a new one-time password'),
  told(
    'administration:setRole',
    'changes a role',
    ({ userName, role }, _input, nameOf) => `${nameOf(userName)} is now ${role}`,
  ),
  told(
    'administration:setActive',
    ({ active }) => (active ? 'activates a user' : 'deactivates a user'),
    ({ userName }, _input, nameOf) => nameOf(userName),
  ),
  told(
    'administration:setServiceAccount',
    ({ isServiceAccount }) => (isServiceAccount ? 'exempts a user' : 'takes an exemption back'),
    ({ userName }, _input, nameOf) => nameOf(userName),
  ),
  told(
    'administration:resetFactor',
    'resets a user’s two-factor authentication',
    ({ userName }, _input, nameOf) => nameOf(userName),
  ),
  told(
    'administration:resetTrustedBrowsers',
    'ends the trust in all browsers of a user',
    ({ userName }, _input, nameOf) => nameOf(userName),
  ),
  told('administration:endSessions', 'ends all sessions of a user', ({ userName }, _input, nameOf) =>
    nameOf(userName),
  ),
  told('administration:unlock', 'takes the locks of a user back', ({ userName }, _input, nameOf) =>
    nameOf(userName),
  ),
  told('administration:bulk', 'acts on several users', ({ done }) => `${done} done`),
  told('administration:importUsers', 'imports users', ({ added }) => `${added} added`),
  told('administration:makeBreakGlass', 'makes break-glass codes'),
  told('administration:removeBreakGlass', 'takes the break-glass codes away'),
  told('app:lock', 'is locked'),
  told('app:enterPassphrase', 'the passphrase is entered', () => 'unlocked'),
  told('authenticator:addManually', 'a secret is typed in', (account) => `it holds ${entry(account)} now`),
  told('transfer:add', 'scans', ({ added }) => `it holds ${added.map(entry).join(', ')} now`),
  told('authenticator:delete', 'an account is deleted'),
  told('authenticator:restore', 'an account is brought back'),
  told('authenticator:edit', 'an account is changed'),
]);

/** The clause, without the actor; null for a call that leaves no line. */
export function callWords({ method, input, envelope }: Call, nameOf: NameOf): string | null {
  const line = lines.get(method);
  if (line === undefined) return null;
  const tried = line.tried(input, nameOf);
  if (!envelope.ok) return `${tried}: refused. ${Failure.parse(envelope.error).message}`;
  const became = line.became(input, envelope.value, nameOf);
  return became === '' ? tried : `${tried}: ${became}`;
}
