// The answers of the hosts that speak HTTP: JSON envelopes, refusals, and the headers that go with each.
import type { ServerResponse } from 'node:http';
import { type Envelope, type ErrorCode, TwofoldError } from '../../../src-shared/contract/errors.ts';
import { encodeWire } from '../../../src-shared/wire.ts';

/** Of answers that belong to one browser and moment. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = { 'Cache-Control': 'no-store' };

/** A refusal by the host itself, before the router: an HTTP status and the sentence for the person. */
export class HttpRefusal extends TwofoldError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string, details?: { readonly retryAfterMs: number }) {
    super(code, message, details);
    this.status = status;
  }
}

/** The headers of an answer that says when to try again: `Retry-After`, in seconds. */
export const retryHeaders = (retryAfterMs: unknown): Readonly<Record<string, string>> =>
  typeof retryAfterMs === 'number'
    ? { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }
    : {};

interface MoreOfAnswer {
  /** As whole Set-Cookie values. */
  readonly setCookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a value of the contract. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  { setCookies = [], headers = {} }: MoreOfAnswer = {},
): void {
  const body = encodeWire(value);
  response.writeHead(status, {
    ...PRIVATE_HEADERS,
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(setCookies.length === 0 ? {} : { 'Set-Cookie': [...setCookies] }),
    // Where a request was refused, the rest of it is not worth reading.
    ...(status < 400 ? {} : { Connection: 'close' }),
  });
  response.end(body);
}

/** What passes by itself: the database is away, or too much is asked for at once. */
const passing: ReadonlySet<ErrorCode> = new Set(['storage-failed', 'not-available']);

/** Sends what the router answered. What may be tried again by itself says so to proxies and programs too: 503. */
export function sendEnvelope(
  response: ServerResponse,
  envelope: Envelope<unknown>,
  setCookies: readonly string[],
): void {
  const headers =
    !envelope.ok && passing.has(envelope.error.code)
      ? retryHeaders(envelope.error.details?.['retryAfterMs'])
      : {};
  sendJson(response, 'Retry-After' in headers ? 503 : 200, envelope, { setCookies, headers });
}

/** Sends the refusal as the envelope that every caller knows. */
export function sendRefusal(response: ServerResponse, { status, code, message, details }: HttpRefusal): void {
  const error = details === undefined ? { code, message } : { code, message, details };
  sendJson(response, status, { ok: false, error }, { headers: retryHeaders(details?.['retryAfterMs']) });
}
