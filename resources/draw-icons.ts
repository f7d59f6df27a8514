// Draws the icons of this folder from the renderer's own: `npx node resources/draw-icons.ts`. They are kept in the
// repository, for a build needs no browser.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../test/e2e/drivers/surroundings.ts';

const here = import.meta.dirname;
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 256];

/** Black on nothing: macOS colours it as the menu bar wants. The fold is told by strength, not by colour. */
const TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26"><clipPath id="a"><rect x="2" y="2" width="22" height="22" rx="6"/></clipPath><g clip-path="url(#a)"><rect width="26" height="26" opacity=".4"/><path d="M0 0h26L0 26Z"/></g></svg>`;

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>body{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${picture}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  return page.screenshot({ omitBackground: true });
}

/** An ICO file of PNG pictures, as Windows reads them since Vista: a head, an entry for each, then the pictures. */
function windowsIcon(pictures: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // A byte each for width and height, where 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

const executablePath = findChromium();
if (executablePath === null) throw new Error('Chromium is not installed.');
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage();
  const icon = await readFile(join(here, '../src-renderer/icon.svg'), 'utf8');
  await mkdir(join(here, 'tray'), { recursive: true });
  await writeFile(join(here, 'icon.png'), await draw(page, icon, 512));
  const pictures: { size: number; png: Buffer }[] = [];
  for (const size of WINDOWS_SIZES) pictures.push({ size, png: await draw(page, icon, size) });
  await writeFile(join(here, 'icon.ico'), windowsIcon(pictures));
  for (const [name, svg, size] of [
    ['tray', icon, 24],
    ['trayTemplate', TEMPLATE, 16],
  ] as const) {
    await writeFile(join(here, 'tray', `${name}.png`), await draw(page, svg, size));
    await writeFile(join(here, 'tray', `${name}@2x.png`), await draw(page, svg, 2 * size));
  }
} finally {
  await browser.close();
}
