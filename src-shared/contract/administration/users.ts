// Contract: what administrators do with users, one at a time, many at once, and from a file.
import { z } from 'zod';
import { DisplayName, Role, UserName } from '../console.ts';
import { bytes, filledText, Id, method, Nothing, text, TimeMs, TypedCode } from '../define.ts';

export const FactorState = z.enum(['not-set-up', 'pending', 'set-up', 'service-account', 'blocked']);
export type FactorState = z.infer<typeof FactorState>;

export const UserRow = z.strictObject({
  id: Id,
  userName: z.string(),
  displayName: z.string(),
  role: Role,
  /** The unit the user belongs to; null: to none but the organization. */
  unitId: Id.nullable(),
  /** An administrator of this unit alone; null: of the whole organization (or no administrator). */
  administersUnitId: Id.nullable(),
  active: z.boolean(),
  factor: FactorState,
  /** End of a pending set-up. */
  pendingUntilMs: TimeMs.nullable(),
  lastSignInAtMs: TimeMs.nullable(),
  trustedBrowsers: z.number().int(),
  liveSessions: z.number().int(),
  /** When the user last proved that the kept secret works (restore drill). */
  backupProvenAtMs: TimeMs.nullable(),
  /** Null where there are none. */
  recoveryCodesLeft: z.number().int().nullable(),
  /** The person has a one-time password that was not used yet. */
  mustChangePassword: z.boolean(),
  lockedUntilMs: TimeMs.nullable(),
  createdAtMs: TimeMs,
});
export type UserRow = z.infer<typeof UserRow>;

export const UserCounts = z.strictObject({
  total: z.number().int(),
  setUp: z.number().int(),
  pending: z.number().int(),
  notSetUp: z.number().int(),
  serviceAccounts: z.number().int(),
  blocked: z.number().int(),
  inactive: z.number().int(),
});
export type UserCounts = z.infer<typeof UserCounts>;

/** `missing`: active people who would have to set 2FA up (not set up or pending). */
export const UserFilter = z.enum([
  'all',
  'missing',
  'not-set-up',
  'pending',
  'set-up',
  'service-account',
  'blocked',
  'inactive',
  'locked',
  'administrators',
  'backup-not-proven',
]);
export type UserFilter = z.infer<typeof UserFilter>;

export const UserSort = z.enum([
  'user-name',
  'display-name',
  'role',
  'state',
  'factor',
  'last-sign-in',
  'trusted-browsers',
  'backup-proven',
  'created',
]);
export type UserSort = z.infer<typeof UserSort>;

/** Which users, and in which order. */
export const UserQuery = z.strictObject({
  /** Every word must stand in the user name or the display name, without case and accents. */
  search: text(200),
  filter: UserFilter,
  /** Null: of all units. */
  unitId: Id.nullable(),
  sort: UserSort,
  descending: z.boolean(),
});
export type UserQuery = z.infer<typeof UserQuery>;

export const Unit = z.strictObject({ id: Id, name: z.string(), users: z.number().int() });
export type Unit = z.infer<typeof Unit>;

export const Directory = z.strictObject({
  organization: z.string(),
  twoFactorOn: z.boolean(),
  twoFactorChangedAtMs: TimeMs.nullable(),
  rollOutDeadlineMs: TimeMs.nullable(),
  /** Over everyone whom the asking administrator may see. */
  counts: UserCounts,
  units: z.array(Unit),
  /** The asking administrator's own unit, when limited to one. */
  limitedToUnitId: Id.nullable(),
  /** How many match; `users` is the asked-for page of them. */
  matching: z.number().int(),
  users: z.array(UserRow),
});
export type Directory = z.infer<typeof Directory>;

/** A user, and the administrator's own current code where that is needed (null: try without, answers code-required). */
export const onUser = { userId: Id, code: TypedCode.nullable() };

/** What can be done with many users at once; each as its own action with its own audit record. */
export const BulkAction = z.enum([
  'reset-factor',
  'reset-trusted-browsers',
  'end-sessions',
  'unlock',
  'activate',
  'deactivate',
  'delete',
  'set-unit',
]);
export type BulkAction = z.infer<typeof BulkAction>;

export const MAX_BULK = 100_000;
export const MAX_IMPORTED_USERS = 10_000;
/** A file of users: 10,000 lines of 100 characters. */
export const MAX_USER_FILE_CHARACTERS = 1_000_000;

export const ImportedUser = z.strictObject({
  /** Line in the file, from 1. */
  line: z.number().int(),
  userName: z.string(),
  displayName: z.string(),
  role: Role,
  unit: z.string(),
  /** Why this line cannot be imported; null: it can. */
  problem: z.string().nullable(),
});
export type ImportedUser = z.infer<typeof ImportedUser>;

