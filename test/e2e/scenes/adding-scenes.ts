// Adding accounts: every way in, the preview in all its states, passwords, camera, screen, and what went wrong.
import QRCode from 'qrcode';
import type { Page } from 'playwright-core';
import {
  type Account,
  type Candidate,
  type Preview,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers, FakeHost } from '../../fakes/fake-host.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';
import { appAnswers, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const account = (id: string, issuer: string, name: string): Account =>
  sampleAccount(id, { issuer, name, addedAtMs: SCENE_NOW_MS });

const empty: FakeAnswers = {
  ...appAnswers,
  'authenticator:list': { accounts: [] },
  'app:useCamera': {},
  'transfer:cancel': {},
  'transfer:discard': {},
};

const full: FakeAnswers = {
  ...empty,
  'authenticator:list': {
    accounts: [
      account('github', 'GitHub', 'maria@northwind.example'),
      account('fastmail', 'Fastmail', 'maria@fastmail.example'),
    ],
  },
  'authenticator:codes': ({ ids }) => ({
    nowMs: Date.now(),
    correctedByMs: 0,
    codes: ids.map((id) => ({
      id,
      code: '482913',
      nextCode: '118027',
      validFromMs: Date.now() - 5_000,
      validUntilMs: Date.now() + 25_000,
    })),
  }),
};

const weak =
  'The secret has only 80 bits; 128 are the least recommended. Its codes work; the secret is easier to guess.';

const candidate = (id: string, issuer: string, name: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  issuer,
  name,
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  tags: [],
  hasNote: false,
  pinned: false,
  status: 'new',
  warnings: [],
  ...more,
});

const preview = (candidates: readonly Candidate[], more: Partial<Preview> = {}): Preview => ({
  id: 'preview',
  sources: ['Links'],
  candidates: [...candidates],
  leftOut: [],
  converted: [],
  ...more,
});

const one = preview([candidate('one', 'Northwind', 'maria.keller')]);

const several = preview(
  [
    candidate('one', 'Northwind', 'maria.keller', { tags: ['work'], pinned: true, hasNote: true }),
    candidate('two', 'GitHub', 'maria@northwind.example', { status: 'already-there' }),
    candidate('three', 'Stadtwerke <script>alert(1)</script>', 'zähler-8841', {
      digits: 8,
      algorithm: 'SHA-256',
      warnings: [weak],
    }),
    candidate('four', 'Fastmail', 'maria@fastmail.example', { status: 'already-there' }),
    candidate('five', 'Bank of Aare', 'KL-20931', { type: 'hotp', periodS: 0 }),
    candidate('six', 'Steam', 'mkeller', { type: 'steam', digits: 5 }),
  ],
  {
    sources: ['Aegis', 'QR code'],
    leftOut: [
      { where: 'Entry 4 (Old shop)', reason: 'It has no secret.' },
      { where: 'Entry 9', reason: 'Codes of this kind (mOTP) cannot be made by Twofold.' },
    ],
    converted: ['Icons are not taken over.', 'Groups became tags.'],
  },
);

const thousands = preview(
  Array.from({ length: 10_000 }, (_, index) =>
    candidate(
      `many-${index}`,
      `Service ${index + 1}`,
      'maria.keller@an-organization-with-a-long-name.example',
      {
        status: index % 10 === 3 ? 'already-there' : 'new',
      },
    ),
  ),
  { sources: ['Aegis'] },
);

const link = 'otpauth://totp/Northwind:maria.keller?secret=JBSWY3DPEHPK3PXPJBSWY3DPEH&issuer=Northwind';

const openWay = async (page: Page, way: string): Promise<void> => {
  await page.getByRole('button', { name: 'Add account' }).first().click();
  await page.getByRole('tab', { name: way }).click();
};

const pasteLink = async (page: Page): Promise<void> => {
  await openWay(page, 'Paste a link');
  await page.getByRole('textbox', { name: 'Link' }).fill(link);
  await page.getByRole('button', { name: 'Read link' }).click();
};

