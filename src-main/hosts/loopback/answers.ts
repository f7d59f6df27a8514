// The answers of the loopback host: JSON envelopes, and the headers that go with each.
import type { ServerResponse } from 'node:http';
import { type ErrorCode, TwofoldError } from '../../../src-shared/contract/errors.ts';
import { encodeWire } from '../../../src-shared/wire.ts';
import { PAGE_HEADERS } from '../content-security-policy.ts';

/** Of answers that belong to one browser and moment. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'Cache-Control': 'no-store',
};

/** A refusal by the host itself, before the router: an HTTP status and the sentence for the person. */
export class HttpRefusal extends TwofoldError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string) {
    super(code, message);
    this.status = status;
  }
}

/** Sends a value of the contract; `setCookies` as whole Set-Cookie values. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  setCookies: readonly string[] = [],
): void {
  const body = encodeWire(value);
  response.writeHead(status, {
    ...PRIVATE_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(setCookies.length === 0 ? {} : { 'Set-Cookie': [...setCookies] }),
    // Where a request was refused, the rest of it is not worth reading.
    ...(status < 400 ? {} : { Connection: 'close' }),
  });
  response.end(body);
}

/** Sends the refusal as the envelope that every caller knows. */
export const sendRefusal = (response: ServerResponse, { status, code, message }: HttpRefusal): void =>
  sendJson(response, status, { ok: false, error: { code, message } });
