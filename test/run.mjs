// `npm test`: everything, in order, up to the first stage that fails; the last line is the count.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../src-main/start/fresh-build.mjs';
import { projectFolder, underNewerNode } from '../src-main/start/node-runtime.mjs';
import { runProgram } from '../src-main/start/run-program.mjs';
import { provideSystem } from './system-packages.mjs';

const results = join(projectFolder, 'test-results');

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const node = (args, options = {}) =>
  runProgram(process.execPath, args, { show: true, cwd: projectFolder, ...options });

const inModules = (path) => join(projectFolder, 'node_modules', path);

/** A stage that passes or fails as one. */
async function single(args) {
  const { exitCode } = await node(args);
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
}

const lint = () =>
  single([inModules('eslint/bin/eslint.js'), '--concurrency', 'auto', '--max-warnings', '0', '.']);
const checkTypes = () => single([inModules('typescript/bin/tsc'), '--noEmit']);

async function buildProgram() {
  const failure = await build();
  if (failure !== null) console.error(failure);
  return { passed: failure === null ? 1 : 0, failed: failure === null ? 0 : 1, skipped: 0 };
}

/** Reads what vitest counted. A run that ended badly without a failed test, or had none, counts as one failure. */
function readCount(file, exitCode) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const passed = report.numPassedTests;
    const skipped = report.numPendingTests + report.numTodoTests;
    const broken = exitCode !== 0 || passed === 0 ? 1 : 0;
    return { passed, failed: Math.max(report.numFailedTests, broken), skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** All tests of one vitest project; `isWaiting`: they wait for other processes most of the time, so one more runs at once. */
const suite =
  (name, { environment, isWaiting = false } = {}) =>
  async () => {
    const file = join(results, `${name}.json`);
    const { exitCode } = await node(
      [
        inModules('vitest/vitest.mjs'),
        ...['run', '--config', 'test/vitest.config.ts', '--project', name],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
        ...(isWaiting ? [`--maxWorkers=${availableParallelism() + 1}`] : []),
      ],
      environment === undefined ? {} : { env: { ...process.env, ...environment } },
    );
    return readCount(file, exitCode);
  };

/** Fast ones first: whoever broke something hears of it soon. */
const everyStage = [
  ['lint', lint],
  ['types', checkTypes],
  ['unit', suite('unit')],
  ['contract', suite('contract')],
  ['security', suite('security')],
  ['database', suite('database')],
  ['integration', suite('integration', { isWaiting: true })],
  ['build', buildProgram],
  ['e2e', suite('e2e', { isWaiting: true })],
];

/** What the database may meet, at length: `--kills N` for how often each kind of action is cut off. */
function testFaults(args) {
  const [option, kills = '500'] = args;
  if ((option !== undefined && option !== '--kills') || !/^[1-9]\d{0,4}$/.test(kills)) {
    console.error('npm run faults takes nothing, or --kills N.');
    return 1;
  }
  return testAll([['faults', suite('faults', { environment: { TWOFOLD_FAULT_KILLS: kills } })]]);
}

/** Runs the stages and answers the exit code. */
async function testAll(stages = everyStage) {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, run] of stages) {
    console.log(`\n=== ${name}`);
    const startedMs = performance.now();
    const count = await run();
    for (const key of Object.keys(total)) total[key] += count[key];
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    console.log(`=== ${name}: ${count.failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
    if (count.failed > 0) break;
  }
  const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`;
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Builds the program, then runs a TypeScript file of the tests with the rest of the command line. */
async function runBuilt(script, args) {
  const { failed } = await buildProgram();
  if (failed > 0) return 1;
  const { exitCode } = await node(['--expose-gc', join(projectFolder, script), ...args]);
  return exitCode;
}

async function main([first, ...rest]) {
  if (first === '--screens') return runBuilt('test/e2e/screens.ts', rest);
  if (first === '--bench') return runBuilt('test/bench/run.ts', rest);
  if (first === '--faults') return provideSystem() ? testFaults(rest) : 1;
  if (first === '--bench-database') {
    return (await node([join(projectFolder, 'test/bench/database/run.ts'), ...rest])).exitCode;
  }
  if (first !== undefined) {
    console.error(
      `There is no ${first}. Without one, all tests run; --screens DIR, --faults [--kills N], --bench [--json FILE] and --bench-database [--help] are the others.`,
    );
    return 1;
  }
  return provideSystem() ? testAll() : 1;
}

process.exitCode =
  (await underNewerNode(fileURLToPath(import.meta.url))) ?? (await main(process.argv.slice(2)));
