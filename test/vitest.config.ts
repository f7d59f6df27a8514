// Test suites, fast ones first. `test/run.mjs` runs them all in order and counts.
import { defineConfig } from 'vitest/config';

const project = (name: string, timeoutMs: number) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeoutMs, hookTimeout: timeoutMs },
});

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // As many files at once as there are cores: most tests wait for a disk, a browser or another process.
    maxWorkers: '100%',
    // Importing electron outside the desktop host would start a download of its binary: refuse it instead.
    alias: { electron: new URL('./fakes/no-electron.ts', import.meta.url).pathname },
    projects: [
      project('unit', 20_000),
      project('contract', 20_000),
      project('security', 120_000),
      project('integration', 300_000),
      project('e2e', 180_000),
    ],
  },
});
