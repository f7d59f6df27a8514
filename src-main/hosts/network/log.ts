// The log of a network host: one line of JSON for each event. Never input, output, cookies, names of users or messages.
import type { Clock } from '../../clock/clock.ts';
import { requestScope } from './request-scope.ts';

export type LogLevel = 'info' | 'warning' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** Writes through `writeLine`, with the time and the id of the request that it belongs to. */
export const createLog =
  (clock: Clock, writeLine: (line: string) => void): Log =>
  (level, event, fields = {}) => {
    const requestId = requestScope.getStore()?.id;
    const at = new Date(clock.nowMs()).toISOString();
    writeLine(
      JSON.stringify({ at, level, event, ...(requestId === undefined ? {} : { requestId }), ...fields }),
    );
  };
