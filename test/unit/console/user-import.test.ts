// Issue 4, import from CSV with preview, per-row errors and an all-or-nothing commit; and the export of the list.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { readCsv } from '../../../src-main/csv/read-csv.ts';
import { unshielded } from '../../../src-main/csv/write-csv.ts';
import type { SavedFile, UserQuery } from '../../../src-shared/contract/index.ts';
import { everybody } from '../../fakes/console-queries.ts';
import { createUnits } from './unit-world.ts';
import { DAY, STEP, type TestBrowser, World, embeddedTest } from './world.ts';

let world: World;
let administrator: TestBrowser;
beforeEach(async () => {
  world = await World.create();
  administrator = await world.createOrganization();
});

const preview = (content: string, browser = administrator) =>
  world.call('administration:previewUserImport', { content }, browser);
const runImport = (content: string, code: string | null = null, browser = administrator) =>
  world.call('administration:importUsers', { content, jobId: 'job-1', code }, browser);
const linesOf = ({ content }: SavedFile): string[][] =>
  readCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content), 20_000).lines.map(({ cells }) =>
    cells.map(unshielded),
  );

/** Does that once, when the next import hashes its first password. */
function whileHashing(work: () => Promise<unknown>): void {
  const hash = world.hasher.hash.bind(world.hasher);
  world.hasher.hash = async (password) => {
    world.hasher.hash = hash;
    await work();
    return hash(password);
  };
}

const FILE =
  'user name,display name,role,unit\r\njonas.frei,Jonas Frei,user,Sales\r\neva.lind,"Lind, Eva",administrator,\r\n';

