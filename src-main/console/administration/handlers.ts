// The administration's side of the contract, by parts.
import type { Handlers } from '../../ipc/handlers.ts';
import type { ConsoleContext } from '../visit.ts';
import { onUser } from './action.ts';
import { apiKeys, makeApiKey, revokeApiKey } from './api-keys.ts';
import { breakGlass, makeBreakGlass, removeBreakGlass } from './break-glass.ts';
import { auditLog, checkAudit, exportAudit, lastAuditCheck } from './audit-log.ts';
import { bulk } from './bulk.ts';
import { directory } from './directory.ts';
import { explain } from './explain.ts';
import { judgePolicy, policyInForce, savePolicy } from './policy.ts';
import { rollOut, setDeadline } from './roll-out.ts';
import { previewTwoFactor, renameOrganization, setTwoFactor } from './two-factor.ts';
import { addUnit, removeUnit, renameUnit } from './units.ts';
import * as actions from './user-actions.ts';
import { exportUsers } from './user-export.ts';
import { importUsers, previewUserImport } from './user-import.ts';
import { addUser, deleteUser, describeUser, editUser, issueOneTimePassword } from './users.ts';

type Part<M extends keyof Handlers<'administration'>> = Pick<Handlers<'administration'>, M>;

/** Users one at a time. */
export const userHandlers = (
  context: ConsoleContext,
): Part<
  | 'administration:directory'
  | 'administration:user'
  | 'administration:addUser'
  | 'administration:editUser'
  | 'administration:deleteUser'
  | 'administration:newOneTimePassword'
  | 'administration:setRole'
  | 'administration:setActive'
  | 'administration:setServiceAccount'
  | 'administration:resetFactor'
  | 'administration:resetTrustedBrowsers'
  | 'administration:endSessions'
  | 'administration:unlock'
> => ({
  'administration:directory': (input, caller) => directory(context, input, caller),
  'administration:user': (input, caller) => describeUser(context, input, caller),
  'administration:addUser': (input, caller) => addUser(context, input, caller),
  'administration:editUser': (input, caller) => editUser(context, input, caller),
  'administration:deleteUser': (input, caller) => deleteUser(context, input, caller),
  'administration:newOneTimePassword': (input, caller) => issueOneTimePassword(context, input, caller),
  'administration:setRole': (input, caller) =>
    onUser(context, caller, input, actions.setRole(input.role, input.administersUnitId)),
  'administration:setActive': (input, caller) =>
    onUser(context, caller, input, actions.setActive(input.active)),
  'administration:setServiceAccount': (input, caller) =>
    onUser(context, caller, input, actions.setServiceAccount(input.isServiceAccount)),
  'administration:resetFactor': (input, caller) => onUser(context, caller, input, actions.resetFactor),
  'administration:resetTrustedBrowsers': (input, caller) =>
    onUser(context, caller, input, actions.resetTrustedBrowsers),
  'administration:endSessions': (input, caller) => onUser(context, caller, input, actions.endUserSessions),
  'administration:unlock': (input, caller) => onUser(context, caller, input, actions.unlock),
});

/** Many users at once, from and to files, and the units they belong to. */
export const manyUsersHandlers = (
  context: ConsoleContext,
): Part<
  | 'administration:bulk'
  | 'administration:previewUserImport'
  | 'administration:importUsers'
  | 'administration:exportUsers'
  | 'administration:addUnit'
  | 'administration:renameUnit'
  | 'administration:removeUnit'
> => ({
  'administration:bulk': (input, caller) => bulk(context, input, caller),
  'administration:previewUserImport': (input, caller) => previewUserImport(context, input, caller),
  'administration:importUsers': (input, caller) => importUsers(context, input, caller),
  'administration:exportUsers': (input, caller) => exportUsers(context, input, caller),
  'administration:addUnit': (input, caller) => addUnit(context, input, caller),
  'administration:renameUnit': (input, caller) => renameUnit(context, input, caller),
  'administration:removeUnit': (input, caller) => removeUnit(context, input, caller),
});

/** 2FA for everyone and its roll-out, the policy, the organization's name, and why a sign-in goes as it does. */
export const organizationHandlers = (
  context: ConsoleContext,
): Part<
  | 'administration:previewTwoFactor'
  | 'administration:setTwoFactor'
  | 'administration:renameOrganization'
  | 'administration:rollOut'
  | 'administration:setDeadline'
  | 'administration:policy'
  | 'administration:judgePolicy'
  | 'administration:savePolicy'
  | 'administration:explain'
> => ({
  'administration:previewTwoFactor': (input, caller) => previewTwoFactor(context, input, caller),
  'administration:setTwoFactor': (input, caller) => setTwoFactor(context, input, caller),
  'administration:renameOrganization': (input, caller) => renameOrganization(context, input, caller),
  'administration:rollOut': (_input, caller) => rollOut(context, caller),
  'administration:setDeadline': (input, caller) => setDeadline(context, input, caller),
  'administration:policy': (_input, caller) => policyInForce(context, caller),
  'administration:judgePolicy': (input, caller) => judgePolicy(context, input, caller),
  'administration:savePolicy': (input, caller) => savePolicy(context, input, caller),
  'administration:explain': (input, caller) => explain(context, input, caller),
});

/** The audit. */
export const auditHandlers = (
  context: ConsoleContext,
): Part<
  | 'administration:audit'
  | 'administration:exportAudit'
  | 'administration:verifyAudit'
  | 'administration:lastAuditCheck'
> => ({
  'administration:audit': (input, caller) => auditLog(context, input, caller),
  'administration:exportAudit': (input, caller) => exportAudit(context, input, caller),
  'administration:lastAuditCheck': (_input, caller) => lastAuditCheck(context, caller),
  'administration:verifyAudit': (_input, caller) => checkAudit(context, caller),
});

/** Break-glass codes. */
export const breakGlassHandlers = (
  context: ConsoleContext,
): Part<
  'administration:breakGlass' | 'administration:makeBreakGlass' | 'administration:removeBreakGlass'
> => ({
  'administration:breakGlass': (_input, caller) => breakGlass(context, caller),
  'administration:makeBreakGlass': (input, caller) => makeBreakGlass(context, input, caller),
  'administration:removeBreakGlass': (input, caller) => removeBreakGlass(context, input, caller),
});

/** API keys of programs. */
export const apiKeyHandlers = (
  context: ConsoleContext,
): Part<'administration:apiKeys' | 'administration:makeApiKey' | 'administration:revokeApiKey'> => ({
  'administration:apiKeys': (_input, caller) => apiKeys(context, caller),
  'administration:makeApiKey': (input, caller) => makeApiKey(context, input, caller),
  'administration:revokeApiKey': (input, caller) => revokeApiKey(context, input, caller),
});
