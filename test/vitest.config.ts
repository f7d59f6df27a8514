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

/** The unit tests of the console that need nothing but its repository. */
const overDatabase = [
  ...[
    'administration',
    'api-keys',
    'audit',
    'audit-keeping',
    'backup-drill',
    'break-glass',
    'bulk',
    'limits',
  ],
  ...[
    'lost-device',
    'notices',
    'recovery-codes',
    'resynchronization',
    'roll-out',
    'sign-in',
    'trusted-browsers',
  ],
  ...['user-import', 'users', 'key-rotation'],
].map((name) => `test/unit/console/${name}.test.ts`);

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
      {
        extends: true as const,
        test: {
          ...project('database', 60_000).test,
          // The rules of the console once more, over a real server.
          include: ['test/database/**/*.test.ts', 'test/faults/**/*.test.ts', ...overDatabase],
          exclude: ['test/faults/synchronous-copy.test.ts'],
          globalSetup: ['test/database/server/global-setup.ts'],
          provide: { faultSize: { restarts: 1, kills: 2, kinds: 6 } },
        },
      },
      {
        extends: true as const,
        test: {
          ...project('faults', 120_000).test,
          include: ['test/faults/**/*.test.ts', 'test/database/two-nodes.test.ts'],
          globalSetup: ['test/database/server/global-setup.ts'],
          provide: {
            faultSize: {
              restarts: 5,
              kills: Number(process.env['TWOFOLD_FAULT_KILLS'] ?? '500'),
              kinds: 100,
            },
          },
        },
      },
      project('e2e', 180_000, ['test/e2e/set-up.ts']),
    ],
  },
});
