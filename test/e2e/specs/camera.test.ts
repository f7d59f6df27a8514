// Issue 3, "Adding accounts": the camera. Chromium's own stands in for a real one and plays codes from a file.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import QRCode from 'qrcode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrationLinks } from '../../../src-main/authenticator/transfer/google-migration/write-google-migration.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { launchChromiumWith } from '../drivers/surroundings.ts';
import { AppPage } from '../pages/app-page.ts';
import { TransferPage } from '../pages/transfer-page.ts';

const WIDTH = 640;
const HEIGHT = 480;
const GREY = 128;

/** One frame of a YUV4MPEG2 file (4:2:0): the code in the middle, black on white. */
function frame(text: string): Buffer {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' });
  const scale = Math.floor((HEIGHT - 80) / modules.size);
  const left = Math.floor((WIDTH - modules.size * scale) / 2);
  const top = Math.floor((HEIGHT - modules.size * scale) / 2);
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  for (let y = 0; y < modules.size * scale; y += 1) {
    for (let x = 0; x < modules.size * scale; x += 1) {
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale)) === 1) {
        light[(top + y) * WIDTH + left + x] = 16;
      }
    }
  }
  return Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)]);
}

const accounts = Array.from({ length: 21 }, (_, index) => ({
  type: 'totp' as const,
  issuer: 'Moved',
  name: `account ${index + 1}`,
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEH',
  algorithm: 'SHA-1' as const,
  digits: 6,
  periodS: 30,
  counter: null,
  tags: [],
  note: '',
  pinned: false,
}));

const video = join(temporaryFolder(), 'camera.y4m');
const codes = ['https://example.com/', 'WIFI:S:guest;;', ...migrationLinks(accounts, 7)];
/** As many frames as a prime, in no order: at whatever pace frames are looked at, each code comes by soon. */
const FRAMES = 61;
const shown = Array.from(
  { length: FRAMES },
  (_, index) => codes[(index + 2 * Math.floor(index / codes.length)) % codes.length] ?? '',
);
// Four frames a second: each code is seen for a quarter of one, over and over.
writeFileSync(
  video,
  Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F4:1 Ip A1:1 C420jpeg\n`), ...shown.map(frame)]),
);
launchChromiumWith([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${video}`,
]);

onEachDriver('the camera', (driver) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    await new AppPage(app.page).ready();
  });
  afterAll(() => app.close());

  it('reads an export of several codes one after the other, and stops when all are there', async () => {
    const transfer = new TransferPage(app.page);
    await transfer.open('Camera');
    await transfer.dialog.getByRole('button', { name: 'Open camera' }).click();
    await transfer.dialog.getByText(/of 3 codes read/).waitFor();
    await transfer.titled('Add these accounts?').waitFor();
    await transfer.dialog.getByText('21 new').waitFor();
    // With the preview the camera is off: no video is left that could show it.
    expect(await app.page.locator('video').count()).toBe(0);
    await transfer.confirm('Add 21 accounts');
    await transfer.told('Added 21 accounts');
    expect(app.problems).toEqual([]);
  });

  it('leaves the camera alone until it is opened, and closes it with the dialog', async () => {
    const transfer = new TransferPage(app.page);
    await transfer.open('Camera');
    expect(await app.page.locator('video').count()).toBe(0);
    await transfer.dialog.getByRole('button', { name: 'Open camera' }).click();
    await transfer.dialog.locator('.camera[data-live]').waitFor();
    const track = await app.page.evaluateHandle(() => {
      const stream = document.querySelector('video')?.srcObject;
      return stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
    });
    expect(await track.evaluate((live) => live?.readyState)).toBe('live');
    await transfer.showWay('Type it in');
    await expect.poll(() => track.evaluate((live) => live?.readyState)).toBe('ended');
    await transfer.close();
  });
});