/** A file for the user to save. */
export const SavedFile = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  content: bytes(500_000_000),
});
export type SavedFile = z.infer<typeof SavedFile>;

export const userMethods = {
  'administration:directory': method(
    'administrator',
    z.strictObject({
      ...UserQuery.shape,
      offset: z.number().int().min(0).max(10_000_000),
      limit: z.number().int().min(1).max(500),
    }),
    Directory,
  ),
  /** One user as the list shows it. */
  'administration:user': method('administrator', z.strictObject({ userId: Id }), UserRow),
  'administration:addUser': method(
    'administrator',
    z.strictObject({
      userName: UserName,
      displayName: DisplayName,
      role: Role,
      unitId: Id.nullable(),
    }),
    z.strictObject({ user: UserRow, oneTimePassword: z.string(), expiresAtMs: TimeMs }),
  ),
  'administration:editUser': method(
    'administrator',
    z.strictObject({ ...onUser, userName: UserName, displayName: DisplayName, unitId: Id.nullable() }),
    UserRow,
  ),
  /** For good; what the audit says of the user stays. Throws `conflict` for the last active administrator (S20). */
  'administration:deleteUser': method('administrator', z.strictObject(onUser), Nothing),
  'administration:newOneTimePassword': method(
    'administrator',
    z.strictObject(onUser),
    z.strictObject({ oneTimePassword: z.string(), expiresAtMs: TimeMs }),
  ),
  /** `administersUnitId` limits an administrator to a unit; null for the whole organization and for users. */
  'administration:setRole': method(
    'administrator',
    z.strictObject({ ...onUser, role: Role, administersUnitId: Id.nullable() }),
    UserRow,
  ),
  'administration:setActive': method(
    'administrator',
    z.strictObject({ ...onUser, active: z.boolean() }),
    UserRow,
  ),
  /** G15. */
  'administration:setServiceAccount': method(
    'administrator',
    z.strictObject({ ...onUser, isServiceAccount: z.boolean() }),
    UserRow,
  ),
  /** G13. The administrator's own code is asked when the administrator has a factor (S10). */
  'administration:resetFactor': method('administrator', z.strictObject(onUser), UserRow),
  /** G14. */
  'administration:resetTrustedBrowsers': method('administrator', z.strictObject(onUser), UserRow),
  'administration:endSessions': method('administrator', z.strictObject(onUser), UserRow),
  /** Takes back locks after wrong passwords or codes. A factor stopped after 100 wrong codes needs resetFactor. */
  'administration:unlock': method('administrator', z.strictObject(onUser), UserRow),
  /** Does what can be done and says of each other one why not. The own code is asked once. */
  'administration:bulk': method(
    'administrator',
    z.strictObject({
      action: BulkAction,
      /** Either named users, or all that match a query. */
      users: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('named'), ids: z.array(Id).min(1).max(MAX_BULK) }),
        z.strictObject({ kind: z.literal('matching'), query: UserQuery }),
      ]),
      /** For `set-unit`. */
      unitId: Id.nullable(),
      code: TypedCode.nullable(),
    }),
    z.strictObject({
      done: z.number().int(),
      notDone: z.array(z.strictObject({ userName: z.string(), reason: z.string() })),
    }),
  ),
  /**
   * Looks into a CSV file (columns user name, display name, role, unit; with or without a first line of names) and
   * writes nothing. Throws `invalid-input` for what is no such file.
   */
  'administration:previewUserImport': method(
    'administrator',
    z.strictObject({ content: filledText(MAX_USER_FILE_CHARACTERS) }),
    z.strictObject({
      users: z.array(ImportedUser),
      newUnits: z.array(z.string()),
      problems: z.number().int(),
    }),
  ),
  /** All or nothing: throws `conflict` when one line has a problem. Answers a CSV file with the one-time passwords. */
  'administration:importUsers': method(
    'administrator',
    z.strictObject({
      content: filledText(MAX_USER_FILE_CHARACTERS),
      /** The caller's own, for `administration:progress`. */
      jobId: Id,
      code: TypedCode.nullable(),
    }),
    z.strictObject({ added: z.number().int(), file: SavedFile }),
  ),
  /** The users that match as a CSV file. No secrets. */
  'administration:exportUsers': method('administrator', UserQuery, SavedFile),
  'administration:addUnit': method('administrator', z.strictObject({ name: filledText(80) }), Unit),
  'administration:renameUnit': method(
    'administrator',
    z.strictObject({ unitId: Id, name: filledText(80) }),
    Unit,
  ),
  /** Throws `conflict` while somebody belongs to it or administers it. */
  'administration:removeUnit': method('administrator', z.strictObject({ unitId: Id }), Nothing),
} as const;