const chooseFile = async (page: Page, name: string): Promise<void> => {
  await openWay(page, 'Import a file');
  await page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
};

const typeSecret = (secret: string) => async (page: Page) => {
  await openWay(page, 'Type it in');
  await page.getByRole('textbox', { name: 'Issuer' }).fill('Northwind');
  await page.getByRole('textbox', { name: 'Account' }).fill('maria.keller');
  await page.getByRole('textbox', { name: 'Secret' }).fill(secret);
  await page.getByRole('button', { name: 'Advanced' }).click();
};

const wrongPassword = (): never => {
  throw new TwofoldError(
    'import-refused',
    'This password does not open the file. Check capitals and keyboard, and that it is the password given at the export. Nothing was added.',
    { reason: 'wrong-password' },
  );
};

/** Makes the browser's camera or screen a picture drawn here, or refuses it. Runs in the page. */
interface FakeMedia {
  readonly method: 'getUserMedia' | 'getDisplayMedia';
  /** A QR code as a data URL, drawn in the middle. */
  readonly picture: string | null;
  readonly error: string | null;
}

const fakeMedia = (page: Page, media: FakeMedia): Promise<void> =>
  page.evaluate(async ({ method, picture, error }) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    const image = picture === null ? null : new Image();
    if (image !== null) {
      image.src = picture ?? '';
      await image.decode();
    }
    const draw = (): void => {
      const context = canvas.getContext('2d');
      if (context === null) return;
      context.fillStyle = '#7d8aa0';
      context.fillRect(0, 0, 1280, 720);
      context.fillStyle = '#f4f5f7';
      context.fillRect(90, 70, 900, 560);
      if (image !== null) context.drawImage(image, 380, 190, 340, 340);
    };
    draw();
    setInterval(draw, 100);
    Object.defineProperty(navigator.mediaDevices, method, {
      value: () =>
        error === null
          ? Promise.resolve(canvas.captureStream(10))
          : Promise.reject(new DOMException('refused', error)),
    });
  }, media);

const qrPicture = (text: string): Promise<string> => QRCode.toDataURL(text, { margin: 4, width: 340 });

/** A payload of Google's export: only which of how many codes it is. */
const migrationLink = (index: number, size: number): string =>
  `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from([0x10, 1, 0x18, size, 0x20, index]).toString('base64'))}`;

const camera = async (page: Page, media: Omit<FakeMedia, 'method'>): Promise<void> => {
  await fakeMedia(page, { method: 'getUserMedia', ...media });
  await openWay(page, 'Camera');
  await page.getByRole('button', { name: 'Open camera' }).click();
};

const screen = async (page: Page, error: string | null = null): Promise<void> => {
  const picture = await qrPicture(link);
  await fakeMedia(page, { method: 'getDisplayMedia', picture, error });
  await openWay(page, 'Screen');
  await page.getByRole('button', { name: 'Choose screen' }).click();
};

/** The host of the scene that is shown, for progress. */
let host: FakeHost | null = null;

