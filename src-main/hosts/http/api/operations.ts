// The interface for other programs: every operation with its path, scope, what it takes and what it answers. The document
// that describes it is made from this table, and each request is answered by it.
import { z } from 'zod';
import {
  type ApiScope,
  DisplayName,
  Id,
  Password,
  Person,
  RollOutPoint,
  TypedCode,
  UserCounts,
  UserFilter,
  UserName,
  UserRow,
  UserSort,
} from '../../../../src-shared/contract/index.ts';
import {
  type Program,
  type ProgramOperation,
  type Programs,
  programScopes,
} from '../../../console/programs.ts';

const text = (maxLength: number) => z.string().max(maxLength);
const TimeMs = z.number().int();
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Of the interface, as the document says it. */
export const API_VERSION = '1.0.0';

export const Problem = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string() }),
});

const ListedUsers = z.strictObject({
  matching: z.number().int(),
  counts: UserCounts,
  users: z.array(UserRow),
});
const NewUser = z.strictObject({
  userName: UserName,
  displayName: DisplayName,
  unitId: Id.nullable().default(null),
});
const AddedUser = z.strictObject({ user: UserRow, oneTimePassword: z.string(), expiresAtMs: TimeMs });
const RollOut = z.strictObject({
  twoFactorOn: z.boolean(),
  turnedOnAtMs: TimeMs.nullable(),
  deadlineMs: TimeMs.nullable(),
  people: z.number().int(),
  setUp: z.number().int(),
  pending: z.number().int(),
  curve: z.array(RollOutPoint),
});
const TwoFactorSwitch = z.strictObject({ on: z.boolean() });
const TwoFactorState = z.strictObject({ twoFactorOn: z.boolean() });
const Code = z.strictObject({ code: TypedCode });
const Accepted = z.strictObject({ accepted: z.literal(true) });
const Credentials = z.strictObject({ userName: text(200), password: Password });
const SignedIn = z.strictObject({ user: Person });

/** The parts of the document that have a name. */
export const namedSchemas = {
  Error: Problem,
  User: UserRow,
  ListedUsers,
  NewUser,
  AddedUser,
  RollOut,
  TwoFactorSwitch,
  TwoFactorState,
  Code,
  Accepted,
  Credentials,
  SignedIn,
} as const;

const UsersQuery = z.strictObject({
  search: text(200).default(''),
  filter: UserFilter.default('all'),
  unitId: Id.optional(),
  sort: UserSort.default('user-name'),
  descending: z.enum(['true', 'false']).default('false'),
  offset: whole(0, 10_000_000).default(0),
  limit: whole(1, 500).default(100),
});
const NoQuery = z.strictObject({});
const OfUser = z.strictObject({ id: Id });
const NoParameters = z.strictObject({});
/** Of requests without a body. */
export const NoBody = z.undefined();

type Schemas<P, Q, B, A> = { readonly path: P; readonly query: Q; readonly body: B; readonly answer: A };
type Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly parameters: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};

interface Words {
  readonly id: ProgramOperation;
  readonly method: 'GET' | 'POST';
  /** Below /api/v1; `{id}` stands for the id of a user. */
  readonly at: string;
  readonly status: 200 | 201;
  readonly summary: string;
  readonly description: string;
  /** Refusals beside those that every operation has: what they mean here, by status. */
  readonly refusals: Readonly<Record<number, string>>;
}

/** A request as it came: read, and not looked at yet. */
export interface RawInput {
  readonly parameters: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Operation extends Words {
  readonly scope: ApiScope;
  readonly schemas: Schemas<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;
  /** Parses, does it, and answers what the document says. Throws ZodError for input that does not fit. */
  readonly run: (programs: Programs, program: Program, input: RawInput) => Promise<unknown>;
}

function operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
  words: Words,
  schemas: Schemas<P, Q, B, A>,
  call: (programs: Programs, program: Program, input: Parsed<P, Q, B>) => Promise<z.input<A>>,
): Operation {
  return {
    ...words,
    scope: programScopes[words.id],
    schemas,
    run: async (programs, program, input) => {
      const answer = await call(programs, program, {
        parameters: schemas.path.parse(input.parameters),
        query: schemas.query.parse(input.query),
        body: schemas.body.parse(input.body),
      });
      const checked = schemas.answer.safeParse(answer);
      if (!checked.success) throw new Error('The answer is not what the document says.');
      return checked.data;
    },
  };
}

