// Finds a file descriptor that the user opened for us although npm stands in between: Node, and so npm, hands on the
// first three alone. On Linux the process that still has it tells where it leads.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Standard input, output and error: these come through. */
const HANDED_ON = 2;
/** From here up: the newer Node, the shell of npm, npm. */
const MOST_ANCESTORS = 6;

/** What may be looked at of other processes; null where it cannot be. */
export interface ProcessTable {
  /** The command line, its parts parted by spaces. */
  readonly commandOf: (pid: number) => string | null;
  readonly parentOf: (pid: number) => number | null;
  /** What an open descriptor leads to: a path, "pipe:[…]", "anon_inode:…". */
  readonly targetOf: (pid: number, descriptor: number) => string | null;
  /** Whether Node opened it for itself: it has both ends of its pipes, and one alone of a pipe of the user's. */
  readonly isNodesOwn: (pid: number, descriptor: number) => boolean;
}

const quietly = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** The access mode of fcntl.h: 1 is O_WRONLY. */
function isForWriting(pid: number, descriptor: string): boolean {
  const info = quietly(() => readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8')) ?? '';
  const flags = Number.parseInt(/^flags:\s+([0-7]+)$/mu.exec(info)?.[1] ?? '0', 8);
  return (flags & 0o3) === 1;
}

/** Linux's /proc (proc(5)). */
export const linuxProcesses: ProcessTable = {
  commandOf: (pid) =>
    quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()),
  parentOf: (pid) =>
    quietly(() => Number(/^PPid:\s+(\d+)$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])),
  targetOf: (pid, descriptor) => quietly(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`)),
  isNodesOwn: (pid, descriptor) => {
    const target = linuxProcesses.targetOf(pid, descriptor);
    if (target?.startsWith('pipe:') !== true) return target?.startsWith('anon_inode:') ?? false;
    const all = quietly(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
    return all.some(
      (other) => linuxProcesses.targetOf(pid, Number(other)) === target && isForWriting(pid, other),
    );
  },
};

/** A pipe or a file; not what Node itself has open under that number, nor a terminal or socket. */
const isReadable = (target: string | null): boolean =>
  target !== null && (target.startsWith('pipe:') || /^\/(?!dev\/(?:pts|tty))/u.test(target));

const startedUs = (command: string): boolean => /\bstart\.mjs\b/u.test(command);
const isNpm = (command: string): boolean => /^npm\b|\bnpm-cli\.js\b|\bnpm\b.*\brun\b/u.test(command);

/** Where a descriptor is read: from itself, or through the process that still has it; `absent`: nobody opened it. */
export type DescriptorPlace =
  | { readonly kind: 'own' }
  | { readonly kind: 'elsewhere'; readonly path: string }
  | { readonly kind: 'absent' };

/**
 * Where to read the descriptor from. Looks only at the processes that started this one for the user: our own launcher
 * and npm. What Node itself has open under that number is never taken for the user's: waiting for it would not end.
 */
export function descriptorPlace(
  descriptor: number,
  { pid, isUnderNpm }: { readonly pid: number; readonly isUnderNpm: boolean },
  table: ProcessTable = linuxProcesses,
): DescriptorPlace {
  if (descriptor <= HANDED_ON) return { kind: 'own' };
  let ancestor = table.parentOf(pid);
  let isLaunched = isUnderNpm;
  for (let steps = 0; ancestor !== null && ancestor > 1 && steps < MOST_ANCESTORS; steps += 1) {
    const command = table.commandOf(ancestor) ?? '';
    const npm = isUnderNpm && isNpm(command);
    isLaunched ||= startedUs(command);
    const couldHaveIt = (npm || startedUs(command)) && !table.isNodesOwn(ancestor, descriptor);
    if (couldHaveIt && isReadable(table.targetOf(ancestor, descriptor))) {
      return { kind: 'elsewhere', path: `/proc/${ancestor}/fd/${descriptor}` };
    }
    if (npm || (!isUnderNpm && !startedUs(command))) break;
    ancestor = table.parentOf(ancestor);
  }
  return isLaunched || table.isNodesOwn(pid, descriptor) ? { kind: 'absent' } : { kind: 'own' };
}
