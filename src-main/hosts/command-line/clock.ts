// `twofold clock`: how far this computer's clock is from real time.
import { ClockStatus } from '../../../src-shared/contract/clock.ts';
import { openPreferences } from '../../app/preferences.ts';
import { ClockMonitor } from '../../clock/monitor.ts';
import { EventHub } from '../../ipc/events.ts';
import { dataFiles } from '../../storage/data-files.ts';
import { type ExitCode, exitCodes, type Surroundings } from './command.ts';
import { defineCommand, JSON_OPTION } from './define-command.ts';

/** Asks the sources of the settings. Throws TwofoldError `storage-failed` where the settings cannot be read. */
export async function checkNow({ home, clock }: Surroundings): Promise<ClockStatus> {
  const preferences = await openPreferences(dataFiles(home).preferences, clock);
  const monitor = new ClockMonitor({
    clock,
    servers: () => preferences.settings.timeServers,
    fallbacks: () => preferences.settings.timeFallbacks,
    events: new EventHub(),
  });
  try {
    return ClockStatus.parse(await monitor.check());
  } finally {
    monitor.dispose();
  }
}

const seconds = (spanMs: number): string => `${(Math.abs(spanMs) / 1000).toFixed(spanMs < 10_000 ? 2 : 0)} s`;

/** What the check found, in sentences. */
export function clockText(status: ClockStatus): string {
  const failed = status.sources.flatMap(({ source, outcome }) =>
    outcome.kind === 'failed' ? [`  ${source}: ${outcome.reason}`] : [],
  );
  if (status.kind === 'not-checked') {
    return [`The clock was not checked. ${status.reason}`, ...failed].join('\n');
  }
  const { offsetMs, uncertaintyMs, source, verdict } = status;
  const direction = offsetMs >= 0 ? 'behind' : 'ahead of';
  const meaning = {
    right: 'Codes from this computer are right.',
    hint: 'Codes still work; set the clock soon.',
    warning: 'Codes from this computer may be refused. Set its clock.',
  }[verdict];
  return (
    `This computer is ${seconds(offsetMs)} ${direction} real time ` +
    `(± ${seconds(uncertaintyMs)}, says ${source}). ${meaning}`
  );
}

const exitCodeFor = (status: ClockStatus): ExitCode => {
  if (status.kind === 'not-checked') return exitCodes.clockNotChecked;
  return status.verdict === 'warning' ? exitCodes.clockOff : exitCodes.done;
};

export const clock = defineCommand({
  usage: ['clock [--json]'],
  about: "Asks the time servers of the settings how far this computer's clock is off.",
  options: JSON_OPTION,
  maxArguments: 0,
  async run({ values }, surroundings) {
    const status = await checkNow(surroundings);
    const text = values.json === true ? JSON.stringify(status, undefined, 2) : clockText(status);
    surroundings.terminal.print(`${text}\n`);
    return exitCodeFor(status);
  },
});
