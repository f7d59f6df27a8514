// issue 6: what passes by itself says so to proxies and programs, by status and Retry-After.
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { HttpRefusal, sendEnvelope, sendRefusal } from '../../../src-main/hosts/http/answers.ts';
import type { Envelope, ErrorCode, ErrorDetails } from '../../../src-shared/contract/errors.ts';

async function answerTo(send: (response: Parameters<typeof sendEnvelope>[0]) => void): Promise<Response> {
  const server = createServer((_request, response) => send(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await fetch(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`);
  } finally {
    server.close();
  }
}

const failed = (code: ErrorCode, details?: ErrorDetails): Envelope<never> => ({
  ok: false,
  error: details === undefined ? { code, message: 'Try again.' } : { code, message: 'Try again.', details },
});

test.each([
  ['the database is away', failed('storage-failed', { retryAfterMs: 2_000 }), 503, '2'],
  ['less than a second', failed('storage-failed', { retryAfterMs: 1 }), 503, '1'],
  ['too much at once', failed('not-available', { retryAfterMs: 2_500 }), 503, '3'],
  ['a damaged file, which does not pass', failed('storage-failed', { reason: 'damaged' }), 200, null],
  ['a wrong passphrase', failed('passphrase-refused', { retryAfterMs: 2_000 }), 200, null],
  ['a refused sign-in', failed('sign-in-refused'), 200, null],
  ['a value', { ok: true, value: {} } as const, 200, null],
])('%s', async (_what, envelope, status, retryAfter) => {
  const answer = await answerTo((response) => sendEnvelope(response, envelope, []));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(await answer.json()).toEqual(envelope);
});

test('a refusal of the host itself keeps its status, and says when to try again where it knows', async () => {
  const refusal = new HttpRefusal(429, 'not-available', 'Too much.', { retryAfterMs: 90_000 });
  const answer = await answerTo((response) => sendRefusal(response, refusal));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '90']);
  expect(await answer.json()).toEqual({
    ok: false,
    error: { code: 'not-available', message: 'Too much.', details: { retryAfterMs: 90_000 } },
  });
});
