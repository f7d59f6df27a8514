// What files in the field are like: absent, empty and odd fields, other spellings, Steam in all its forms, encodings.
// Each file goes the whole way: found by its content, then read.
import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type {
  ImportedAccount,
  ImportResult,
} from '../../../src-main/authenticator/transfer/imported-account.ts';
import type { FormatId } from '../../../src-main/authenticator/transfer/importer.ts';
import { detectFormat } from '../../../src-main/authenticator/transfer/importers.ts';
import { account, bytesOf, containing, golden, jsonBytesOf, PASSWORD, reading } from './foreign-file.ts';

const SECRET = 'JBSWY3DPEHPK3PXP';

async function preview(
  content: Uint8Array,
  password: string | null = null,
): Promise<ImportResult & { format: FormatId | null }> {
  const found = detectFormat(content);
  if (found === null) return { format: null, accounts: [], leftOut: [], converted: [] };
  return { format: found.importer.format, ...(await found.importer.read(content, reading(password))) };
}

interface Quirk {
  readonly what: string;
  readonly content: Uint8Array;
  readonly accounts: readonly Partial<ImportedAccount>[];
  readonly converted?: readonly unknown[];
}

const each = (format: FormatId, quirks: readonly Quirk[]): void => {
  describe(format, () => {
    test.each(quirks)('$what', async ({ content, accounts, converted = [] }) => {
      expect(await preview(content)).toEqual({
        format,
        accounts: accounts.map(account),
        leftOut: [],
        converted,
      });
    });
  });
};

const aegis = (entry: object, database: object = {}) =>
  jsonBytesOf({
    version: 1,
    header: { slots: null, params: null },
    db: { version: 3, entries: [entry], groups: [], ...database },
  });
const totp = { secret: SECRET, algo: 'SHA1', digits: 6, period: 30 };

each('aegis', [
  {
    what: 'numbers as text, a lower-case secret with spaces and padding, fields that nobody knows',
    content: aegis({
      type: 'TOTP',
      name: 'kim',
      issuer: 'Example',
      usage: 7,
      info: { secret: 'jbsw y3dp ehpk 3pxp====', algo: 'sha256', digits: '8', period: '60', extra: {} },
    }),
    accounts: [{ issuer: 'Example', name: 'kim', algorithm: 'SHA-256', digits: 8, periodS: 60 }],
  },
  {
    what: 'null where a text is expected, absent parameters, a group that is gone',
    content: aegis({
      type: 'totp',
      name: null,
      issuer: 'Example',
      note: null,
      favorite: null,
      icon: null,
      info: { secret: SECRET },
      groups: ['11111111-0000-4000-8000-000000000000'],
    }),
    accounts: [{ issuer: 'Example' }],
  },
  {
    what: 'tags, note and favourite of a wrong type lose themselves, not the account',
    content: aegis({
      type: 'totp',
      name: 'kim',
      issuer: '',
      note: 7,
      favorite: 'x',
      groups: [1],
      info: totp,
    }),
    accounts: [{ name: 'kim' }],
  },
  {
    what: 'a counter, and Steam with its own parameters',
    content: aegis(
      { type: 'hotp', name: 'kim', issuer: 'A', info: { ...totp, period: undefined, counter: 10_300 } },
      {
        entries: [
          { type: 'hotp', name: 'kim', issuer: 'A', info: { ...totp, period: undefined, counter: 10_300 } },
          { type: 'steam', name: 'kim', issuer: 'Boeing', info: { ...totp, digits: 5 } },
        ],
      },
    ),
    accounts: [
      { type: 'hotp', issuer: 'A', name: 'kim', counter: 10_300, periodS: 0 },
      { type: 'steam', issuer: 'Boeing', name: 'kim', digits: 5 },
    ],
  },
  {
    what: 'database 2 names one group in the entry',
    content: aegis({ type: 'totp', name: 'kim', issuer: 'A', group: 'Work', info: totp }, { version: 2 }),
    accounts: [{ issuer: 'A', name: 'kim', tags: ['Work'] }],
  },
  { what: 'no entries', content: aegis({}, { entries: [] }), accounts: [] },
  {
    what: 'the same entry twice stays twice',
    content: aegis(
      {},
      {
        entries: [
          { type: 'totp', name: 'a', issuer: '', info: totp },
          { type: 'totp', name: 'a', issuer: '', info: totp },
        ],
      },
    ),
    accounts: [{ name: 'a' }, { name: 'a' }],
  },
]);

