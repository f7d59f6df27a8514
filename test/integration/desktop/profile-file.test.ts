// The file that keeps the first window's browser profile, on a real disk.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { openProfileFile } from '../../../src-main/hosts/desktop/profile-file.ts';

const clock = new VirtualClock(1_800_000_000_000);
const trust = { value: 'series:7', expiresAtMs: 1_900_000_000_000 };
let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twofold-profile-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('starts empty, and gives back after a restart what was kept last', async () => {
  const first = await openProfileFile(home, clock);
  expect(first.kept).toEqual({});
  first.keep({ trust: { ...trust, value: 'series:6' } });
  first.keep({ trust });
  await first.flush();
  expect((await openProfileFile(home, clock)).kept).toEqual({ trust });
});

it('is readable for its owner alone', async () => {
  const file = await openProfileFile(home, clock);
  file.keep({ trust });
  await file.flush();
  expect(statSync(join(home, 'browser-profile.json')).mode & 0o777).toBe(0o600);
});

it.each([
  '',
  '{',
  '[]',
  '{"version":1,"trust":{"value":7}}',
  '{"version":1,"session":{"value":"x","expiresAtMs":1}}',
])('sets a damaged file aside and goes on untrusted: %j', async (content) => {
  writeFileSync(join(home, 'browser-profile.json'), content);
  expect((await openProfileFile(home, clock)).kept).toEqual({});
  const aside = readdirSync(home).filter((name) => name.includes('.corrupt-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(home, aside[0] ?? ''), 'utf8')).toBe(content);
});
