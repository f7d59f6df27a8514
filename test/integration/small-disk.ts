// A small disk of its own for a test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';

/** A tmpfs, gone after the test. Where this user may not mount one, the test is skipped with that reason. */
export function smallDisk(
  context: TestContext,
  kilobytes: number,
): { folder: string; makeReadOnly: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    rmSync(folder, { recursive: true });
    context.skip(
      `needs to mount a tmpfs: ${error instanceof Error ? (error.message.split('\n')[1] ?? '') : ''}`,
    );
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return { folder, makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', folder]) };
}
