// NTP packets: the arithmetic of RFC 5905 §8, and each hostile packet refused with its reason (RFC 4330 §5).
import { expect, test } from 'vitest';
import { ntpRequest, ntpTimestamp, readNtpReply } from '../../../src-main/clock/ntp-packet.ts';
import { rightAnswer } from '../../fakes/ntp-server.ts';

const NONCE = Buffer.from('0123456789abcdef', 'hex');
const SENT_AT_MS = Date.UTC(2026, 5, 1);

const read = (packet: Buffer, roundTripMs = 40, sentAtMs = SENT_AT_MS) =>
  readNtpReply(packet, { nonce: NONCE, sentAtMs, roundTripMs });

const answer = (timeMs: number) => rightAnswer(ntpRequest(NONCE), timeMs);

/** A right answer with some bytes changed. */
const changed = (change: (packet: Buffer) => void): Buffer => {
  const packet = answer(SENT_AT_MS);
  change(packet);
  return packet;
};

test('the request holds version 4, client mode and the random number, nothing else', () => {
  const request = ntpRequest(NONCE);
  expect(request.toString('hex')).toBe(`23${'00'.repeat(39)}0123456789abcdef`);
});

test.each([0, 1_500, -1_500, 90_000, -90_000, 3 * 365 * 86_400_000])(
  'a server %d ms off shows just that',
  (offMs) => {
    // Half-way through the round trip of 40 ms.
    const reply = read(answer(SENT_AT_MS + 20 + offMs));
    expect(reply.kind).toBe('usable');
    if (reply.kind !== 'usable') return;
    expect(reply.outcome.offsetMs).toBeCloseTo(offMs, 2);
    expect(reply.outcome.delayMs).toBe(40);
    // Half the round trip, half the root delay, the root dispersion.
    expect(reply.outcome.uncertaintyMs).toBeCloseTo(20 + 5 + 5, 1);
  },
);

test('the time that the server held the question is not part of the delay', () => {
  const packet = answer(SENT_AT_MS + 10);
  packet.writeBigUInt64BE(ntpTimestamp(SENT_AT_MS + 30), 40);
  const reply = read(packet);
  expect(reply.kind).toBe('usable');
  if (reply.kind !== 'usable') return;
  expect(reply.outcome.delayMs).toBeCloseTo(20, 2);
  expect(reply.outcome.offsetMs).toBeCloseTo(0, 2);
});

test('timestamps wrap in 2036, and offsets across the change of era are right', () => {
  const beforeMs = Date.UTC(2036, 1, 7, 6, 28, 10);
  expect(ntpTimestamp(beforeMs) >> 32n).toBe(2n ** 32n - 6n);
  const reply = read(answer(beforeMs + 20 + 10_000), 40, beforeMs);
  expect(reply.kind).toBe('usable');
  if (reply.kind === 'usable') expect(reply.outcome.offsetMs).toBeCloseTo(10_000, 2);
});

test.each([
  ['a short packet', answer(SENT_AT_MS).subarray(0, 47), 'foreign', 'the reply is cut short'],
  ['an empty packet', Buffer.alloc(0), 'foreign', 'the reply is cut short'],
  [
    'a wrong originate timestamp',
    changed((p) => p.writeUInt8(9, 24)),
    'foreign',
    'the reply belongs to another question',
  ],
  [
    'the mode of a client',
    changed((p) => p.writeUInt8((4 << 3) | 3, 0)),
    'unusable',
    'the reply is not that of a server',
  ],
  [
    'broadcast mode',
    changed((p) => p.writeUInt8((4 << 3) | 5, 0)),
    'unusable',
    'the reply is not that of a server',
  ],
  [
    'version 3',
    changed((p) => p.writeUInt8((3 << 3) | 4, 0)),
    'unusable',
    'the reply has another version of NTP',
  ],
  [
    'stratum 0 with a kiss code',
    changed((p) => {
      p.writeUInt8(0, 1);
      p.write('RATE', 12, 'latin1');
    }),
    'unusable',
    'the server refuses to answer (RATE)',
  ],
  [
    'stratum 0 with markup for a kiss code',
    changed((p) => {
      p.writeUInt8(0, 1);
      p.write('<b>\0', 12, 'latin1');
    }),
    'unusable',
    'the server refuses to answer',
  ],
  ['stratum 16', changed((p) => p.writeUInt8(16, 1)), 'unusable', 'the server does not know the time itself'],
  [
    'leap 3',
    changed((p) => p.writeUInt8((3 << 6) | (4 << 3) | 4, 0)),
    'unusable',
    'the server does not know the time itself',
  ],
  ['a zero transmit timestamp', changed((p) => p.fill(0, 40, 48)), 'unusable', 'the reply holds no time'],
  ['a zero receive timestamp', changed((p) => p.fill(0, 32, 40)), 'unusable', 'the reply holds no time'],
  [
    'a root dispersion of 20 s',
    changed((p) => p.writeUInt32BE(20 << 16, 8)),
    'unusable',
    'the server is too unsure of the time',
  ],
  [
    'a root delay of 1 h',
    changed((p) => p.writeUInt32BE(3600 << 16, 4)),
    'unusable',
    'the server is too unsure of the time',
  ],
  [
    'an answer sent before the question came',
    changed((p) => p.writeBigUInt64BE(ntpTimestamp(SENT_AT_MS - 1_000), 40)),
    'unusable',
    'the times in the reply contradict each other',
  ],
  [
    'a question held for longer than the round trip',
    changed((p) => p.writeBigUInt64BE(ntpTimestamp(SENT_AT_MS + 1_000), 40)),
    'unusable',
    'the times in the reply contradict each other',
  ],
  ['the year 1999', answer(Date.UTC(1999, 0, 1)), 'unusable', 'the server says a time long past'],
])('%s is refused', (_what, packet, kind, reason) => {
  expect(read(packet)).toEqual({ kind, reason });
});
