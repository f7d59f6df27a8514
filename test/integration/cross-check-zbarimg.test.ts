// Issue 3: zbarimg of Debian reads every QR code that we write, on screen, as a picture, on paper and in files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { googleMigrationImporter } from '../../src-main/authenticator/transfer/google-migration/importer.ts';
import {
  googleMigrationExporter,
  migrationLinks,
} from '../../src-main/authenticator/transfer/google-migration/write-google-migration.ts';
import type { ImportedAccount } from '../../src-main/authenticator/transfer/imported-account.ts';
import { linkOf } from '../../src-main/authenticator/transfer/otpauth-links/write-otpauth-links.ts';
import { writePrintableSheet } from '../../src-main/authenticator/transfer/printable-sheet/printable-sheet.ts';
import { encodeBase32 } from '../../src-main/otp/base32.ts';
import type { OtpType } from '../../src-shared/contract/authenticator.ts';
import { QrCode } from '../../src-renderer/ui/qr-code.tsx';
import { sharedChromium } from '../e2e/drivers/surroundings.ts';
import { seededRandom } from '../fakes/code-pictures.ts';
import { World } from '../unit/console/world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twofold-zbarimg-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** All texts that zbarimg finds in these files, in their order. */
function zbarimg(paths: readonly string[]): string[] {
  const args = ['--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', ...paths];
  const { stdout, stderr, status } = spawnSync('zbarimg', args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

function saved(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const NAMES = [
  'Northwind',
  'Société Générale',
  '三菱UFJ銀行',
  'a:b & c',
  'Müller "quoted" <b>',
  '🔐 vault',
  '',
];

/** Accounts of all kinds with plain and difficult names, drawn from a seed. */
function randomAccounts(count: number): ImportedAccount[] {
  const random = seededRandom(7);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const oneOf = <T>(values: readonly [T, ...T[]]): T => values[whole(0, values.length - 1)] ?? values[0];
  return Array.from({ length: count }, (_, index) => {
    const type = oneOf<OtpType>(['totp', 'hotp', 'steam']);
    const isSteam = type === 'steam';
    return {
      type,
      issuer: oneOf(['Northwind', ...NAMES]),
      name: `person.${index}@${'example.'.repeat(whole(1, 6))}org`,
      secret: encodeBase32(Uint8Array.from({ length: whole(10, 64) }, () => whole(0, 255))),
      algorithm: isSteam ? 'SHA-1' : oneOf(['SHA-1', 'SHA-256', 'SHA-512']),
      digits: isSteam ? 5 : oneOf([6, 8]),
      periodS: type === 'hotp' ? 0 : 30,
      counter: type === 'hotp' ? whole(0, 1_000_000) : null,
      tags: [],
      note: '',
      pinned: false,
    };
  });
}

/** The squares of the code as the window draws them, each as large as a screen shows it at least. */
function pictureOfScreenCode(text: string): Buffer {
  const markup = renderToStaticMarkup(createElement(QrCode, { text, label: 'A code' }));
  const edge = Number(/viewBox="0 0 (\d+) \d+"/u.exec(markup)?.[1]);
  const scale = 3;
  const picture = new PNG({ width: edge * scale, height: edge * scale });
  picture.data.fill(255);
  const squares = [...markup.matchAll(/M(\d+) (\d+)h1v1h-1z/gu)];
  expect(squares.length).toBeGreaterThan(100);
  for (const [, x, y] of squares) {
    for (let row = 0; row < scale; row += 1) {
      const start = ((Number(y) * scale + row) * picture.width + Number(x) * scale) * 4;
      for (let pixel = 0; pixel < scale; pixel += 1)
        picture.data.fill(0, start + pixel * 4, start + pixel * 4 + 3);
    }
  }
  return PNG.sync.write(picture);
}

describe('on screen', () => {
  test('the links of accounts of all kinds', () => {
    const links = randomAccounts(100).map(linkOf);
    const paths = links.map((link, index) => saved(`${index}.png`, pictureOfScreenCode(link)));
    expect(zbarimg(paths)).toEqual(links);
  });

  test('the pages for Google Authenticator', () => {
    const accounts = randomAccounts(45).filter(({ type }) => type !== 'steam');
    const links = migrationLinks(accounts, -7);
    expect(links.length).toBeGreaterThan(2);
    const paths = links.map((link, index) => saved(`${index}.png`, pictureOfScreenCode(link)));
    expect(zbarimg(paths)).toEqual(links);
  });
});

describe('in files', () => {
  test('the pictures for Google Authenticator hold every account', async () => {
    const accounts = randomAccounts(45).filter(({ type }) => type !== 'steam');
    const random = (count: number) => new Uint8Array(count).fill(9);
    const { files } = await googleMigrationExporter.write(accounts, { nowMs: 0, random });
    const paths = files.map(({ name, content }) => saved(name, content));
    const content = Buffer.from(zbarimg(paths).join('\n'));
    const { signal } = new AbortController();
    const result = await googleMigrationImporter.read(content, {
      password: null,
      onProgress: () => undefined,
      signal,
    });
    expect(result.leftOut).toEqual([]);
    expect(result.accounts.map(({ secret, name }) => [secret, name])).toEqual(
      accounts.map(({ secret, name }) => [secret, name]),
    );
  });

  test('G5: the picture and the page of the set-up', async () => {
    const world = await World.create();
    const browser = await world.createOrganization();
    await world.turnOn(browser);
    await world.signOut(browser);
    const step = await world.signIn(browser, 'maria.keller');
    if (step.kind !== 'set-up') throw new Error(step.kind);
    const picture = await world.call('console:secretFile', { format: 'png' }, browser);
    expect(zbarimg([saved('set-up.png', picture.content)])).toEqual([step.sheet.uri]);
    const page = await world.call('console:secretFile', { format: 'pdf' }, browser);
    expect(zbarimg(pagesOfPdf(page.content))).toEqual([step.sheet.uri]);
  });
});

/** The pages of a PDF as pictures, as a printer would lay them out. */
function pagesOfPdf(content: Uint8Array): string[] {
  const pages = join(folder, 'page');
  const { status } = spawnSync('pdftoppm', ['-r', '150', '-png', saved('sheet.pdf', content), pages]);
  expect(status).toBe(0);
  return readdirSync(folder)
    .filter((name) => name.startsWith('page-'))
    .sort()
    .map((name) => join(folder, name));
}

describe('on the printable sheet', () => {
  const accounts = randomAccounts(12);
  const links = accounts.map(linkOf).toSorted();

  test('as PDF', async () => {
    const { files } = await writePrintableSheet(accounts, { nowMs: 0 }, 'pdf');
    const pages = pagesOfPdf(files[0]?.content ?? new Uint8Array());
    expect(pages.length).toBeGreaterThan(1);
    expect(zbarimg(pages).toSorted()).toEqual(links);
  });

  test('as HTML, in a browser', async () => {
    const { files } = await writePrintableSheet(accounts, { nowMs: 0 }, 'html');
    const path = saved('sheet.html', files[0]?.content ?? new Uint8Array());
    const page = await (await sharedChromium()).newPage({ viewport: { width: 800, height: 1100 } });
    await page.goto(`file://${path}`);
    const picture = saved('sheet.png', await page.screenshot({ fullPage: true }));
    await page.close();
    expect(zbarimg([picture]).toSorted()).toEqual(links);
  });
});
