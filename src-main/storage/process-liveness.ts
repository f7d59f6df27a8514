// Whether a process still runs, and whether it is the same one as before.
import { readFileSync } from 'node:fs';
import { systemCode } from './storage-failure.ts';

/** Whether any process has that id now. */
export function processIsAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to another user.
    return systemCode(error) === 'EPERM';
  }
}

/**
 * A mark that differs between two processes that had the same id one after the other: boot and start time on Linux,
 * null where the system does not tell. See proc(5), /proc/[pid]/stat, field 22.
 */
export function processStartMark(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name, may hold spaces and brackets: count from its last bracket.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return startTime === undefined ? null : `${boot}/${startTime}`;
  } catch {
    return null;
  }
}

/** Whether the process that had this id and start mark still runs. */
export const sameProcessIsAlive = (pid: number, startMark: string | null): boolean =>
  processIsAlive(pid) && (startMark === null || (processStartMark(pid) ?? startMark) === startMark);
