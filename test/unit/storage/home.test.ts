// Where data lies: the folder that Electron calls userData.
import { expect, test } from 'vitest';
import { dataFolder } from '../../../src-main/storage/home.ts';

test.each([
  ['linux', {}, '/home/ada', '/home/ada/.config/Twofold'],
  ['linux', { XDG_CONFIG_HOME: '/etc/ada' }, '/home/ada', '/etc/ada/Twofold'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/ada', '/home/ada/.config/Twofold'],
  ['linux', { TWOFOLD_HOME: '/media/stick' }, '/home/ada', '/media/stick'],
  ['linux', { TWOFOLD_HOME: '' }, '/home/ada', '/home/ada/.config/Twofold'],
  ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Twofold'],
  [
    'win32',
    { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' },
    'C:\\Users\\ada',
    'C:\\Users\\ada\\AppData\\Roaming\\Twofold',
  ],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Twofold'],
] as const)('%s with %j', (platform, variables, userFolder, expected) => {
  expect(dataFolder({ platform, variables, userFolder })).toBe(expected);
});
