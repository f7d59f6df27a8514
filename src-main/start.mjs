// `npm start`: builds where needed, then opens the desktop app, or where that cannot be the same app in the browser.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { electronBinary } from './start/electron-binary.mjs';
import { build, isFresh } from './start/fresh-build.mjs';
import { projectFolder, underNewerNode } from './start/node-runtime.mjs';
import { runProgram } from './start/run-program.mjs';

/** Standard output belongs to what is started. */
const tell = (sentence) => console.error(sentence);

/**
 * npm hands a signal on to the shell between it and us, and the shell dies of it without a word to us. So whoever was
 * started by npm ends when that shell is gone, and does not keep the data open unseen.
 */
function endWithNpm() {
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 1000);
  look.unref();
}

/** What Electron says, or how it ends, where this system cannot run it. Its other failures are the app's own. */
const cannotRun = ({ exitCode, signal, error, said }) =>
  error !== null ||
  [126, 127].includes(exitCode) ||
  ['SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS'].includes(signal) ||
  (exitCode !== 0 &&
    /Missing X server|cannot open shared object|SUID sandbox|Failed to initialize|cannot open display/i.test(
      said,
    ));

async function prepareBuild() {
  if (isFresh()) return true;
  tell('Building Twofold. This takes up to a minute, and only after a change.');
  const failure = await build();
  if (failure === null) return true;
  tell(`Twofold could not be built, so nothing was started. The build said:\n${failure}`);
  return false;
}

/** Goes on in this very process as one of the other hosts. */
async function become(entry, args) {
  const path = join(projectFolder, 'out/main', entry);
  process.argv = [process.argv[0] ?? 'node', path, ...args];
  await import(pathToFileURL(path).href);
}

/** True where the desktop app ran; false where this system cannot run it, which was said. */
async function ranDesktop(args) {
  const binary = await electronBinary(tell);
  if ('obstacle' in binary) {
    tell(`There is no desktop window here (${binary.obstacle}), so Twofold opens in your browser.`);
    return false;
  }
  const { ELECTRON_RUN_AS_NODE: _ignored, ...env } = process.env;
  const run = await runProgram(binary.path, [projectFolder, ...args], {
    cwd: projectFolder,
    env,
    showErrors: true,
  });
  if (cannotRun(run)) {
    tell('Electron does not run on this system, so Twofold opens in your browser.');
    return false;
  }
  process.exitCode = run.exitCode;
  return true;
}

async function start(args) {
  const [first, ...rest] = args;
  if (!(await prepareBuild())) {
    process.exitCode = 1;
  } else if (first === '--command-line') {
    await become('cli.js', rest);
  } else if (first === '--loopback') {
    await become('serve.js', rest);
  } else if (!(await ranDesktop(args))) {
    await become('serve.js', args);
  }
}

endWithNpm();
const exitCode = await underNewerNode(fileURLToPath(import.meta.url));
if (exitCode === null) await start(process.argv.slice(2));
else process.exitCode = exitCode;