const noSuchUser = { 404: 'There is no such user.' };

export const operations: readonly Operation[] = [
  operation(
    {
      id: 'users',
      method: 'GET',
      at: '/users',
      status: 200,
      summary: 'List users',
      description:
        'A page of the users that match, with their state of two-factor authentication. `counts` is over everyone, ' +
        '`matching` over those that match, `users` the page.',
      refusals: {},
    },
    { path: NoParameters, query: UsersQuery, body: NoBody, answer: ListedUsers },
    (programs, program, { query: { unitId, descending, ...query } }) =>
      programs.users(program, { ...query, unitId: unitId ?? null, descending: descending === 'true' }),
  ),
  operation(
    {
      id: 'addUser',
      method: 'POST',
      at: '/users',
      status: 201,
      summary: 'Add a user',
      description:
        'Adds a user, never an administrator. The one-time password is answered this once; the user changes it at the ' +
        'first sign-in.',
      refusals: { 404: 'There is no such unit.', 409: 'Somebody has that user name.' },
    },
    { path: NoParameters, query: NoQuery, body: NewUser, answer: AddedUser },
    (programs, program, { body }) => programs.addUser(program, body),
  ),
  operation(
    {
      id: 'user',
      method: 'GET',
      at: '/users/{id}',
      status: 200,
      summary: 'Read one user',
      description: 'One user, with the state of two-factor authentication in `factor`.',
      refusals: noSuchUser,
    },
    { path: OfUser, query: NoQuery, body: NoBody, answer: UserRow },
    (programs, program, { parameters: { id } }) => programs.user(program, id),
  ),
  operation(
    {
      id: 'resetFactor',
      method: 'POST',
      at: '/users/{id}/reset-factor',
      status: 200,
      summary: 'Reset two-factor authentication of a user',
      description:
        'The user sets it up again at the next sign-in. Ends the user’s sessions and the trust of all browsers.',
      refusals: noSuchUser,
    },
    { path: OfUser, query: NoQuery, body: NoBody, answer: UserRow },
    (programs, program, { parameters: { id } }) => programs.resetFactor(program, id),
  ),
  operation(
    {
      id: 'verifyCode',
      method: 'POST',
      at: '/users/{id}/verify-code',
      status: 200,
      summary: 'Verify a code of a user',
      description:
        'Checks a code exactly as a sign-in does: an accepted code is used up and works nowhere else, a wrong one ' +
        'counts towards the lock of the user’s codes.',
      refusals: {
        ...noSuchUser,
        409: 'The user has no two-factor authentication, is deactivated, or too many wrong codes have stopped it.',
      },
    },
    { path: OfUser, query: NoQuery, body: Code, answer: Accepted },
    (programs, program, { parameters: { id }, body: { code } }) => programs.verifyCode(program, id, code),
  ),
  operation(
    {
      id: 'rollOut',
      method: 'GET',
      at: '/roll-out',
      status: 200,
      summary: 'Read the state of the roll-out',
      description:
        'Whether two-factor authentication is on, and how many of the active people have set it up, now and over time.',
      refusals: { 409: 'There is no organization yet.' },
    },
    { path: NoParameters, query: NoQuery, body: NoBody, answer: RollOut },
    (programs, program) => programs.rollOut(program),
  ),
  operation(
    {
      id: 'setTwoFactor',
      method: 'POST',
      at: '/two-factor',
      status: 200,
      summary: 'Turn two-factor authentication on or off',
      description:
        'For the whole organization. Live sessions go on until they end; set-ups are kept while it is off. Nothing ' +
        'happens where it is so already.',
      refusals: { 409: 'There is no organization yet.' },
    },
    { path: NoParameters, query: NoQuery, body: TwoFactorSwitch, answer: TwoFactorState },
    (programs, program, { body: { on } }) => programs.setTwoFactor(program, on),
  ),
  operation(
    {
      id: 'signIn',
      method: 'POST',
      at: '/sign-in',
      status: 200,
      summary: 'Sign in with the password alone',
      description:
        'For service accounts. One refusal (403, `sign-in-refused`) for an unknown name, a wrong password, a lock, and a ' +
        'user of whom more than the password is asked; each of them counts as a wrong password. Starts no session.',
      refusals: { 409: 'There is no organization yet.' },
    },
    { path: NoParameters, query: NoQuery, body: Credentials, answer: SignedIn },
    (programs, program, { body }) => programs.signIn(program, body),
  ),
];
