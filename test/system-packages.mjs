// What the test suite needs of the system: finds what is missing, installs it where it may, or says how to.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Some programs of Debian lie where only root looks. */
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const hasProgram = (...names) =>
  names.some((name) => folders.some((folder) => isExecutable(join(folder, name))));

const succeeds = (program, args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** In a process of its own: a native module that does not fit may take the whole process with it. */
export const keytarLoads = () => succeeds(process.execPath, ['-e', 'require("keytar")']);

const hasHeaders = () => succeeds('pkg-config', ['--exists', 'libsecret-1']);

/** Debian's package, and whether what we need of it is here. Building keytar is needed only where it does not load. */
const needs = [
  {
    package: 'chromium',
    isHere: () => hasProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'),
  },
  { package: 'gnome-keyring', isHere: () => hasProgram('gnome-keyring-daemon') },
  { package: 'dbus', isHere: () => hasProgram('dbus-run-session') && hasProgram('dbus-daemon') },
  { package: 'xvfb', isHere: () => hasProgram('Xvfb') },
  { package: 'openssl', isHere: () => hasProgram('openssl') },
  { package: 'chrony', isHere: () => hasProgram('chronyd') },
  { package: 'poppler-utils', isHere: () => hasProgram('pdftotext') },
  { package: 'oathtool', isHere: () => hasProgram('oathtool') },
  { package: 'zbar-tools', isHere: () => hasProgram('zbarimg') },
  { package: 'xclip', isHere: () => hasProgram('xclip') },
  { package: 'zsh', isHere: () => hasProgram('zsh') },
  { package: 'fish', isHere: () => hasProgram('fish') },
  { package: 'libsecret-1-dev', isHere: () => keytarLoads() || hasHeaders() },
  { package: 'pkg-config', isHere: () => keytarLoads() || hasProgram('pkg-config') },
  { package: 'g++', isHere: () => keytarLoads() || hasProgram('g++', 'c++') },
  { package: 'make', isHere: () => keytarLoads() || hasProgram('make') },
  { package: 'python3', isHere: () => keytarLoads() || hasProgram('python3') },
];

const missingPackages = () => needs.filter(({ isHere }) => !isHere()).map((need) => need.package);

/** The words before apt-get with which it may install without asking, or null where it may not. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return hasProgram('sudo') && succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
}

function aptGet(prefix, args) {
  const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

const install = (prefix, packages) =>
  aptGet(prefix, ['update', '-qq']) &&
  aptGet(prefix, ['install', '-y', '-qq', '--no-install-recommends', ...packages]);

/** Says what to do, and answers false. */
function giveUp(packages) {
  console.error(
    hasProgram('apt-get')
      ? `Before the tests can run, this machine needs:\n\n  sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}\n`
      : `Before the tests can run, this machine needs what Debian calls ${packages.join(', ')}.`,
  );
  return false;
}

/** keytar is optional: npm leaves it out where it cannot be built, so it is put in once it can. */
function provideKeytar() {
  if (keytarLoads()) return true;
  const { version } = require('../package-lock.json').packages['node_modules/keytar'];
  console.log(`Building keytar ${version}, for the tests with a real keychain.`);
  const npm = (args) => spawnSync('npm', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  npm(['install', '--no-save', '--no-audit', '--no-fund', `keytar@${version}`]);
  if (!keytarLoads()) npm(['rebuild', 'keytar']);
  if (keytarLoads()) return true;
  console.error('keytar could not be built, so the tests with a real keychain cannot run. Nothing was run.');
  return false;
}

/** Makes sure that all is here. False, after one message, where it is not. */
export function provideSystem() {
  if (process.platform !== 'linux') {
    console.error('The whole suite needs Linux (Debian or alike): a keychain and a clock server of its own.');
    return false;
  }
  const missing = missingPackages();
  if (missing.length > 0) {
    const prefix = hasProgram('apt-get') ? rootPrefix() : null;
    if (prefix === null) return giveUp(missing);
    console.log(`Installing what the tests need: ${missing.join(' ')}`);
    const installed = install(prefix, missing);
    const still = missingPackages();
    if (!installed || still.length > 0) return giveUp(still.length > 0 ? still : missing);
  }
  return provideKeytar();
}
