// Every host must find the same data.
import { expect, test } from 'vitest';
import { dataFolder } from '../../../src-main/hosts/data-folder.ts';

const homeFolder = '/home/maria';

test.each([
  ['linux', {}, '/home/maria/.config/twofold'],
  ['linux', { XDG_CONFIG_HOME: '/home/maria/settings' }, '/home/maria/settings/twofold'],
  ['darwin', {}, '/home/maria/Library/Application Support/twofold'],
  ['win32', { APPDATA: '/profiles/maria/Roaming' }, '/profiles/maria/Roaming/twofold'],
  ['win32', {}, '/home/maria/AppData/Roaming/twofold'],
  ['linux', { TWOFOLD_HOME: '/media/stick/twofold' }, '/media/stick/twofold'],
  ['linux', { TWOFOLD_HOME: '' }, '/home/maria/.config/twofold'],
] as const)('on %s with %j it is %s', (platform, environment, expected) => {
  expect(dataFolder({ platform, environment, homeFolder })).toBe(expected);
});

test('a relative TWOFOLD_HOME counts from the working folder', () => {
  const folder = dataFolder({ platform: 'linux', environment: { TWOFOLD_HOME: 'data' }, homeFolder });
  expect(folder).toBe(`${process.cwd()}/data`);
});
