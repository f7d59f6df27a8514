// The rehearsal is apart from the user's data: played where Node itself allows no file to be written, no other program to
// be started, and nothing to be read but the program.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { scenarios } from '../../src-main/rehearsal/scenarios.ts';
import { temporaryFolder } from '../unit/storage/temporary-folder.ts';

const project = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Runs a script under Node's permission model. */
const confined = (args: readonly string[], home: string): Promise<{ stdout: string; stderr: string }> =>
  run(
    process.execPath,
    ['--permission', `--allow-fs-read=${project}`, '--allow-addons', '--no-warnings', ...args],
    { env: { ...process.env, HOME: home, TWOFOLD_HOME: home, NODE_OPTIONS: '' } },
  );

test('issue 5: every scenario is played without reading or writing anything real', async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'vault.twofold'), 'the user’s own');
  const { stdout, stderr } = await confined([join(import.meta.dirname, 'rehearsal-player.ts')], home);
  expect([stdout.trim(), stderr]).toEqual([`${scenarios.length} of ${scenarios.length}`, '']);
});

test('issue 5: the same confinement stops whoever reads the user’s folder', async () => {
  const home = temporaryFolder();
  const look = `require('node:fs').readFileSync(${JSON.stringify(join(home, 'vault.twofold'))})`;
  await expect(confined(['-e', look], home)).rejects.toThrow(
    /ERR_ACCESS_DENIED|Access to this API has been restricted/,
  );
});