const twoFas = (otp: object, service: object = {}) =>
  jsonBytesOf({
    services: [{ name: 'Example', secret: SECRET, updatedAt: 1, otp, order: { position: 0 }, ...service }],
    groups: [{ id: 'g', name: 'Work', isExpanded: true }],
    schemaVersion: 4,
    appOrigin: 'ios',
  });

each('2fas', [
  {
    what: 'iOS: typed in, with a counter of 0 and no account',
    content: twoFas({
      digits: 6,
      counter: 0,
      tokenType: 'TOTP',
      period: 30,
      source: 'manual',
      algorithm: 'SHA1',
    }),
    accounts: [{ issuer: 'Example' }],
  },
  {
    what: 'an empty issuer beside a named service',
    content: twoFas({ issuer: '', digits: 6, algorithm: 'SHA1', counter: 4, tokenType: 'HOTP' }),
    accounts: [{ type: 'hotp', issuer: 'Example', counter: 4, periodS: 0 }],
  },
  {
    what: 'a service named after its account',
    content: twoFas({ account: 'Example', label: 'Example', tokenType: 'TOTP' }),
    accounts: [{ issuer: 'Example', name: 'Example' }],
  },
  {
    what: 'an account taken out by hand stays out; a hidden secret in the link is not read',
    content: twoFas(
      {
        link: 'otpauth://totp/Example:kim?secret=[hidden]',
        label: '',
        account: '',
        issuer: 'Example',
        tokenType: 'TOTP',
      },
      { groupId: 'g' },
    ),
    accounts: [{ issuer: 'Example', tags: ['Work'] }],
  },
  {
    what: 'Steam',
    content: twoFas({ account: 'kim', issuer: 'Example', digits: 5, period: 30, tokenType: 'STEAM' }),
    accounts: [{ type: 'steam', issuer: 'Example', name: 'kim', digits: 5 }],
  },
  {
    what: 'a secret as it was typed in, of a length that base32 does not have',
    content: twoFas({ tokenType: 'TOTP' }, { secret: 'jdjdbdbddbdbbxbxb' }),
    accounts: [{ issuer: 'Example', secret: 'JDJDBDBDDBDBBXBX' }],
    converted: [containing('last character of a secret')],
  },
  {
    what: 'schema 1 and its label',
    content: jsonBytesOf({
      schemaVersion: 1,
      services: [
        { name: 'Deno', otp: { issuer: 'Deno', label: 'Deno:Mason' }, secret: SECRET, type: 'Unknown' },
      ],
    }),
    accounts: [{ issuer: 'Deno', name: 'Mason' }],
  },
]);

const links = (...lines: string[]) => bytesOf(lines.join('\r\n'));

