// Importing users from a CSV file: a preview with what is wrong in each line, and an all-or-nothing commit.
import { availableParallelism } from 'node:os';
import {
  type ImportedUser,
  type Output,
  type ParsedInput,
  type SavedFile,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { writeCsv } from '../../csv/write-csv.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { nameKey, putNewUser } from '../directory.ts';
import { newOneTimePassword } from '../one-time-password.ts';
import { requireOwnCode } from '../own-code.ts';
import type { User } from '../records.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from '../visit.ts';
import { look, requireAdministrator } from './action.ts';
import { putNewUnit, unitByName } from './units.ts';
import { readUserFile, type UserLine } from './user-file.ts';

/** Hashes that the import has under way at once; a sign-in meanwhile waits for no more than these. */
const HASHES_AT_ONCE = Math.max(1, Math.min(4, availableParallelism()));
/** Progress is told so often, not at each user. */
const PROGRESS_STEPS = 100;

type Preview = Output<'administration:previewUserImport'>;

/** What only the directory knows about a line: whether the name is taken, and what the administrator may do. */
async function directoryProblem(
  { tx }: Visit,
  actor: User,
  line: UserLine,
  unitName: string | null,
): Promise<string | null> {
  if ((await tx.userByName(line.nameKey)) !== null) return 'Somebody has that user name already.';
  if (actor.administersUnitId === null) return null;
  if (line.role === 'administrator') return 'You administer a unit and cannot add administrators.';
  const isOwnUnit = line.unit === '' || (unitName !== null && nameKey(line.unit) === nameKey(unitName));
  return isOwnUnit ? null : 'You can add users to your own unit alone.';
}

interface CheckedFile {
  readonly users: readonly (UserLine & { readonly shown: ImportedUser })[];
  readonly newUnits: readonly string[];
  readonly problems: number;
}

/** The lines with everything that is wrong with them, by the directory as it is now. */
async function checkFile(visit: Visit, actor: User, lines: readonly UserLine[]): Promise<CheckedFile> {
  const own = actor.administersUnitId === null ? null : await visit.tx.unit(actor.administersUnitId);
  const units = new Map((await visit.tx.units()).map((unit) => [unit.nameKey, unit.name]));
  const newUnits = new Map<string, string>();
  const users: CheckedFile['users'][number][] = [];
  for (const line of lines) {
    const problem = line.problem ?? (await directoryProblem(visit, actor, line, own?.name ?? null));
    const key = nameKey(line.unit);
    // However it is written, it is the unit that is there.
    const unit = line.unit === '' ? (own?.name ?? '') : (units.get(key) ?? newUnits.get(key) ?? line.unit);
    if (problem === null && unit !== '' && !units.has(key) && own === null) newUnits.set(key, unit);
    const { userName, displayName, role } = line;
    users.push({ ...line, unit, shown: { line: line.line, userName, displayName, role, unit, problem } });
  }
  const problems = users.filter(({ shown }) => shown.problem !== null).length;
  return { users, newUnits: [...newUnits.values()], problems };
}

/** Looks into the file and writes nothing. Throws `invalid-input` for what is no CSV file of users. */
export const previewUserImport = (
  context: ConsoleContext,
  { content }: { content: string },
  caller: Caller,
): Promise<Preview> => {
  const lines = readUserFile(content);
  return look(context, caller, async (visit, { user: actor }) => {
    const { users, newUnits, problems } = await checkFile(visit, actor, lines);
    return { users: users.map(({ shown }) => shown), newUnits: [...newUnits], problems };
  });
};

function requireNoProblem({ users, problems }: CheckedFile): void {
  const first = users.find(({ shown }) => shown.problem !== null)?.shown;
  if (first === undefined) return;
  const others = problems === 1 ? '' : ` ${(problems - 1).toLocaleString('en')} more have a problem.`;
  throw new TwofoldError(
    'conflict',
    `Line ${first.line} cannot be imported: ${first.problem ?? ''}${others} Nothing was imported; mend the file and try again.`,
    { reason: 'import-problems', problems },
  );
}

interface Newcomer {
  readonly oneTimePassword: string;
  readonly passwordHash: string;
}

/** A one-time password for each, hashed a few at a time. `onShare` hears how far it is, 0 to 1. */
async function makePasswords(
  { hasher, random }: ConsoleContext,
  count: number,
  onShare: (share: number) => void,
): Promise<readonly Newcomer[]> {
  const made: Newcomer[] = [];
  let begun = 0;
  let ended = 0;
  let toldSteps = 0;
  const work = async (): Promise<void> => {
    while (begun < count) {
      const index = begun;
      begun += 1;
      const oneTimePassword = newOneTimePassword(random);
      made[index] = { oneTimePassword, passwordHash: await hasher.hash(oneTimePassword) };
      ended += 1;
      const steps = Math.floor((ended * PROGRESS_STEPS) / count);
      if (steps === toldSteps) continue;
      toldSteps = steps;
      onShare(steps / PROGRESS_STEPS);
    }
  };
  await Promise.all(Array.from({ length: HASHES_AT_ONCE }, work));
  return made;
}

const isoDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** The only place where the one-time passwords stand in clear. */
function passwordFile(
  users: CheckedFile['users'],
  newcomers: readonly Newcomer[],
  nowMs: number,
  validUntilMs: number,
): SavedFile {
  const validUntil = new Date(validUntilMs).toISOString();
  const lines = users.map(({ shown }, index) => [
    shown.userName,
    shown.displayName,
    shown.role,
    shown.unit,
    newcomers[index]?.oneTimePassword ?? '',
    validUntil,
  ]);
  const names = ['user name', 'display name', 'role', 'unit', 'one-time password', 'valid until'];
  return {
    fileName: `one-time-passwords-${isoDay(nowMs)}.csv`,
    mediaType: 'text/csv',
    content: writeCsv([names, ...lines]),
  };
}

/** Adds all of them, whose names were just looked up, with the units that are new; each with its audit record. */
async function addAll(
  visit: Visit,
  actor: User,
  { users, newUnits }: CheckedFile,
  newcomers: readonly Newcomer[],
): Promise<number> {
  for (const name of newUnits) await putNewUnit(visit, actor, name);
  const unitIds = new Map<string, string>();
  const validUntilMs = visit.nowMs + visit.policy.oneTimePasswordMs;
  for (const [index, { shown }] of users.entries()) {
    const unitId = unitIds.get(shown.unit) ?? (await unitByName(visit, shown.unit))?.id ?? null;
    if (unitId !== null) unitIds.set(shown.unit, unitId);
    const user = await putNewUser(visit, {
      userName: shown.userName,
      displayName: shown.displayName,
      role: shown.role,
      unitId,
      isServiceAccount: false,
      passwordHash: newcomers[index]?.passwordHash ?? '',
      oneTimePasswordUntilMs: validUntilMs,
    });
    await audit(visit, {
      event: 'user-added',
      subject: user,
      actor,
      summary: `Added as ${user.role} from a file.`,
    });
  }
  return validUntilMs;
}

/**
 * All or nothing, in one transaction. The administrator's own code is proved before the passwords are hashed, which takes
 * longer than a code lives; afterwards everything is looked at anew, since others may have added users meanwhile. Throws
 * `conflict` when a line has a problem, `code-required` and `code-refused`, `invalid-input` for what is no such file.
 */
export async function importUsers(
  context: ConsoleContext,
  { content, jobId, code }: ParsedInput<'administration:importUsers'>,
  caller: Caller,
): Promise<Output<'administration:importUsers'>> {
  const lines = readUserFile(content);
  const actorId = await visit(context, caller, async (visit) => {
    const { user: actor } = await requireAdministrator(visit);
    requireNoProblem(await checkFile(visit, actor, lines));
    const proved = await requireOwnCode(visit, actor, code, 'import of users');
    return proved instanceof Refusal ? proved : actor.id;
  });
  const newcomers = await makePasswords(context, lines.length, (share) =>
    context.events.emit('administration:progress', { jobId, share }),
  );
  const file = await look(context, caller, async (visit, { user: actor }) => {
    if (actor.id !== actorId) {
      throw new TwofoldError(
        'not-signed-in',
        'Somebody else has signed in in this browser meanwhile. Nothing was imported; sign in and try again.',
      );
    }
    const checked = await checkFile(visit, actor, lines);
    requireNoProblem(checked);
    const validUntilMs = await addAll(visit, actor, checked, newcomers);
    return passwordFile(checked.users, newcomers, visit.nowMs, validUntilMs);
  });
  context.events.emit('console:changed', {});
  return { added: lines.length, file };
}
