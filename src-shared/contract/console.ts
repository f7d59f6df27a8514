// Contract: the service console as its users meet it — sign-in, set-up, codes, reset, their own account.
import { z } from 'zod';
import { bytes, filledText, Id, method, Nothing, text, TimeMs, TypedCode } from './define.ts';

export const Role = z.enum(['administrator', 'user']);
export type Role = z.infer<typeof Role>;

/** 1 to 64 of letters, digits and . _ - @, compared without case. */
export const UserName = z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u, 'letters, digits and . _ - @');
export const DisplayName = filledText(100);
export const OrganizationName = filledText(80);
/** A password as typed. Length and strength of a new one are rules of the console, not of this schema. */
export const Password = text(1024);

export const Person = z.strictObject({ id: Id, userName: z.string(), displayName: z.string(), role: Role });
export type Person = z.infer<typeof Person>;

/** What a person needs to set an authenticator up. Crosses only during set-up and on the keep-your-secret screen. */
export const SecretSheet = z.strictObject({
  uri: z.string(),
  /** Base32 in groups of four, for typing. */
  groupedSecret: z.string(),
  issuer: z.string(),
  accountName: z.string(),
});
export type SecretSheet = z.infer<typeof SecretSheet>;

/** Told at sign-in (S17): factor changed, right password with wrong code, a stolen trusted browser, and so on. */
export const SignInNotice = z.strictObject({ kind: z.string(), message: z.string(), atMs: TimeMs });
export type SignInNotice = z.infer<typeof SignInNotice>;

/** Where this browser stands with the console. The screen shown follows from it alone. */
export const ConsoleStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-organization') }),
  z.strictObject({ kind: z.literal('signed-out'), organization: z.string() }),
  z.strictObject({
    kind: z.literal('change-password'),
    organization: z.string(),
    person: Person,
    expiresAtMs: TimeMs,
  }),
  z.strictObject({
    kind: z.literal('code'),
    organization: z.string(),
    person: Person,
    expiresAtMs: TimeMs,
    /** 0: the policy lets nobody trust a browser. */
    trustDays: z.number().int(),
    digits: z.number().int(),
    attemptsLeft: z.number().int(),
    /** Break-glass codes were made for this administrator. */
    breakGlass: z.boolean(),
  }),
  /** A break-glass code was used: this sign-in goes on at `effectiveAtMs`, unless somebody cancels it. */
  z.strictObject({
    kind: z.literal('break-glass'),
    organization: z.string(),
    person: Person,
    effectiveAtMs: TimeMs,
  }),
  z.strictObject({
    kind: z.literal('set-up'),
    organization: z.string(),
    person: Person,
    expiresAtMs: TimeMs,
    sheet: SecretSheet,
  }),
  z.strictObject({
    kind: z.literal('keep-secret'),
    organization: z.string(),
    person: Person,
    sheet: SecretSheet,
    /** Where the person came from: a first set-up, or a reset made while signed in. */
    after: z.enum(['set-up', 'reset']),
  }),
  z.strictObject({
    kind: z.literal('signed-in'),
    organization: z.string(),
    person: Person,
    sessionId: Id,
    idleEndsAtMs: TimeMs,
    endsAtMs: TimeMs,
    /** The organization asks for 2FA now. */
    twoFactorOn: z.boolean(),
    /** This person's factor is set up. */
    factorSetUp: z.boolean(),
    /** This browser is trusted for this person until then. */
    trustedUntilMs: TimeMs.nullable(),
    notices: z.array(SignInNotice),
    /** A self-service reset (G12) that waits for the new device's first code. */
    pendingReset: z.strictObject({ sheet: SecretSheet, expiresAtMs: TimeMs }).nullable(),
    /** People without a factor are signed out then, if the roll-out has a deadline. */
    rollOutDeadlineMs: TimeMs.nullable(),
    /** Somebody has used a break-glass code; it takes effect then. Told to every administrator. */
    breakGlassAtMs: TimeMs.nullable(),
  }),
]);
export type ConsoleStep = z.infer<typeof ConsoleStep>;

export const PasswordStrength = z.strictObject({
  /** 0 (guessed at once) to 4 (very strong), as zxcvbn counts. */
  score: z.number().int().min(0).max(4),
  accepted: z.boolean(),
  /** Why it is refused or how to better it; empty when there is nothing to say. */
  advice: z.string(),
});
export type PasswordStrength = z.infer<typeof PasswordStrength>;

export const TrustedBrowser = z.strictObject({
  id: Id,
  name: z.string(),
  firstUsedAtMs: TimeMs,
  lastUsedAtMs: TimeMs,
  expiresAtMs: TimeMs,
  isThisBrowser: z.boolean(),
});
export type TrustedBrowser = z.infer<typeof TrustedBrowser>;

export const MyAccount = z.strictObject({
  person: Person,
  factor: z.strictObject({ addedAtMs: TimeMs, lastUsedAtMs: TimeMs.nullable() }).nullable(),
  /** When this user last proved that the kept secret works. */
  backupProvenAtMs: TimeMs.nullable(),
  /** Null where the policy has none. */
  recoveryCodes: z.strictObject({ left: z.number().int(), madeAtMs: TimeMs.nullable() }).nullable(),
  trustedBrowsers: z.array(TrustedBrowser),
  sessions: z.array(
    z.strictObject({
      id: Id,
      browser: z.string(),
      startedAtMs: TimeMs,
      lastUsedAtMs: TimeMs,
      isThisSession: z.boolean(),
    }),
  ),
  recentSignIns: z.array(z.strictObject({ atMs: TimeMs, browser: z.string(), outcome: z.string() })),
});
export type MyAccount = z.infer<typeof MyAccount>;

