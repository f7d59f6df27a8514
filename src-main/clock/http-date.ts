// Asks an HTTPS server for the time, by its Date header: where no NTP server can be reached.
import type { SourceOutcome } from './drift.ts';
import type { QuerySource } from './sntp.ts';

const TIMEOUT_MS = 5_000;
/** The header counts whole seconds (RFC 9110 §5.6.7): on average the true time is half a second later. */
const HALF_SECOND_MS = 500;
const HEADER_UNCERTAINTY_MS = 1_000;
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

const failed = (reason: string): SourceOutcome => ({ kind: 'failed', reason });

/** A plain http answer could come from anybody on the way; on this computer it cannot. */
function isAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.includes(hostname));
}

/** Sends one HEAD request and waits at most `timeoutMs`, by default 5 s. The answer is right to ±1 s and half the round trip. */
export const queryHttpDate: QuerySource = async (address, { clock, timeoutMs = TIMEOUT_MS }) => {
  if (!isAllowed(address)) return failed('the address must begin with https://');
  const abort = new AbortController();
  const cancelTimeout = clock.after(timeoutMs, () => abort.abort());
  try {
    const sentAtMs = clock.nowMs();
    const sentAtMonotonicMs = clock.monotonicMs();
    const response = await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      cache: 'no-store',
      signal: abort.signal,
    });
    const delayMs = clock.monotonicMs() - sentAtMonotonicMs;
    if (response.headers.has('age')) return failed('the answer was an old one, out of a cache');
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(serverMs)) return failed('the answer holds no date');
    const offsetMs = serverMs + HALF_SECOND_MS - (sentAtMs + delayMs / 2);
    return { kind: 'answered', offsetMs, uncertaintyMs: HEADER_UNCERTAINTY_MS + delayMs / 2, delayMs };
  } catch {
    return failed(
      abort.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : 'the server cannot be reached',
    );
  } finally {
    cancelTimeout();
  }
};
