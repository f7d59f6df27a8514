// issue 6: so many at once, and so many again in a minute, for each address.
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../src-main/clock/virtual-clock.ts';
import { TokenBuckets } from '../../../../src-main/hosts/network/token-buckets.ts';

const START_MS = 1_700_000_000_000;

test('lets a burst through, then says how long to wait, and fills again', () => {
  const clock = new VirtualClock(START_MS);
  const buckets = new TokenBuckets(clock, { burst: 3, perMinute: 6 });
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([null, null, null]);
  expect(buckets.take('a')).toBe(10_000);
  clock.advance(4_000);
  expect(buckets.take('a')).toBe(6_000);
  clock.advance(6_000);
  expect(buckets.take('a')).toBeNull();
  expect(buckets.take('a')).toBe(10_000);
});

test('fills no higher than its burst, however long it was quiet', () => {
  const clock = new VirtualClock(START_MS);
  const buckets = new TokenBuckets(clock, { burst: 2, perMinute: 60 });
  buckets.take('a');
  clock.advance(3_600_000);
  expect([1, 2, 3].map(() => buckets.take('a') === null)).toEqual([true, true, false]);
});

test('one address does not use up what another has', () => {
  const buckets = new TokenBuckets(new VirtualClock(START_MS), { burst: 1, perMinute: 1 });
  expect(buckets.take('a')).toBeNull();
  expect(buckets.take('b')).toBeNull();
  expect(buckets.take('a')).toBe(60_000);
});

test('remembers no more addresses than it may: the one that was quiet for longest leaves', () => {
  const buckets = new TokenBuckets(new VirtualClock(START_MS), { burst: 1, perMinute: 1 }, 2);
  for (const address of ['a', 'b', 'a', 'c']) buckets.take(address);
  expect(buckets.take('a')).not.toBeNull();
  expect(buckets.take('b')).toBeNull();
});