each('otpauth-links', [
  {
    what: 'Windows line ends, encodings, and a plus for a space',
    content: links(
      `otpauth://totp/Air%20Canada:Benjamin?secret=${SECRET}&issuer=Air+Canada`,
      '',
      `otpauth://totp/%E2%9C%88%EF%B8%8F%3Akim?secret=${SECRET}%3D%3D%3D%3D%3D%3D`,
      `otpauth://totp/My #1 bank:kim?secret=${SECRET}`,
      `otpauth://TOTP/x?SECRET=${SECRET}&Digits=8&algorithm=hmacsha512`,
      '',
    ),
    accounts: [
      { issuer: 'Air Canada', name: 'Benjamin' },
      { issuer: '✈️', name: 'kim' },
      { issuer: 'My #1 bank', name: 'kim' },
      { name: 'x', digits: 8, algorithm: 'SHA-512' },
    ],
  },
  {
    what: 'Steam as a kind, by its encoder, by its issuer, and as a scheme, in base32 and base64',
    content: links(
      `otpauth://steam/Boeing:Sophia?secret=${SECRET}&issuer=Boeing`,
      `otpauth://totp/Games:kim?secret=${SECRET}&encoder=steam&issuer=Games&digits=5&period=30`,
      `otpauth://totp/Steam:kim?secret=${SECRET}&issuer=Steam`,
      `steam://${SECRET}`,
      'steam://cnOgv/KdpLoP6Nbh0GMkXkPXALQ=',
    ),
    accounts: [
      { type: 'steam', issuer: 'Boeing', name: 'Sophia', digits: 5 },
      { type: 'steam', issuer: 'Games', name: 'kim', digits: 5 },
      { type: 'steam', issuer: 'Steam', name: 'kim', digits: 5 },
      { type: 'steam', issuer: 'Steam', digits: 5 },
      { type: 'steam', issuer: 'Steam', digits: 5, secret: 'OJZ2BP7STWSLUD7I23Q5AYZELZB5OAFU' },
    ],
  },
  {
    what: 'quotes around each link, commas between them',
    content: bytesOf(`"otpauth://totp/a?secret=${SECRET}",\n"otpauth://totp/b?secret=${SECRET}"`),
    accounts: [{ name: 'a' }, { name: 'b' }],
  },
  {
    what: 'UTF-16 with its byte order mark, as editors of Windows save it',
    content: Uint8Array.from(Buffer.from(`\ufeffotpauth://totp/Zürich:kim?secret=${SECRET}\r\n`, 'utf16le')),
    accounts: [{ issuer: 'Zürich', name: 'kim' }],
  },
  {
    what: 'a secret of a length that base32 does not have, with its padding encoded',
    content: links(`otpauth://totp/kim?secret=${SECRET}A%3D%3D&digits=6`),
    accounts: [{ name: 'kim' }],
    converted: [containing('last character of a secret')],
  },
]);

each('ente', [
  {
    what: 'no issuer, a note, and an icon chosen by hand',
    content: bytesOf(
      `otpauth://totp/:accountname?algorithm=SHA1&digits=6&issuer&period=30&secret=${SECRET.toLowerCase()}&codeDisplay=${encodeURIComponent(
        '{"pinned":true,"trashed":false,"tags":["tag 1"],"note":"a\\nb","iconSrc":"customIcon","iconID":"x"}',
      )}`,
    ),
    accounts: [{ name: 'accountname', note: 'a\nb', tags: ['tag 1'], pinned: true }],
    converted: ['Icons are not taken over.'],
  },
]);

const bitwarden = (item: object, more: object = { folders: [{ id: 'f', name: 'Work, private' }] }) =>
  jsonBytesOf({
    encrypted: false,
    ...more,
    items: [{ id: 'i', organizationId: null, folderId: null, type: 1, favorite: false, ...item }],
  });

each('bitwarden', [
  {
    what: 'a bare secret in an item named after its account',
    content: bitwarden({
      name: 'kim@example.com',
      notes: null,
      login: { username: 'kim@example.com', totp: 'jbsw y3dp ehpk 3pxp', uris: null },
      collectionIds: null,
    }),
    accounts: [{ issuer: 'kim@example.com', name: 'kim@example.com' }],
  },
  {
    what: 'the link counts before the item; folder, note and favourite',
    content: bitwarden({
      name: 'Test 1',
      folderId: 'f',
      favorite: true,
      notes: 'n',
      login: { username: 'x', totp: `otpauth://totp/Deno:Mason?secret=${SECRET}&issuer=Deno` },
    }),
    accounts: [{ issuer: 'Deno', name: 'Mason', tags: ['Work, private'], note: 'n', pinned: true }],
  },
  {
    what: 'an organization has collections',
    content: bitwarden(
      { name: 'A', login: { username: 'kim', totp: SECRET }, collectionIds: ['c', null] },
      { collections: [{ id: 'c', name: 'Team' }] },
    ),
    accounts: [{ issuer: 'A', name: 'kim', tags: ['Team'] }],
  },
  {
    what: 'Steam gets the name of the item',
    content: bitwarden({ name: 'Test Steam', login: { username: null, totp: `steam://${SECRET}` } }),
    accounts: [{ type: 'steam', issuer: 'Test Steam', digits: 5 }],
  },
  {
    what: 'CSV: blank lines, no label in the link, a comma in the folder',
    content: bytesOf(
      [
        'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
        `"Work, private",,login,Code 2 ,,,0,,,,otpauth://totp/?secret=${SECRET}&issuer=Code%202%20&digits=6`,
        '',
        `,1,login,Code 3,"a\nb",,0,,kim,,${SECRET}`,
        '',
      ].join('\n'),
    ),
    accounts: [
      { issuer: 'Code 2', tags: ['Work, private'] },
      { issuer: 'Code 3', name: 'kim', note: 'a\nb', pinned: true },
    ],
  },
  {
    what: 'a note longer than is kept is cut off, and that is said',
    content: bitwarden({ name: 'A', notes: 'x'.repeat(10_001), login: { totp: SECRET } }),
    accounts: [{ issuer: 'A', note: 'x'.repeat(10_000) }],
    converted: ['A note was cut off after 10,000 characters.'],
  },
]);

