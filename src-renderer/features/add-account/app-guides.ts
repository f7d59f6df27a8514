// How to take accounts out of other authenticators, in the words of their own menus; honest where an app lets none out.
import type { Way } from '../transfer/open-transfer.ts';

export interface AppGuide {
  readonly id: string;
  readonly name: string;
  /** What to know before. */
  readonly caution?: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** It writes a file that Twofold reads. */
  readonly hasFile: boolean;
  /** Other ways in that serve, the best one first. */
  readonly ways: readonly Way[];
}

const setUpAnew = [
  'Sign in to the service, open its security settings, and choose to set the authenticator app up anew, or to add another one.',
  'It shows a new QR code and secret. Give them to Twofold: read the screen or a picture, or type the secret in.',
  'Enter the code that Twofold shows. From then on the codes of the old app no longer work for this service.',
] as const;

const fileGuide = (id: string, name: string, steps: readonly string[], caution?: string): AppGuide => ({
  id,
  name,
  steps,
  hasFile: true,
  ways: [],
  ...(caution === undefined ? {} : { caution }),
});

/** The guide for whoever has a file already. */
export const ANY_APP = 'any';

export const appGuides: readonly AppGuide[] = [
  fileGuide(ANY_APP, 'Any of them: I have a file', [
    'Choose the file, or drop it on the window. What kind it is shows from what it holds; encrypted files ask for their password. You see everything before it is added.',
  ]),
  {
    id: 'google',
    name: 'Google Authenticator',
    steps: [
      'In the app open the menu, then “Transfer accounts”, then “Export accounts”, and select the accounts.',
      'It shows a QR code for every ten accounts. Hold each one before the camera here, one after the other.',
      'Where the phone allows screenshots, send them to this computer and read all of them as pictures at once.',
    ],
    hasFile: false,
    ways: ['camera', 'picture'],
  },
  fileGuide('aegis', 'Aegis', [
    'In the app open “Settings”, then “Import & Export”, then “Export”.',
    'Keep the export encrypted and send the file to this computer.',
    'Choose it here and enter the password of Aegis.',
  ]),
  fileGuide('2fas', '2FAS', [
    'In the app open “Settings”, then “2FAS Backup”, then “Export”.',
    'Give the file a password and send it to this computer. It ends in .2fas.',
    'Choose it here and enter that password.',
  ]),
  fileGuide('ente', 'Ente Auth', [
    'In the app open “Settings”, then “Data”, then “Export codes”.',
    'Choose the encrypted export, give it a password, and send the file to this computer.',
    'Choose it here. Opening it can take some seconds: Ente makes guessing its password slow on purpose.',
  ]),
  fileGuide(
    'bitwarden',
    'Bitwarden (password manager)',
    [
      'In Bitwarden choose to export the vault, with the file format .json, or .json (Encrypted) with the export type “Password protected”.',
      'Choose the file here. Only the one-time codes are taken, no passwords.',
    ],
    'An encrypted export of the type “Account restricted” can be opened by Bitwarden alone.',
  ),
  fileGuide('bitwardenAuthenticator', 'Bitwarden Authenticator', [
    'In the app open “Settings”, then “Export”, and choose JSON.',
    'Send the file to this computer and choose it here.',
  ]),
  fileGuide('proton', 'Proton Authenticator', [
    'In the app open “Settings”, then “Export”. Give the file a password where it asks for one.',
    'Choose the file here.',
  ]),
  fileGuide('stratum', 'Stratum (Authenticator Pro)', [
    'In the app make a backup to a file, encrypted with a password.',
    'Send it to this computer, choose it here, and enter that password.',
  ]),
  fileGuide('andotp', 'andOTP', [
    'In the app open the menu, then “Backups”, and make an encrypted or a plain-text backup. An OpenPGP backup cannot be read.',
    'Send the file to this computer and choose it here.',
  ]),
  fileGuide(
    'freeotp',
    'FreeOTP+',
    ['In FreeOTP+ open the menu and export as JSON.', 'Send the file to this computer and choose it here.'],
    'FreeOTP without the plus writes a backup of another kind, which cannot be read. Its services must be set up anew.',
  ),
  fileGuide('lastpass', 'LastPass Authenticator', [
    'In the app open “Settings”, then “Transfer accounts”, then “Export accounts to file”.',
    'Send the file to this computer and choose it here.',
  ]),
  fileGuide('raivo', 'Raivo OTP', [
    'In the app open “Settings”, then “Export OTPs to ZIP archive”.',
    'Unpack the archive on this computer; its password is the master password of Raivo.',
    'Choose the JSON file from the archive here.',
  ]),
  fileGuide(
    'duo',
    'Duo Mobile',
    [
      'Have you a file of Duo’s accounts in JSON, from a tool or from the backup of a phone? Choose it here.',
      'Otherwise set each service up anew: its security settings show a new QR code.',
    ],
    'Duo Mobile exports nothing itself. Accounts that Duo confirms by a push message have no secret that could be moved.',
  ),
  fileGuide(
    'keepassxc',
    'KeePassXC',
    [
      'Open the database, then “Database”, “Export”, “CSV File”.',
      'Choose the file here. Only the one-time codes are taken, no passwords.',
    ],
    'The CSV file holds every password in clear. Delete it as soon as the accounts are here.',
  ),
  {
    id: 'microsoft',
    name: 'Microsoft Authenticator',
    caution: 'Microsoft Authenticator lets no secrets out: its backup can only be restored into itself.',
    steps: setUpAnew,
    hasFile: false,
    ways: ['manual', 'picture'],
  },
  {
    id: 'authy',
    name: 'Authy',
    caution: 'Authy neither exports nor imports accounts.',
    steps: setUpAnew,
    hasFile: false,
    ways: ['manual', 'picture'],
  },
  {
    id: 'steam',
    name: 'Steam',
    caution: 'The Steam app shows no secret. Only who has saved it at the set-up can move it.',
    steps: [
      'Have you the secret in base32? Type it in, with the type “Steam”.',
      'Have you a link that begins with steam:// or otpauth://? Paste it.',
      'An export of Aegis, 2FAS or another app that holds your Steam account brings it along.',
    ],
    hasFile: true,
    ways: ['manual'],
  },
];