/** G9–G11: the ways on for somebody whose password was right and whose device is not at hand. */
export const LostDevice = z.strictObject({
  /** G9: sign in from one of these without a code. */
  trustedBrowsers: z.array(z.strictObject({ name: z.string(), lastUsedAtMs: TimeMs })),
  /** G10: the kept secret was proved to work then; null: it may have been kept, nobody knows. */
  backupProvenAtMs: TimeMs.nullable(),
  /** G11: who can reset the factor, by display name; at most five. */
  administrators: z.array(z.string()),
  /** Null where there are none. */
  recoveryCodesLeft: z.number().int().nullable(),
});
export type LostDevice = z.infer<typeof LostDevice>;

const code = { code: TypedCode };
/** A recovery or break-glass code as typed: letters and digits in groups. */
const LongCode = text(64);

export const console = {
  'console:step': method('local', Nothing, ConsoleStep),
  'console:passwordStrength': method(
    'local',
    z.strictObject({ password: Password, about: z.array(text(100)).max(8) }),
    PasswordStrength,
  ),
  'console:createOrganization': method(
    'local',
    z.strictObject({
      organization: OrganizationName,
      displayName: DisplayName,
      userName: UserName,
      password: Password,
    }),
    ConsoleStep,
  ),
  /** Six users and a service account with one-time passwords, shown this once. */
  'console:createSample': method(
    'local',
    Nothing,
    z.strictObject({
      organization: z.string(),
      people: z.array(
        z.strictObject({
          displayName: z.string(),
          userName: z.string(),
          role: Role,
          isServiceAccount: z.boolean(),
          oneTimePassword: z.string(),
        }),
      ),
    }),
  ),
  'console:signIn': method('local', z.strictObject({ userName: text(200), password: Password }), ConsoleStep),
  'console:changePassword': method('local', z.strictObject({ newPassword: Password }), ConsoleStep),
  'console:submitCode': method('local', z.strictObject({ ...code, trustBrowser: z.boolean() }), ConsoleStep),
  /**
   * S16: two codes in a row of a device whose clock is off (RFC 4226 section 7.4). The drift is kept, and the sign-in
   * goes on. Throws `code-refused`, `locked-out`, `step-expired`.
   */
  'console:resynchronize': method(
    'local',
    z.strictObject({ first: TypedCode, second: TypedCode, trustBrowser: z.boolean() }),
    ConsoleStep,
  ),
  /** For the code screen's "I can't use my device". */
  'console:lostDevice': method('local', Nothing, LostDevice),
  'console:submitRecoveryCode': method('local', z.strictObject({ code: LongCode }), ConsoleStep),
  /** An administrator's: begins the delay, and after it lets the sign-in set up a new factor. */
  'console:useBreakGlass': method('local', z.strictObject({ code: LongCode }), ConsoleStep),
  'console:confirmSetUp': method('local', z.strictObject(code), ConsoleStep),
  /** The sheet as a file, while set-up or keep-secret shows it. */
  'console:secretFile': method(
    'local',
    z.strictObject({ format: z.enum(['pdf', 'png']) }),
    z.strictObject({ fileName: z.string(), mediaType: z.string(), content: bytes(5_000_000) }),
  ),
  /** Leaves keep-secret; the secret does not cross again. */
  'console:finishSetUp': method('local', Nothing, ConsoleStep),
  /** Gives up a sign-in that has not come to its end. The pending secret is kept for the next try. */
  'console:cancelSignIn': method('local', Nothing, ConsoleStep),
  'console:signOut': method('local', Nothing, ConsoleStep),
  'console:myAccount': method('signed-in', Nothing, MyAccount),
  'console:changeMyPassword': method(
    'signed-in',
    z.strictObject({ currentPassword: Password, newPassword: Password, code: TypedCode.nullable() }),
    ConsoleStep,
  ),
  /** G12: starts the reset with a current code of the old device, which works on until the new one is confirmed. */
  'console:startReset': method('signed-in', z.strictObject(code), ConsoleStep),
  'console:confirmReset': method('signed-in', z.strictObject(code), ConsoleStep),
  'console:cancelReset': method('signed-in', Nothing, ConsoleStep),
  /** Ends one trusted browser, or all with id null; needs a current code (S10). */
  'console:revokeTrustedBrowsers': method(
    'signed-in',
    z.strictObject({ id: Id.nullable(), ...code }),
    MyAccount,
  ),
  /** One session, or all but this one with id null. */
  'console:endMySession': method('signed-in', z.strictObject({ id: Id.nullable() }), MyAccount),
  /** Restore drill: a code of a second authenticator that was set up from the kept secret. */
  'console:proveBackup': method('signed-in', z.strictObject(code), MyAccount),
  /** New recovery codes, shown this once; earlier ones are worth nothing from then on. */
  'console:makeRecoveryCodes': method(
    'signed-in',
    z.strictObject(code),
    z.strictObject({ codes: z.array(z.string()), account: MyAccount }),
  ),
  /** Whoever is signed in with a factor stops a break-glass use with a valid code. */
  'console:cancelBreakGlass': method('signed-in', z.strictObject(code), ConsoleStep),
} as const;

export const consoleEvents = {
  /** The calling browser's step may have changed (signed out elsewhere, expired, reset): ask again. */
  'console:changed': Nothing,
} as const;
