// The secret sheet as a file (G5): only while the secret is shown, readable, with names beyond Latin-1.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { writeSecretPdf } from '../../../src-main/console/secret-pdf.ts';
import { DEFAULT_PARAMETERS } from '../../../src-main/otp/parameters.ts';
import { World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const toSetUp = async () => {
  const browser = await world.createOrganization();
  await world.turnOn(browser);
  await world.signOut(browser);
  const step = await world.signIn(browser, 'maria.keller');
  if (step.kind !== 'set-up') throw new Error(step.kind);
  return { browser, step };
};

describe('the picture', () => {
  test('G5: holds the same link that the screen shows, with a quiet zone around it', async () => {
    const { browser, step } = await toSetUp();
    const file = await world.call('console:secretFile', { format: 'png' }, browser);
    expect(file).toMatchObject({ fileName: 'two-factor-Northwind-maria.keller.png', mediaType: 'image/png' });
    const picture = PNG.sync.read(Buffer.from(file.content));
    expect(picture.width).toBe(600);
    const found = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
    expect(found?.data).toBe(step.sheet.uri);
    for (let x = 0; x < picture.width; x += 1) expect(picture.data[4 * x]).toBe(255);
  });
});

describe('the page', () => {
  test('G5: is a PDF at set-up and on the keep-your-secret screen, and gone afterwards', async () => {
    const { browser, step } = await toSetUp();
    const file = await world.call('console:secretFile', { format: 'pdf' }, browser);
    expect(file.mediaType).toBe('application/pdf');
    expect(Buffer.from(file.content).subarray(0, 5).toString()).toBe('%PDF-');
    await world.call('console:confirmSetUp', { code: world.device(step).code() }, browser);
    expect(
      (await world.call('console:secretFile', { format: 'pdf' }, browser)).content.length,
    ).toBeGreaterThan(5_000);
    await world.call('console:finishSetUp', {}, browser);
    await world.refused('console:secretFile', { format: 'pdf' }, browser, 'step-expired');
    await world.refused('console:secretFile', { format: 'png' }, world.browser('Nobody'), 'step-expired');
  });

  test('embeds the fonts that a name needs', async () => {
    const qrCode = PNG.sync.write(new PNG({ width: 10, height: 10 }));
    const fontsFor = async (displayName: string): Promise<number> => {
      const pdf = await writeSecretPdf({
        organization: 'Northwind',
        displayName,
        accountName: 'name',
        groupedSecret: 'JBSW Y3DP',
        qrCode,
        parameters: DEFAULT_PARAMETERS,
        createdAtMs: 0,
      });
      return pdf.toString('latin1').match(/\/FontFile2|\/FontFile3/g)?.length ?? 0;
    };
    const latin = await fontsFor('Maria Keller');
    expect(latin).toBeGreaterThan(0);
    expect(await fontsFor('Олена Коваль')).toBe(latin + 1);
    expect(await fontsFor('Σοφία Παππά, Tomáš Dvořák, Nguyễn')).toBeGreaterThanOrEqual(latin + 3);
    expect(await fontsFor('山田 🦦')).toBe(latin);
  });
});
