// The exact checks against app://twofold.
import { describe, expect, it } from 'vitest';
import { isOwnAddress, isOwnPage, START_PAGE } from '../../../src-main/hosts/own-origin.ts';

describe('isOwnAddress', () => {
  it.each([START_PAGE, 'app://twofold', 'app://twofold/', 'app://twofold/assets/a.js?x#y'])(
    'accepts %s',
    (address) => {
      expect(isOwnAddress(address)).toBe(true);
    },
  );

  it.each([
    '',
    'null',
    'about:blank',
    'app://',
    'app://twofold.example/',
    'app://twofold:80/',
    'app://user@twofold/',
    'app://user:word@twofold/',
    'app://TWOFOLD/',
    'app:twofold/',
    'apps://twofold/',
    'https://twofold/',
    'file:///index.html',
    'blob:app://twofold/4f1c',
    'data:text/html,app://twofold/',
    'https://example.com/?app://twofold/',
  ])('refuses %j', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

describe('isOwnPage', () => {
  it.each([START_PAGE, 'app://twofold/', 'app://twofold/#/console', `${START_PAGE}#/console`])(
    'accepts %s',
    (address) => {
      expect(isOwnPage(address)).toBe(true);
    },
  );

  it.each([
    'app://twofold/assets/a.js',
    'app://twofold/index.html?x=1',
    'app://twofold/index.html/',
    'app://other/index.html',
    'https://twofold/index.html',
  ])('refuses %s', (address) => {
    expect(isOwnPage(address)).toBe(false);
  });
});
