// Answers other programs over HTTP: by API key alone, as JSON, and no browser.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type ErrorCode, TwofoldError } from '../../../../src-shared/contract/errors.ts';
import { decodeWire } from '../../../../src-shared/wire.ts';
import type { Clock } from '../../../clock/clock.ts';
import type { Programs } from '../../../console/programs.ts';
import { HttpRefusal, PRIVATE_HEADERS, retryHeaders } from '../answers.ts';
import { readBody } from '../read-body.ts';
import { openApiDocument } from './openapi.ts';
import { NoBody, type Operation, operations } from './operations.ts';

export const API_PATH = '/api/v1';
const MAX_BODY_BYTES = 16_384;

export interface ProgramDoor {
  readonly programs: Programs;
  readonly clock: Clock;
  readonly onFault: (where: string, error: unknown) => void;
  /** Where the public reaches it; absent: on this machine alone. */
  readonly origin?: string;
}

interface Reply {
  readonly status: number;
  readonly value: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whether a request to this path is a program's. */
export const isForPrograms = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** The status of each refusal; of those that are not here, the fault is ours. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'invalid-input': 422,
  'code-refused': 422,
  'not-signed-in': 401,
  'not-permitted': 403,
  'sign-in-refused': 403,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  'locked-out': 429,
  'key-needed': 503,
  'key-unavailable': 503,
  'not-available': 503,
  'storage-failed': 503,
};

/** Browsers are refused whatever they show: a page must not act by a key that it has got hold of. */
function requireNoBrowser(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  if (headers.origin === undefined && (site === undefined || site === 'none')) return;
  throw new HttpRefusal(403, 'sender-refused', 'This is for programs. Requests of web pages are refused.');
}

/** The key of `Authorization: Bearer …`; null where there is none. */
const keyOf = ({ authorization }: IncomingHttpHeaders): string | null =>
  /^Bearer +(\S{1,200}) *$/i.exec(authorization ?? '')?.[1] ?? null;

interface Found {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The operation of that method and path; a refusal with 404 or 405 where there is none. */
function find(method: string, path: string): Found {
  const parts = path.split('/');
  const fitting = operations.flatMap((operation): Found[] => {
    const pattern = operation.at.split('/');
    if (pattern.length !== parts.length) return [];
    const id = parts[pattern.indexOf('{id}')];
    const isFitting = pattern.every((part, index) => part === '{id}' || part === parts[index]);
    return isFitting ? [{ operation, parameters: id === undefined ? {} : { id } }] : [];
  });
  const found = fitting.find(({ operation }) => operation.method === method);
  if (found !== undefined) return found;
  throw fitting.length === 0
    ? new HttpRefusal(404, 'unknown-method', `There is nothing here. See ${API_PATH}/openapi.json.`)
    : new HttpRefusal(405, 'unknown-method', `This takes another method. See ${API_PATH}/openapi.json.`);
}

async function bodyOf(request: IncomingMessage, { schemas }: Operation): Promise<unknown> {
  if (schemas.body === NoBody) return undefined;
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new HttpRefusal(415, 'invalid-input', 'This takes JSON: send Content-Type: application/json.');
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) throw new HttpRefusal(413, 'invalid-input', 'Not accepted: too large.');
  return decodeWire(body);
}

/** Each parameter once: of two with one name nobody knows which counts. */
function queryOf(search: URLSearchParams): Record<string, string> {
  if (new Set(search.keys()).size !== [...search.keys()].length) {
    throw new HttpRefusal(422, 'invalid-input', 'Not accepted: a parameter stands there twice.');
  }
  return Object.fromEntries(search);
}

/** Where the input is wrong, by path and rule, never by value. */
const describeIssues = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.join('.').slice(0, 60) || 'input'}: ${code.replaceAll('_', ' ')}`)
    .join('; ');

async function answer(
  { programs, origin }: ProgramDoor,
  request: IncomingMessage,
  { pathname, searchParams }: URL,
): Promise<Reply> {
  requireNoBrowser(request.headers);
  if (!pathname.startsWith(`${API_PATH}/`)) {
    throw new HttpRefusal(404, 'unknown-method', `There is nothing here. See ${API_PATH}/openapi.json.`);
  }
  const path = pathname.slice(API_PATH.length);
  if (path === '/openapi.json' && request.method === 'GET')
    return { status: 200, value: openApiDocument(origin) };
  const { operation, parameters } = find(request.method ?? '', path);
  // First of all: whoever shows no key is told nothing of the rest.
  const program = await programs.admit(keyOf(request.headers), operation.id);
  const body = await bodyOf(request, operation);
  const value = await operation.run(programs, program, { parameters, query: queryOf(searchParams), body });
  return { status: operation.status, value };
}

const problem = (status: number, code: string, message: string, headers = {}): Reply => ({
  status,
  value: { error: { code, message } },
  headers,
});

function replyTo({ clock, onFault }: ProgramDoor, error: unknown): Reply {
  if (error instanceof z.ZodError) {
    return problem(422, 'invalid-input', `Not accepted: ${describeIssues(error)}.`);
  }
  if (error instanceof HttpRefusal) return problem(error.status, error.code, error.message);
  const status = error instanceof TwofoldError ? statuses[error.code] : undefined;
  if (!(error instanceof TwofoldError) || status === undefined) {
    onFault('api', error);
    return problem(500, 'internal', 'Something went wrong inside Twofold. Try again.');
  }
  const { code, message, details } = error;
  if (status === 401) return problem(status, code, message, { 'WWW-Authenticate': 'Bearer' });
  if (status === 503) return problem(status, code, message, retryHeaders(details?.['retryAfterMs']));
  if (status !== 429) return problem(status, code, message);
  const untilMs = details?.['retryAtMs'];
  // A factor that was stopped is no matter of time.
  if (typeof untilMs !== 'number') return problem(409, code, message);
  return problem(status, code, message, retryHeaders(untilMs - clock.nowMs()));
}

/** Answers one request below /api. Cookies are not looked at. Rejects where the connection breaks. */
export async function answerProgram(
  door: ProgramDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = URL.parse(request.url ?? '', 'http://127.0.0.1');
  let reply: Reply;
  try {
    if (target === null) throw new HttpRefusal(404, 'unknown-method', 'There is nothing here.');
    reply = await answer(door, request, target);
  } catch (error) {
    if (request.destroyed && !request.complete) throw error;
    reply = replyTo(door, error);
  }
  const body = JSON.stringify(reply.value);
  response.writeHead(reply.status, {
    ...PRIVATE_HEADERS,
    ...reply.headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    // Where a request was refused, the rest of it is not worth reading.
    ...(reply.status < 400 ? {} : { Connection: 'close' }),
  });
  response.end(body);
}