each('bitwarden-authenticator', [
  {
    what: 'without an account name the issuer stands in its place',
    content: bitwarden(
      {
        name: 'A &amp; B',
        login: { totp: `otpauth://totp/A%20%26amp%3B%20B?secret=${SECRET}&issuer=A%20%26%20B` },
      },
      {},
    ),
    accounts: [{ issuer: 'A & B' }],
  },
  {
    what: 'older versions name an item after nothing',
    content: bitwarden({ name: ':null', login: { totp: `otpauth://totp/?secret=${SECRET}&issuer=` } }, {}),
    accounts: [{}],
  },
]);

each('proton', [
  {
    what: 'the name beside the link counts; no issuer; a note of a wrong type',
    content: jsonBytesOf({
      version: 1,
      entries: [
        {
          id: 'a',
          content: {
            uri: `otpauth://totp/Deno:Mason?secret=${SECRET}&issuer=Deno&period=20`,
            entry_type: 'Totp',
            name: 'New',
          },
          note: null,
        },
        {
          id: 'b',
          content: { uri: `otpauth://totp/%3Acool%40ente.com?secret=${SECRET}`, name: ':cool@ente.com' },
          note: 7,
        },
        { id: 'c', content: { uri: `steam://${SECRET}`, entry_type: 'Steam', name: 'gamer' }, note: 'x' },
      ],
    }),
    accounts: [
      { issuer: 'Deno', name: 'New', periodS: 20 },
      { name: 'cool@ente.com' },
      { type: 'steam', issuer: 'Steam', name: 'gamer', digits: 5, note: 'x' },
    ],
  },
]);

each('stratum', [
  {
    what: 'no user name, categories, an icon of the app, Steam in base64',
    content: jsonBytesOf({
      Authenticators: [
        {
          Type: 2,
          Icon: 'github',
          Issuer: 'Deno',
          Username: null,
          Secret: SECRET,
          Pin: null,
          Algorithm: 2,
          Digits: 7,
          Period: 20,
          Counter: 0,
          Ranking: 1,
        },
        { Type: 4, Issuer: 'Steam', Username: 'kim', Secret: 'cnOgv/KdpLoP6Nbh0GMkXkPXALQ=', Digits: 5 },
      ],
      Categories: [{ Id: 'c0ffee00', Name: 'Work', Ranking: 0 }],
      AuthenticatorCategories: [{ CategoryId: 'c0ffee00', AuthenticatorSecret: SECRET, Ranking: 0 }],
      CustomIcons: [],
    }),
    accounts: [
      { issuer: 'Deno', algorithm: 'SHA-512', digits: 7, periodS: 20, tags: ['Work'] },
      {
        type: 'steam',
        issuer: 'Steam',
        name: 'kim',
        digits: 5,
        secret: 'OJZ2BP7STWSLUD7I23Q5AYZELZB5OAFU',
      },
    ],
  },
]);

const andOtpEntry = {
  secret: `${SECRET}======`,
  label: 'Deno - Mason',
  digits: 6,
  type: 'TOTP',
  algorithm: 'SHA1',
  thumbnail: 'Default',
  last_used: 0,
};

