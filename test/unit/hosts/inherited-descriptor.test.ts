// Command line, passphrase from a file descriptor: found although npm and a newer Node stand in between.
import { describe, expect, test } from 'vitest';
import {
  descriptorPlace,
  type ProcessTable,
} from '../../../src-main/hosts/command-line/inherited-descriptor.ts';

interface Process {
  readonly parent: number;
  readonly command: string;
  readonly open?: Readonly<Record<number, string>>;
}

const table = (processes: Readonly<Record<number, Process>>): ProcessTable => ({
  commandOf: (pid) => processes[pid]?.command ?? null,
  parentOf: (pid) => processes[pid]?.parent ?? null,
  targetOf: (pid, descriptor) => processes[pid]?.open?.[descriptor] ?? null,
  isNodesOwn: (pid, descriptor) => processes[pid]?.open?.[descriptor]?.startsWith('own') ?? false,
});

/** bash → npm → sh → start.mjs under the system's Node → the newer Node, which is us. */
const underNpm = (open: Readonly<Record<number, string>>, above: Process = { parent: 1, command: 'bash' }) =>
  table({
    50: { parent: 40, command: 'node src-main/start.mjs --command-line codes' },
    40: {
      parent: 30,
      command: 'node src-main/start.mjs --command-line codes',
      open: { 3: 'anon_inode:[eventpoll]' },
    },
    30: { parent: 20, command: 'sh -c node src-main/start.mjs --command-line codes' },
    20: { parent: 10, command: 'npm run twofold', open },
    10: above,
  });

describe('descriptorPlace', () => {
  const npm = { pid: 50, isUnderNpm: true };

  test.each(['pipe:[123]', '/tmp/sh-thd.1 (deleted)', '/home/maria/passphrase'])(
    'npm still has %s',
    (target) => {
      expect(descriptorPlace(3, npm, underNpm({ 3: target }))).toEqual({
        kind: 'elsewhere',
        path: '/proc/20/fd/3',
      });
    },
  );

  test.each(['anon_inode:[eventpoll]', 'socket:[5]', '/dev/pts/1', 'own pipe:[8]'])(
    '%s is none of the user’s',
    (target) => {
      expect(descriptorPlace(3, npm, underNpm({ 3: target }))).toEqual({ kind: 'absent' });
    },
  );

  test('the first three come through by themselves', () => {
    expect(descriptorPlace(0, npm, underNpm({ 0: 'pipe:[1]' }))).toEqual({ kind: 'own' });
  });

  test('nothing above npm is looked at', () => {
    const above = { parent: 1, command: 'npm run everything', open: { 3: 'pipe:[9]' } };
    expect(descriptorPlace(3, npm, underNpm({}, above))).toEqual({ kind: 'absent' });
  });

  test('without npm our own launcher is looked at, and nobody else', () => {
    const direct = (command: string) =>
      table({ 50: { parent: 40, command: '' }, 40: { parent: 1, command, open: { 3: 'pipe:[7]' } } });
    const us = { pid: 50, isUnderNpm: false };
    expect(descriptorPlace(3, us, direct('node src-main/start.mjs --command-line'))).toEqual({
      kind: 'elsewhere',
      path: '/proc/40/fd/3',
    });
    expect(descriptorPlace(3, us, direct('node harness.js'))).toEqual({ kind: 'own' });
  });

  test('what Node has open for itself is not the user’s', () => {
    const alone = table({ 50: { parent: 1, command: '', open: { 5: 'own pipe' } } });
    expect(descriptorPlace(5, { pid: 50, isUnderNpm: false }, alone)).toEqual({ kind: 'absent' });
  });
});
