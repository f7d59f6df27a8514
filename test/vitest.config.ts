// Test suites, fast ones first. `test/run.mjs` runs them all in order and counts.
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

const project = (name: string, timeoutMs: number, setupFiles: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    setupFiles: ['test/same-examples.ts', ...setupFiles],
    // What is waited for may come late on a busy machine; a test that passes doesn't wait longer.
    expect: { poll: { timeout: 15_000 } },
  },
});

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // As many files at once as there are cores: most tests wait for a disk, a browser or another process.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // Importing electron outside the desktop host would start a download of its binary: refuse it instead.
    alias: { electron: new URL('./fakes/no-electron.ts', import.meta.url).pathname },
    projects: [
      project('unit', 20_000),
      project('contract', 20_000),
      project('security', 120_000),
      project('integration', 300_000),
      project('e2e', 180_000, ['test/e2e/set-up.ts']),
    ],
  },
});