each('andotp', [
  {
    what: 'old entries have issuer and name in the label; later ones may have a dash in the name',
    content: jsonBytesOf([
      { ...andOtpEntry, period: 30, tags: null },
      { ...andOtpEntry, issuer: '', period: 20, tags: ['Work', 7] },
      { ...andOtpEntry, issuer: 'Boeing', label: 'Sophia', type: 'STEAM', digits: 5, tags: [] },
      { ...andOtpEntry, issuer: 'WWE', label: 'Mason', type: 'HOTP', counter: 10_300, tags: [] },
    ]),
    accounts: [
      { issuer: 'Deno', name: 'Mason' },
      { name: 'Deno - Mason', periodS: 20, tags: ['Work'] },
      { type: 'steam', issuer: 'Boeing', name: 'Sophia', digits: 5 },
      { type: 'hotp', issuer: 'WWE', name: 'Mason', counter: 10_300, periodS: 0 },
    ],
  },
]);

const token = {
  algo: 'SHA1',
  counter: 0,
  digits: 6,
  issuerExt: 'A',
  issuerInt: 'b',
  label: 'kim',
  period: 30,
};
const bytes = [72, 101, 108, 108, 111, 33, -34, -83, -66, -17];

each('freeotp-plus', [
  {
    what: 'Steam is an issuer; an algorithm may be null; the issuer of the link stands in for the other',
    content: jsonBytesOf({
      tokenOrder: [],
      tokens: [
        { ...token, type: 'TOTP', secret: bytes, issuerExt: 'Steam', digits: 5 },
        { ...token, type: 'TOTP', secret: bytes, algo: null, issuerExt: null },
        { ...token, type: 'HOTP', secret: bytes, counter: 10_299 },
      ],
    }),
    accounts: [
      { type: 'steam', issuer: 'Steam', name: 'kim', digits: 5 },
      { issuer: 'b', name: 'kim' },
      { type: 'hotp', issuer: 'A', name: 'kim', counter: 10_300, periodS: 0 },
    ],
  },
  {
    what: 'without its order',
    content: jsonBytesOf({ tokens: [{ ...token, type: 'TOTP', secret: bytes }] }),
    accounts: [{ issuer: 'A', name: 'kim' }],
  },
]);

const lastPassAccount = {
  originalIssuerName: 'original',
  originalUserName: 'original',
  secret: SECRET,
  timeStep: 30,
  digits: 6,
  algorithm: 'SHA1',
};

each('lastpass', [
  {
    what: 'names taken out by hand stay out; the folder of everything else is none',
    content: jsonBytesOf({
      localDeviceId: null,
      version: 1,
      accounts: [
        { ...lastPassAccount, issuerName: 'A', userName: '', folderData: { folderId: 0, position: 0 } },
        { ...lastPassAccount, folderData: { folderId: 1, position: 0 }, isFavorite: true },
      ],
      folders: [
        { id: 1, name: 'Favorites', isOpened: true },
        { id: 0, name: 'Other accounts', isOpened: true },
      ],
    }),
    accounts: [{ issuer: 'A' }, { issuer: 'original', name: 'original', tags: ['Favorites'], pinned: true }],
  },
]);

each('raivo', [
  {
    what: 'numbers and truths as text',
    content: jsonBytesOf([
      {
        issuer: 'A',
        account: 'kim',
        secret: SECRET.toLowerCase(),
        algorithm: 'SHA512',
        digits: '8',
        kind: 'TOTP',
        timer: '60',
        counter: '0',
        pinned: 'true',
        iconType: '',
        iconValue: '',
      },
      { account: 'kim', secret: SECRET, kind: 'HOTP', timer: '0', counter: '7', digits: '6', pinned: 0 },
    ]),
    accounts: [
      { issuer: 'A', name: 'kim', algorithm: 'SHA-512', digits: 8, periodS: 60, pinned: true },
      { type: 'hotp', name: 'kim', counter: 7, periodS: 0 },
    ],
  },
]);

each('duo', [
  {
    what: 'a counter, and accounts of other kinds beside it',
    content: jsonBytesOf([
      {
        version: 1,
        accountType: 'OtpAccount',
        name: 'Mason',
        otpGenerator: { otpSecret: SECRET },
        pkey: 'x',
      },
      { accountType: 'OtpAccount', name: 'James', otpGenerator: { otpSecret: SECRET, counter: 3 } },
    ]),
    accounts: [{ name: 'Mason' }, { type: 'hotp', name: 'James', counter: 3, periodS: 0 }],
  },
]);

