// The one-time token of the printed address.
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { LAUNCH_TOKEN_VALID_MS, LaunchTokens } from '../../../src-main/hosts/loopback/launch-tokens.ts';

const start = () => {
  const clock = new VirtualClock(1_700_000_000_000);
  return { clock, tokens: new LaunchTokens(clock) };
};

test('a token of 32 random bytes gives one browser a cookie of its own', () => {
  const { tokens } = start();
  const [one, other] = [tokens.issue(), tokens.issue()];
  expect(Buffer.from(one, 'base64url')).toHaveLength(32);
  const cookies = [tokens.redeem(one), tokens.redeem(other)];
  expect(new Set([...cookies, one, other]).size).toBe(4);
  expect(cookies.map((cookie) => cookie !== null && tokens.isLaunched(cookie))).toEqual([true, true]);
});

test('a token is good once', () => {
  const { tokens } = start();
  const token = tokens.issue();
  expect(tokens.redeem(token)).not.toBeNull();
  expect(tokens.redeem(token)).toBeNull();
});

test('a token is good for five minutes, whatever happens to the wall clock', () => {
  const { clock, tokens } = start();
  const [early, late] = [tokens.issue(), tokens.issue()];
  clock.advance(LAUNCH_TOKEN_VALID_MS - 1);
  clock.setWallClock(0);
  expect(tokens.redeem(early)).not.toBeNull();
  clock.advance(1);
  expect(tokens.redeem(late)).toBeNull();
});

test('a forged, empty or cut token opens nothing, and uses nothing up', () => {
  const { tokens } = start();
  const token = tokens.issue();
  expect(['', 'x', token.slice(1), `${token}=`].map((forged) => tokens.redeem(forged))).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(tokens.redeem(token)).not.toBeNull();
});

test('neither a token nor an invented value is a launch cookie', () => {
  const { tokens } = start();
  const token = tokens.issue();
  expect([tokens.isLaunched(token), tokens.isLaunched(''), tokens.isLaunched('x')]).toEqual([
    false,
    false,
    false,
  ]);
});