describe('preview', () => {
  test.each([
    ['with the names of the columns', FILE],
    ['a byte order mark and line feeds alone', `\uFEFF${FILE.replaceAll('\r', '')}`],
    ['semicolons', FILE.replaceAll(/,(?! )/g, ';')],
    ['tabs', FILE.replaceAll(/,(?! )/g, '\t')],
    ['without a first line of names', FILE.slice(FILE.indexOf('\n') + 1)],
    [
      'in another order, with columns that are not ours',
      'Unit;E-Mail;Role;User_Name;Full name\nSales;a@b;User;jonas.frei;Jonas Frei\n;;ADMIN;eva.lind;"Lind, Eva"',
    ],
  ])('%s', async (_what, content) => {
    const { users, newUnits, problems } = await preview(content);
    expect(users.map(({ line: _line, ...user }) => user)).toEqual([
      { userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user', unit: 'Sales', problem: null },
      { userName: 'eva.lind', displayName: 'Lind, Eva', role: 'administrator', unit: '', problem: null },
    ]);
    expect(newUnits).toEqual(['Sales']);
    expect(problems).toBe(0);
  });

  test('user names alone are enough', async () => {
    const { users } = await preview('jonas.frei\neva.lind');
    expect(users.map(({ line, userName, displayName, role }) => [line, userName, displayName, role])).toEqual(
      [
        [1, 'jonas.frei', 'jonas.frei', 'user'],
        [2, 'eva.lind', 'eva.lind', 'user'],
      ],
    );
  });

  test.each([
    ['missing', ',Jonas', 'The user name is missing.'],
    ['taken', 'MARIA.Keller,Somebody', 'Somebody has that user name already.'],
    ['bad characters', 'jonas frei,Jonas', 'letters, digits'],
    ['too long a user name', `${'a'.repeat(65)},Jonas`, 'longer than 64'],
    ['too long a name', `jonas,${'a'.repeat(101)}`, 'longer than 100'],
    ['an unknown role', 'jonas,Jonas,king', 'The role “king” is unknown'],
    ['too long a unit', `jonas,Jonas,user,${'a'.repeat(81)}`, 'longer than 80'],
  ])('per-row error: %s', async (_what, line, problem) => {
    const { users, problems } = await preview(`anna\n${line}\nbert`);
    expect(problems).toBe(1);
    expect(users.map((user) => user.problem === null)).toEqual([true, false, true]);
    expect(users[1]?.line).toBe(2);
    expect(users[1]?.problem).toContain(problem);
  });

  test('per-row error: twice in the file, without case; the first one stands', async () => {
    const { users } = await preview('user name\nJonas\n\njonas\nJONAS');
    expect(users.map(({ line, problem }) => [line, problem])).toEqual([
      [2, null],
      [4, 'The same user name stands in line 2 already.'],
      [5, 'The same user name stands in line 2 already.'],
    ]);
  });

  test('a unit that is there is found however it is written, a new one is made once', async () => {
    await world.call('administration:addUnit', { name: 'Zürich' }, administrator);
    const { users, newUnits } = await preview('a,A,,ZÜRICH\nb,B,,Lab\nc,C,,lab');
    expect(users.map(({ unit }) => unit)).toEqual(['Zürich', 'Lab', 'Lab']);
    expect(newUnits).toEqual(['Lab']);
  });

  test.each([
    ['no column for the user name', 'display name,role\nJonas,user', 'none is named “user name”'],
    ['two columns of one name', 'user name,role,role\na,b,c', 'two columns alike'],
    ['a quote that never closes', 'user name\n"jonas', 'ends within quotes'],
    ['a line of a hundred columns', ','.repeat(200), 'no CSV file'],
    ['nothing but names of columns', 'user name,role', 'no users'],
    ['too many users', 'user\n'.repeat(10_002), 'more than 10,000'],
  ])('refused as a whole: %s', async (_what, content, message) => {
    for (const method of ['administration:previewUserImport', 'administration:importUsers'] as const) {
      const input = {
        content,
        ...(method === 'administration:importUsers' ? { jobId: 'j', code: null } : {}),
      };
      const answer = await world.router(method, input, administrator);
      if (answer.ok) throw new Error('Not refused.');
      expect(answer.error.code).toBe('invalid-input');
      expect(answer.error.message).toContain(message);
    }
  });

  test('writes nothing', async () => {
    const commits = world.store.commits.length;
    await preview(FILE);
    expect(world.store.commits).toHaveLength(commits);
  });

  test('whatever the file holds, it is refused or answered, never a fault (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          minLength: 1,
          unit: fc.oneof(
            fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '=', "'", ' '),
            fc.string({ minLength: 1, maxLength: 1 }),
          ),
        }),
        async (content) => {
          const answer = await world.router('administration:previewUserImport', { content }, administrator);
          if (!answer.ok) expect(answer.error.code).toBe('invalid-input');
          expect(world.faults).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('import', () => {
  test('adds all of them with units, a record each, and one-time passwords that work once', async () => {
    const { added, file } = await runImport(FILE);
    expect(added).toBe(2);
    expect(file).toMatchObject({ mediaType: 'text/csv', fileName: 'one-time-passwords-2026-11-24.csv' });
    const [names, jonas, eva] = linesOf(file);
    expect(names).toEqual(['user name', 'display name', 'role', 'unit', 'one-time password', 'valid until']);
    expect(jonas?.slice(0, 4)).toEqual(['jonas.frei', 'Jonas Frei', 'user', 'Sales']);
    expect(eva?.slice(0, 4)).toEqual(['eva.lind', 'Lind, Eva', 'administrator', '']);
    expect(jonas?.[5]).toBe(new Date(world.clock.nowMs() + 7 * DAY).toISOString());
    expect((await world.signIn(world.browser(), 'eva.lind', eva?.[4])).kind).toBe('change-password');
    const records = await world.audit(administrator);
    expect(records.slice(-4, -1).map(({ event, subject, actor }) => [event, subject, actor])).toEqual([
      ['unit-added', null, 'maria.keller'],
      ['user-added', 'jonas.frei', 'maria.keller'],
      ['user-added', 'eva.lind', 'maria.keller'],
    ]);
    const password = jonas?.[4] ?? 'none';
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await world.stored(), 'S8').not.toContain(password);
    expect(JSON.stringify(records), 'S8').not.toContain(password);
  });

  test('all or nothing: one line with a problem, and nobody is added', async () => {
    const commits = world.store.commits.length;
    const error = await world.refused(
      'administration:importUsers',
      { content: 'anna\nmaria.keller\nb b', jobId: 'j', code: null },
      administrator,
      'conflict',
    );
    expect(error.message).toContain('Line 2');
    expect(error.message).toContain('1 more');
    expect(error.details).toMatchObject({ problems: 2 });
    expect(world.store.commits).toHaveLength(commits);
    expect(world.hasher.hashed, 'nothing is hashed for nothing').toBe(1);
  });

  embeddedTest(
    'all or nothing: in one transaction, also when the disk fails or somebody takes a name meanwhile',
    async () => {
      const before = world.store.commits.length;
      await runImport('a,A,,U1\nb,B,,U2\nc');
      expect(world.store.commits).toHaveLength(before + 1);
      world.store.failsWith = new Error('disk full');
      await world.refused(
        'administration:importUsers',
        { content: 'd\ne', jobId: 'j', code: null },
        administrator,
        'storage-failed',
      );
      world.store.failsWith = null;
      whileHashing(() =>
        world.call(
          'administration:addUser',
          { userName: 'e', displayName: 'E', role: 'user', unitId: null },
          administrator,
        ),
      );
      await world.refused(
        'administration:importUsers',
        { content: 'd\ne', jobId: 'j', code: null },
        administrator,
        'conflict',
      );
      const { users } = await world.call('administration:directory', everybody, administrator);
      expect(users.map(({ userName }) => userName)).toEqual(['a', 'b', 'c', 'e', 'maria.keller']);
    },
  );

  test('S10: asks the own code once, also for new administrators', async () => {
    await world.turnOn(administrator);
    await world.signOut(administrator);
    const device = await world.setUp(administrator, 'maria.keller');
    const input = { content: FILE, jobId: 'j' };
    await world.refused(
      'administration:importUsers',
      { ...input, code: null },
      administrator,
      'code-required',
    );
    await world.refused(
      'administration:importUsers',
      { ...input, code: device.wrongCode() },
      administrator,
      'code-refused',
    );
    const { added } = await runImport(FILE, device.code());
    expect(added).toBe(2);
    world.clock.advance(STEP);
  });

  test('tells how far it is, in at most a hundred steps', async () => {
    const shares: number[] = [];
    world.events.subscribe((event, payload) => {
      if (event === 'administration:progress' && 'jobId' in payload) shares.push(payload.share);
    });
    await runImport(Array.from({ length: 300 }, (_, index) => `u${index}`).join('\n'));
    expect(shares).toHaveLength(100);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(world.hasher.hashed).toBe(301);
  });

  test('an administrator of a unit imports to the own unit alone, and no administrators', async () => {
    world = await World.create();
    const { salesAdministrator } = await createUnits(world);
    const { users, newUnits, problems } = await preview(
      'a\nb,B,user,SALES\nc,C,user,Lab\nd,D,user,New\ne,E,admin',
      salesAdministrator,
    );
    expect(users.map(({ unit, problem }) => [unit, problem !== null])).toEqual([
      ['Sales', false],
      ['Sales', false],
      ['Lab', true],
      ['New', true],
      ['Sales', true],
    ]);
    expect({ newUnits, problems }).toEqual({ newUnits: [], problems: 3 });
    await runImport('a\nb,B,user,SALES', null, salesAdministrator);
    const seen = await world.call('administration:directory', everybody, salesAdministrator);
    expect(seen.matching).toBe(4);
  });

  test('a person who signs in in that browser meanwhile does not finish the import', async () => {
    await world.addUser(administrator, 'second', 'administrator');
    whileHashing(async () => {
      await world.signOut(administrator);
      await world.signIn(administrator, 'second');
    });
    await world.refused(
      'administration:importUsers',
      { content: 'a', jobId: 'j', code: null },
      administrator,
      'not-signed-in',
    );
    await world.refused(
      'administration:importUsers',
      { content: 'maria.keller', jobId: 'j', code: null },
      administrator,
      'conflict',
    );
  });
});

describe('export', () => {
  const query: UserQuery = { search: '', filter: 'all', unitId: null, sort: 'user-name', descending: true };
  const exported = async (more: Partial<UserQuery> = {}) =>
    linesOf(await world.call('administration:exportUsers', { ...query, ...more }, administrator));

  test('holds the users that match, in their order, with the audit’s word and no secret', async () => {
    await runImport('jonas,Jonas Frei,user,Sales\neva,"Eva ""E"" Lind"');
    const lines = await exported();
    expect(lines.map(([userName]) => userName)).toEqual(['user name', 'maria.keller', 'jonas', 'eva']);
    expect(lines[2]?.slice(0, 6)).toEqual(['jonas', 'Jonas Frei', 'user', 'Sales', 'active', 'not-set-up']);
    expect(lines[3]?.[1]).toBe('Eva "E" Lind');
    expect(await exported({ search: 'jonas' })).toHaveLength(2);
    const last = (await world.audit(administrator)).at(-1);
    expect(last).toMatchObject({
      event: 'users-exported',
      actor: 'maria.keller',
      summary: 'The list of users was exported: 1.',
    });
  });

  test('formula injection: what looks like a formula is text in every file that we write', async () => {
    const formula = '=HYPERLINK("http://example.com","x")';
    const { file } = await runImport(`"-minus","${formula.replaceAll('"', '""')}",user,+plus\n@at,@SUM(A1)`);
    const list = await world.call('administration:exportUsers', query, administrator);
    for (const { content } of [file, list]) {
      const { lines } = readCsv(new TextDecoder().decode(content), 100);
      const cells = lines.flatMap((line) => [...line.cells]);
      expect(cells.filter((cell) => /^[=+\-@]/u.test(cell))).toEqual([]);
      expect(cells).toContain(`'${formula}`);
      expect(cells).toContain("'-minus");
      expect(cells).toContain("'+plus");
    }
  });

  test('is an import of the same people elsewhere', async () => {
    await runImport('-minus,=1+1,user,Sales\n@at,Eva,administrator,');
    const file = await world.call('administration:exportUsers', query, administrator);
    const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.content);
    const elsewhere = await World.create();
    const other = await elsewhere.createOrganization();
    const { users } = await elsewhere.call('administration:previewUserImport', { content }, other);
    expect(
      users.map(({ userName, displayName, role, unit, problem }) => [
        userName,
        displayName,
        role,
        unit,
        problem === null,
      ]),
    ).toEqual([
      ['maria.keller', 'Maria Keller', 'administrator', '', false],
      ['@at', 'Eva', 'administrator', '', true],
      ['-minus', '=1+1', 'user', 'Sales', true],
    ]);
  });
});
