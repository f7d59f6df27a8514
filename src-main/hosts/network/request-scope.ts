// What belongs to one request and must be known wherever its work leads: its id for the log, its browser for events.
import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestScope {
  readonly id: string;
  readonly startedAtMs: number;
  /** The browser's own cookie; null before it has one, and for programs. */
  browserId: string | null;
  /** What the client's address is counted under; null where it is not known. */
  client: string | null;
  /** `ok`, or the code of what a call was refused with; null where it did not come to that. */
  outcome: string | null;
}

export const requestScope = new AsyncLocalStorage<RequestScope>();