const keePassXc = (...rows: string[]) =>
  bytesOf(
    [
      '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"',
      ...rows,
    ].join('\r\n'),
  );
const keePassXcRow = (group: string, title: string) =>
  `"${group}","${title}","kim","x","","","otpauth://totp/${title}:kim?secret=${SECRET}&issuer=${title}","0","",""`;

each('keepassxc-csv', [
  {
    what: 'the root group is no tag, in whatever language it is named',
    content: keePassXc(keePassXcRow('Wurzel', 'A'), keePassXcRow('Wurzel/Arbeit/Post', 'B')),
    accounts: [
      { issuer: 'A', name: 'kim' },
      { issuer: 'B', name: 'kim', tags: ['Arbeit', 'Post'] },
    ],
  },
  {
    what: 'a group below the root that is named like it is one',
    content: keePassXc(keePassXcRow('Root/Root', 'A')),
    accounts: [{ issuer: 'A', name: 'kim', tags: ['Root'] }],
  },
]);

test('2FAS, encrypted: base64 may be broken into lines', async () => {
  const text = Buffer.from(golden('2fas/encrypted.2fas')).toString();
  const wrapped = text.replace(/("servicesEncrypted"\s*:\s*")([^"]*)/u, (_, key: string, value: string) => {
    return key + value.replaceAll(/(.{76})/gu, '$1\\n');
  });
  expect(wrapped.length).toBeGreaterThan(text.length);
  expect((await preview(bytesOf(wrapped), PASSWORD)).accounts).toEqual(
    (await preview(bytesOf(text), PASSWORD)).accounts,
  );
});

test('links below a heading: the heading is left out', async () => {
  expect(await preview(links('# My accounts', '', `otpauth://totp/a?secret=${SECRET}`))).toEqual({
    format: 'otpauth-links',
    accounts: [account({ name: 'a' })],
    leftOut: [{ where: 'Entry 1', reason: containing('not an otpauth:// link') }],
    converted: [],
  });
});

describe('damage', () => {
  test('a secret of an odd length in a format that keeps bytes is left out', async () => {
    const { accounts, leftOut } = await preview(
      aegis({ type: 'totp', name: 'kim', issuer: 'A', info: { ...totp, secret: `${SECRET}A` } }),
    );
    expect({ accounts, leftOut }).toEqual({
      accounts: [],
      leftOut: [{ where: 'Entry 1 (A: kim)', reason: containing('17 characters') }],
    });
  });
  test('a short secret of an odd length is a mistake in every format', async () => {
    const { accounts, leftOut } = await preview(links('otpauth://totp/kim?secret=NOTBASE32'));
    expect(accounts).toEqual([]);
    expect(leftOut).toEqual([{ where: 'Entry 1', reason: containing('9 characters') }]);
  });
  test('JSON that a stray byte has broken is still known, and called damaged', async () => {
    const text = Buffer.from(aegis({ type: 'totp', name: 'kim', info: totp })).toString();
    await expect(preview(bytesOf(text.replace('"db":', '"db";')))).rejects.toMatchObject({
      code: 'import-refused',
      details: { reason: 'damaged' },
    });
  });
  test('an archive belongs to nobody: nothing is unpacked', async () => {
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...createHash('sha512').update('x').digest()]);
    expect((await preview(zip)).format).toBeNull();
  });
});

describe('andOTP, encrypted with other numbers than its own', () => {
  const random = createHash('sha512').update('x').digest();
  const salt = random.subarray(0, 12);
  const iv = random.subarray(12, 24);
  const backup = (iterations: number): Uint8Array => {
    const key = pbkdf2Sync(PASSWORD, salt, iterations, 32, 'sha1');
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const plain = JSON.stringify([{ ...andOtpEntry, issuer: 'A', label: 'kim' }]);
    const count = Buffer.alloc(4);
    count.writeInt32BE(iterations);
    return Uint8Array.from(
      Buffer.concat([count, salt, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
    );
  };

  test.each([1, 999, 1_000_001])('%i iterations', async (iterations) => {
    expect(await preview(backup(iterations), PASSWORD)).toMatchObject({
      format: 'andotp',
      accounts: [account({ issuer: 'A', name: 'kim' })],
    });
  });
});
