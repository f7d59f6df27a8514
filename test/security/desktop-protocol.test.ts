// The app protocol never leaves the renderer's folder.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveAppFile } from '../../src-main/hosts/app-files.ts';

const root = '/opt/twofold/renderer';
const pathOf = (address: string): string | null => resolveAppFile(root, address)?.path ?? null;

describe('resolveAppFile', () => {
  it.each([
    ['app://twofold/', `${root}/index.html`, 'text/html; charset=utf-8'],
    ['app://twofold/index.html', `${root}/index.html`, 'text/html; charset=utf-8'],
    ['app://twofold/index.html?x#y', `${root}/index.html`, 'text/html; charset=utf-8'],
    [
      'app://twofold/assets/index-Wtn7_CQ.js',
      `${root}/assets/index-Wtn7_CQ.js`,
      'text/javascript; charset=utf-8',
    ],
    ['app://twofold/assets/zxing.wasm', `${root}/assets/zxing.wasm`, 'application/wasm'],
  ])('finds %s', (address, path, mediaType) => {
    expect(resolveAppFile(root, address)).toEqual({ path, mediaType });
  });

  it.each([
    'app://twofold/../secret.json',
    'app://twofold/%2e%2e/secret.json',
    'app://twofold/..%2fsecret.json',
    'app://twofold/..%5csecret.json',
    'app://twofold/..\\secret.json',
    'app://twofold/assets/..%2f..%2fsecret.json',
    'app://twofold//etc/passwd.json',
    'app://twofold/C:/secret.json',
    'app://twofold/a%00.html',
    'app://twofold/.hidden.json',
    'app://twofold/assets/',
    'app://twofold/assets',
    'app://twofold/main.exe',
    'app://other/index.html',
    'https://twofold/index.html',
    'file:///etc/passwd',
    'not an address',
  ])('finds nothing outside, and nothing of another kind: %s', (address) => {
    const path = pathOf(address);
    // The URL parser folds ../ before we see it: what is left is a file of ours that is not there.
    expect(path === null || path === `${root}/secret.json`).toBe(true);
  });

  it('stays below the root whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '%2e%2e', '%2f', '%5c', '/', '\\', 'a', '.js', '.html', '\0', 'C:')),
        (parts) => {
          const path = pathOf(`app://twofold/${parts.join('')}`);
          return path === null || (path.startsWith(`${root}/`) && !path.split('/').includes('..'));
        },
      ),
      { seed: 20_260_401, numRuns: 5_000 },
    );
  });
});
