// A call of the contract over HTTP: POST /call/<method> with the input as JSON, from a page of ours.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { decodeWire } from '../../../src-shared/wire.ts';
import { HttpRefusal } from './answers.ts';
import { browserName } from './browser-name.ts';
import { type CookieBrowser, type CookieNaming, createCookieBrowser } from './cookie-browser.ts';
import { readBody } from './read-body.ts';
import type { Refusal } from './request-guard.ts';

const CALL_PATH = '/call/';

/** The method that a request to this target calls, as it was written; null: it is no call. */
export const calledMethod = (target: string): string | null =>
  target.startsWith(CALL_PATH) ? target.slice(CALL_PATH.length).replace('%3A', ':') : null;

export const throwIf = (refusal: Refusal | null): void => {
  if (refusal !== null) throw new HttpRefusal(refusal.status, 'sender-refused', refusal.message);
};

/** The value in the body. Throws HttpRefusal 413 where it is too large, TwofoldError where it is none. */
export async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  if (body === null) throw new HttpRefusal(413, 'invalid-input', 'Not accepted: too large.');
  return decodeWire(body);
}

/** The browser behind a request. */
export function browserOf(
  headers: IncomingHttpHeaders,
  cookies: ReadonlyMap<string, string>,
  naming: CookieNaming,
): CookieBrowser {
  const brands = headers['sec-ch-ua'];
  const name = browserName(headers['user-agent'], typeof brands === 'string' ? brands : undefined);
  return createCookieBrowser(name, naming, cookies);
}

export const nothingHere = (): HttpRefusal =>
  new HttpRefusal(405, 'unknown-method', 'There is nothing here that answers this.');
