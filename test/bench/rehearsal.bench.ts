// All scenarios through the command that plays them: how long a team's continuous integration waits for them.
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { rehearse, RehearseOutput } from '../../src-main/hosts/command-line/rehearse.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { MemoryPasswordStore } from '../../src-main/secrets/memory-password-store.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './report.ts';

const ROUNDS = 3;

/** Plays all of them once; throws where one does not go as expected, since it would not have been measured whole. */
async function playAll(): Promise<{ spentMs: number; each: readonly number[] }> {
  const terminal = new FakeTerminal();
  const startMs = performance.now();
  const exitCode = await rehearse.run(['--all', '--json'], {
    terminal,
    clock: systemClock,
    keychain: new MemoryKeyStore(),
    passwords: new MemoryPasswordStore(),
    variables: {},
    openClipboard: () => {
      throw new Error('Nobody copies here.');
    },
    home: '/nowhere',
    version: 'bench',
    pages: '/nowhere',
  });
  const spentMs = performance.now() - startMs;
  if (exitCode !== exitCodes.done) throw new Error(`The rehearsal ended with ${exitCode}. ${terminal.told}`);
  const { scenarios } = RehearseOutput.parse(JSON.parse(terminal.printed));
  return { spentMs, each: scenarios.map((scenario) => scenario.spentMs) };
}

export async function rehearsalBench(): Promise<BenchRow[]> {
  const rounds: Awaited<ReturnType<typeof playAll>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await playAll());
  const count = rounds[0]?.each.length ?? 0;
  return [
    {
      name: `all ${count} scenarios, first time in the process`,
      value: Number(((rounds[0]?.spentMs ?? Number.NaN) / 1000).toFixed(2)),
      unit: 's',
      note: 'aim: under 10 s',
    },
    {
      name: `all ${count} scenarios, median of ${ROUNDS}`,
      value: Number((median(rounds.map(({ spentMs }) => spentMs)) / 1000).toFixed(2)),
      unit: 's',
    },
    {
      name: 'one scenario, median',
      value: median(rounds.flatMap(({ each }) => each)),
      unit: 'ms',
    },
  ];
}
