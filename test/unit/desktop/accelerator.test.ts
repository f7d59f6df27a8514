// Issue 3, global shortcut: pressed keys become what Electron can register, and read well.
import { describe, expect, it } from 'vitest';
import {
  keyWords,
  type PressedKeys,
  recordKeys,
} from '../../../src-renderer/features/settings/accelerator.ts';

const press = (keys: string, key: string, code: string): PressedKeys => ({
  key,
  code,
  ctrlKey: keys.includes('C'),
  altKey: keys.includes('A'),
  shiftKey: keys.includes('S'),
  metaKey: keys.includes('M'),
});

describe('recordKeys', () => {
  it.each([
    [press('CS', ' ', 'Space'), 'linux', 'Control+Shift+Space'],
    [press('CA', 't', 'KeyT'), 'linux', 'Control+Alt+T'],
    [press('CS', 'T', 'KeyT'), 'win32', 'Control+Shift+T'],
    // A French keyboard: the letter counts, not its place.
    [press('CA', 'a', 'KeyQ'), 'linux', 'Control+Alt+A'],
    // Option has made another sign of it: the place has to do.
    [press('AM', '†', 'KeyT'), 'darwin', 'Alt+Command+T'],
    [press('CS', '!', 'Digit1'), 'linux', 'Control+Shift+1'],
    [press('SM', 'ф', 'KeyA'), 'linux', 'Shift+Super+A'],
    [press('CA', '7', 'Numpad7'), 'linux', 'Control+Alt+num7'],
    [press('CA', ',', 'Comma'), 'linux', 'Control+Alt+,'],
    [press('CA', 'ArrowUp', 'ArrowUp'), 'linux', 'Control+Alt+Up'],
    [press('CA', 'Enter', 'Enter'), 'linux', 'Control+Alt+Return'],
    [press('C', 'F9', 'F9'), 'linux', 'Control+F9'],
    [press('CASM', 'F24', 'F24'), 'linux', 'Control+Alt+Shift+Super+F24'],
  ])('%o on %s', (pressed, platform, accelerator) => {
    expect(recordKeys(pressed, platform)).toEqual({ kind: 'keys', accelerator });
  });

  it.each([
    ['', 'a', 'KeyA'],
    ['C', 'c', 'KeyC'],
    ['S', 'A', 'KeyA'],
    ['M', 'v', 'KeyV'],
    ['', 'F5', 'F5'],
    ['S', 'F5', 'F5'],
    ['A', ' ', 'Space'],
  ])('leaves other programs their keys: %s %s', (keys, key, code) => {
    const recorded = recordKeys(press(keys, key, code), 'linux');
    expect(recorded.kind === 'refused' ? recorded.reason : recorded).toMatch(
      /^Hold two keys like Ctrl and Alt/,
    );
  });

  it.each([['Control'], ['Shift'], ['Alt'], ['AltGraph'], ['Meta'], ['Dead'], ['CapsLock']])(
    'waits for a key after %s',
    (key) => {
      expect(recordKeys(press('CS', key, ''), 'linux')).toEqual({ kind: 'incomplete' });
    },
  );

  it.each([
    ['MediaPlayPause', 'MediaPlayPause'],
    ['Unidentified', ''],
    ['ä', 'IntlBackslash'],
    ['F25', 'F25'],
  ])('refuses %s', (key, code) => {
    expect(recordKeys(press('CA', key, code), 'linux')).toMatchObject({ kind: 'refused' });
  });
});

describe('keyWords', () => {
  it.each([
    ['Control+Shift+Space', 'linux', ['Ctrl', 'Shift', 'Space']],
    ['Alt+Command+T', 'darwin', ['Option', 'Command', 'T']],
    ['Control+Alt+num7', 'win32', ['Ctrl', 'Alt', 'Keypad 7']],
    ['Control+Alt+Up', 'linux', ['Ctrl', 'Alt', '↑']],
  ])('%s on %s', (accelerator, platform, words) => {
    expect(keyWords(accelerator, platform)).toEqual(words);
  });
});
