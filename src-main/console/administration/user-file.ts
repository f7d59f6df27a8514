// A CSV file of users: which column is which, and what is wrong with each line as far as the file alone can tell. Pure.
import {
  DisplayName,
  MAX_IMPORTED_USERS,
  type Role,
  TwofoldError,
  UserName,
} from '../../../src-shared/contract/index.ts';
import { type CsvLine, readCsv } from '../../csv/read-csv.ts';
import { unshielded } from '../../csv/write-csv.ts';
import { nameKey } from '../directory.ts';

const MAX_USER_NAME = 64;
const MAX_DISPLAY_NAME = 100;
export const MAX_UNIT_NAME = 80;

export interface UserLine {
  /** In the file, from 1. */
  readonly line: number;
  readonly userName: string;
  readonly nameKey: string;
  readonly displayName: string;
  readonly role: Role;
  /** Empty: no unit. */
  readonly unit: string;
  /** Null: nothing is wrong with the line itself. */
  readonly problem: string | null;
}

const columnNames = {
  userName: ['username', 'loginname', 'login', 'account'],
  displayName: ['displayname', 'fullname', 'name'],
  role: ['role'],
  unit: ['unit', 'department', 'team'],
} as const;
type Column = keyof typeof columnNames;

/** Without a first line of names the columns stand in this order. */
const order: readonly Column[] = ['userName', 'displayName', 'role', 'unit'];

const roles = new Map<string, Role>([
  ['', 'user'],
  ['user', 'user'],
  ['administrator', 'administrator'],
  ['admin', 'administrator'],
]);

const columnOf = (cell: string): Column | null => {
  const name = cell.toLowerCase().replaceAll(/[\s_-]/gu, '');
  return order.find((column) => columnNames[column].some((known) => known === name)) ?? null;
};

const notAFile = (message: string): TwofoldError =>
  new TwofoldError('invalid-input', `${message} Nothing was imported.`, { reason: 'user-file' });

/** Which column is which, and the lines of users. Columns of other names are passed over. */
function layoutOf(lines: readonly CsvLine[]): {
  columns: readonly (Column | null)[];
  rows: readonly CsvLine[];
} {
  const [first, ...rest] = lines;
  const named = first?.cells.map(columnOf) ?? [];
  const isHeader =
    named.includes('userName') || (named.length > 0 && named.every((column) => column !== null));
  if (!isHeader) return { columns: order, rows: lines };
  if (!named.includes('userName')) {
    throw notAFile('The first line names the columns, but none is named “user name”. Name that column.');
  }
  const double = named.find((column, index) => column !== null && named.indexOf(column) !== index);
  if (double !== undefined && double !== null) {
    throw notAFile('The first line names two columns alike. Remove one of them.');
  }
  return { columns: named, rows: rest };
}

function lineProblem(userName: string, displayName: string, role: string, unit: string): string | null {
  if (userName === '') return 'The user name is missing.';
  if (userName.length > MAX_USER_NAME) return `The user name is longer than ${MAX_USER_NAME} characters.`;
  if (!UserName.safeParse(userName).success)
    return 'The user name may hold letters, digits and . _ - @ alone.';
  if (displayName.length > MAX_DISPLAY_NAME) return `The name is longer than ${MAX_DISPLAY_NAME} characters.`;
  if (!DisplayName.safeParse(displayName).success) return 'The name holds characters that cannot be shown.';
  if (!roles.has(role.toLowerCase()))
    return `The role “${role.slice(0, 40)}” is unknown. Use user or administrator.`;
  if (unit.length > MAX_UNIT_NAME) return `The unit’s name is longer than ${MAX_UNIT_NAME} characters.`;
  return null;
}

/**
 * The users of the file, in its order; a second line with the same user name is a problem of that line. Throws
 * TwofoldError `invalid-input` for what is no CSV file of users.
 */
export function readUserFile(content: string): readonly UserLine[] {
  // One line for the names of the columns.
  const { lines, end } = readCsv(content, MAX_IMPORTED_USERS + 1);
  if (end === 'damaged')
    throw notAFile('This is no CSV file of users: a line has too many columns or too long a text.');
  if (end === 'open-quote')
    throw notAFile('The file ends within quotes. It may have been cut off; save it again.');
  const { columns, rows } = layoutOf(lines);
  if (end === 'too-many-lines' || rows.length > MAX_IMPORTED_USERS) {
    throw notAFile(
      `The file has more than ${MAX_IMPORTED_USERS.toLocaleString('en')} users. Split it into several.`,
    );
  }
  if (rows.length === 0) throw notAFile('The file has no users in it.');
  const firstLines = new Map<string, number>();
  return rows.map(({ line, cells }) => {
    const cell = (column: Column): string => unshielded(cells[columns.indexOf(column)] ?? '').trim();
    const userName = cell('userName').normalize('NFC');
    const displayName = cell('displayName') || userName;
    const role = cell('role');
    const unit = cell('unit');
    const key = nameKey(userName);
    const before = firstLines.get(key);
    const own = lineProblem(userName, displayName, role, unit);
    if (own === null && before === undefined) firstLines.set(key, line);
    const twice = before === undefined ? null : `The same user name stands in line ${before} already.`;
    return {
      line,
      userName,
      nameKey: key,
      displayName,
      role: roles.get(role.toLowerCase()) ?? 'user',
      unit,
      problem: own ?? twice,
    };
  });
}