export const addingScenes: readonly Scene[] = [
  { name: 'adding-empty-room', route: 'authenticator', answers: empty },
  {
    name: 'adding-picture',
    route: 'authenticator',
    answers: empty,
    act: (page) => openWay(page, 'Read a picture'),
  },
  {
    name: 'adding-picture-refused',
    route: 'authenticator',
    answers: {
      ...empty,
      'transfer:readFile': () => {
        throw new TwofoldError(
          'picture-refused',
          'No QR code was found in this picture. Take a sharper one that shows the whole code with some white around it.',
        );
      },
    },
    act: async (page) => {
      await openWay(page, 'Read a picture');
      await page
        .locator('input[type=file]')
        .setInputFiles(
          ['one.png', 'two.png'].map((name) => ({ name, mimeType: 'image/png', buffer: Buffer.from('x') })),
        );
      await page.getByRole('alert').nth(1).waitFor();
    },
  },
  {
    name: 'adding-link',
    route: 'authenticator',
    answers: empty,
    act: (page) => openWay(page, 'Paste a link'),
  },
  {
    name: 'adding-link-refused',
    route: 'authenticator',
    answers: {
      ...full,
      'transfer:readText': () => {
        throw new TwofoldError(
          'account-refused',
          'The period must be between 1 second and a day. Nothing was added.',
        );
      },
    },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'adding-manual-fault',
    route: 'authenticator',
    answers: full,
    act: typeSecret('jbsw y3dp ehpk 3px0'),
  },
  {
    name: 'adding-manual-short',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await typeSecret('jbsw y3dp ehpk 3pxp')(page);
      await page.getByRole('button', { name: /^Time-based.* Type$|^Type/ }).click();
      await page.getByRole('option', { name: 'Counter-based (HOTP)' }).click();
      await page.getByText('80 bits').waitFor();
    },
  },
  { name: 'adding-camera', route: 'authenticator', answers: empty, act: (page) => openWay(page, 'Camera') },
  {
    name: 'adding-camera-live',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await camera(page, { picture: null, error: null });
      await page.locator('.camera[data-live]').waitFor();
    },
  },
  {
    name: 'adding-camera-batches',
    route: 'authenticator',
    answers: { ...empty, 'transfer:readText': one },
    act: async (page) => {
      await camera(page, { picture: await qrPicture(migrationLink(1, 3)), error: null });
      await page.getByText('1 of 3 codes read').waitFor();
    },
  },
  {
    name: 'adding-camera-foreign',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await camera(page, { picture: await qrPicture('https://example.com/'), error: null });
      await page.getByText('holds no account').waitFor();
    },
  },
  {
    name: 'adding-camera-refused',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await camera(page, { picture: null, error: 'NotAllowedError' });
      await page.getByText('may not use the camera').waitFor();
    },
  },
  { name: 'adding-screen', route: 'authenticator', answers: empty, act: (page) => openWay(page, 'Screen') },
  {
    name: 'adding-screen-region',
    route: 'authenticator',
    answers: {
      ...empty,
      'transfer:readFile': () => {
        throw new TwofoldError('picture-refused', 'No QR code was found in this picture.');
      },
    },
    act: async (page) => {
      await screen(page);
      await page.getByRole('alert').waitFor();
      const box = await page.locator('.region-picker').boundingBox();
      if (box === null) throw new Error('There is no picture.');
      await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.8, { steps: 4 });
    },
  },
  {
    name: 'adding-screen-refused',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await screen(page, 'NotAllowedError');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'adding-file',
    route: 'authenticator',
    answers: empty,
    act: (page) => openWay(page, 'Import a file'),
  },
  {
    name: 'adding-file-guide',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await openWay(page, 'Import a file');
      await page
        .locator('.dialog')
        .getByRole('button', { name: /Move from another app/ })
        .click();
      await page.getByRole('option', { name: 'Authy' }).click();
    },
  },
  {
    name: 'adding-file-guide-list',
    route: 'authenticator',
    answers: empty,
    act: async (page) => {
      await openWay(page, 'Import a file');
      await page
        .locator('.dialog')
        .getByRole('button', { name: /Move from another app/ })
        .click();
      await page.getByRole('option', { name: 'Authy' }).waitFor();
    },
  },
  {
    name: 'adding-file-unknown',
    route: 'authenticator',
    answers: {
      ...empty,
      'transfer:readFile': () => {
        throw new TwofoldError(
          'import-refused',
          'This is neither a picture nor a file that a known authenticator writes. Check that it is the export itself, unpacked. Nothing was added.',
          { reason: 'unknown-format' },
        );
      },
    },
    act: async (page) => {
      await chooseFile(page, 'holiday.json');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'adding-password',
    route: 'authenticator',
    answers: { ...empty, 'transfer:readFile': { kind: 'password-needed', format: 'Aegis' } },
    act: async (page) => {
      await chooseFile(page, 'aegis-export-20261117.json');
      await page.getByText('Password of the file').waitFor();
    },
  },
  {
    name: 'adding-password-wrong',
    route: 'authenticator',
    answers: {
      ...empty,
      'transfer:readFile': ({ password }) =>
        password === null ? { kind: 'password-needed', format: 'Aegis' } : wrongPassword(),
    },
    act: async (page) => {
      await chooseFile(page, 'aegis-export-20261117.json');
      await page.getByRole('textbox', { name: 'Password', exact: true }).fill('correct house');
      await page.getByRole('button', { name: 'Open file' }).click();
      await page.getByText('does not open the file').waitFor();
    },
  },
  {
    name: 'adding-progress',
    route: 'authenticator',
    answers: {
      ...empty,
      'transfer:readFile': ({ password, jobId }) => {
        if (password === null) return { kind: 'password-needed', format: 'Ente' };
        host?.emit('transfer:progress', { jobId, share: 0.42 });
        return new Promise(() => undefined);
      },
    },
    onHost: (started) => {
      host = started;
    },
    act: async (page) => {
      await chooseFile(page, 'ente-auth-codes.json');
      await page.getByRole('textbox', { name: 'Password', exact: true }).fill('correct horse');
      await page.getByRole('button', { name: 'Open file' }).click();
      await page.getByText('42%').waitFor();
    },
  },
  {
    name: 'adding-preview',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': one },
    act: async (page) => {
      await pasteLink(page);
      await page.getByText('Add this account?').waitFor();
    },
  },
  {
    name: 'adding-preview-many',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': several },
    act: async (page) => {
      await pasteLink(page);
      await page.getByText('Left out (2)').waitFor();
    },
  },
  {
    name: 'adding-preview-decided',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': several },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('button', { name: /What becomes of GitHub/ }).click();
      await page.getByRole('option', { name: 'Replace' }).click();
      await page.getByText('replace 1').waitFor();
    },
  },
  {
    name: 'adding-preview-thousands',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': thousands },
    act: async (page) => {
      await pasteLink(page);
      await page.getByText('Add 9000 accounts').waitFor();
    },
  },
  {
    name: 'adding-preview-search',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': thousands },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('textbox', { name: 'Search what was found' }).fill('service 777');
      await page.getByText('Service 1777', { exact: true }).waitFor();
    },
  },
  {
    name: 'adding-preview-all-left-out',
    route: 'authenticator',
    answers: {
      ...full,
      'transfer:readText': preview([], { sources: ['Raivo'], leftOut: several.leftOut }),
    },
    act: async (page) => {
      await pasteLink(page);
      await page.getByText('Nothing that can be added').waitFor();
    },
  },
  {
    name: 'adding-more',
    route: 'authenticator',
    answers: { ...full, 'transfer:readText': several },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('button', { name: 'Add more' }).click();
      await page.getByText('Back to what was found').waitFor();
    },
  },
  {
    name: 'adding-failed',
    route: 'authenticator',
    answers: {
      ...full,
      'transfer:readText': one,
      'transfer:add': () => {
        throw new TwofoldError(
          'storage-failed',
          'The disk is full. Nothing was added. Make some room, then try again.',
        );
      },
    },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('button', { name: 'Add account', exact: true }).last().click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'adding-undo',
    route: 'authenticator',
    answers: {
      ...full,
      'transfer:readText': several,
      'transfer:add': {
        undoId: 'undo',
        added: ['one', 'three', 'five', 'six'].map((id) => account(id, id, '')),
        replaced: 0,
      },
      'transfer:undo': {},
    },
    act: async (page) => {
      await pasteLink(page);
      await page.getByRole('button', { name: 'Add 4 accounts' }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
];
