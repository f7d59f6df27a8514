// Settings and notices over their file: what an earlier Twofold wrote is read, and gets what was added since.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPreferences } from '../../../src-main/app/preferences.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { Settings } from '../../../src-shared/contract/index.ts';

const clock = new VirtualClock(1_800_000_000_000);
let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twofold-preferences-'));
  path = join(folder, 'preferences.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('without a file the defaults are settings that the contract takes', async () => {
  const { settings } = await openPreferences(path, clock);
  expect(Settings.parse(settings)).toEqual(settings);
});

test('G17: the time until the lock is five minutes where nothing else was chosen', async () => {
  expect((await openPreferences(path, clock)).settings.locksAfterMinutes).toBe(5);
});

test('a file of version 1 keeps what was chosen and gets what was added', async () => {
  const older = {
    version: 1,
    content: {
      settings: { theme: 'dark', timeServers: ['time.example'], timeFallbacks: [] },
      notices: [{ id: 'n-1', atMs: 1, severity: 'info', message: 'A file was set aside.' }],
    },
  };
  await writeFile(path, JSON.stringify(older));
  const preferences = await openPreferences(path, clock);
  expect(preferences.settings).toMatchObject({
    ...older.content.settings,
    density: 'comfortable',
    correctsClock: false,
    protectsContent: true,
    quickCopyKeys: null,
  });
  expect(preferences.notices).toEqual(older.content.notices);
  await preferences.saveSettings({ ...preferences.settings, density: 'compact' });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 2 });
  expect((await openPreferences(path, clock)).settings).toMatchObject({ theme: 'dark', density: 'compact' });
});

test('a file of a later Twofold is left alone', async () => {
  const later = JSON.stringify({ version: 3, content: {} });
  await writeFile(path, later);
  await expect(openPreferences(path, clock)).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await readFile(path, 'utf8')).toBe(later);
});
