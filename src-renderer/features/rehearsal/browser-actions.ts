// What can happen at a browser of the world now, by what is on its screen: the entries of its menu.
import type { Action, RehearsedBrowser, RehearsedWorld } from '../../../src-shared/contract/index.ts';
import type { MenuAction } from '../../ui/menu.tsx';

export interface BrowserDoing {
  readonly world: RehearsedWorld;
  readonly browser: RehearsedBrowser;
  readonly act: (action: Action) => void;
  /** Asks for the name of what is kept. */
  readonly keep: (what: 'sheet' | { readonly codesWith: string }) => void;
}

type Entry = readonly [label: string, action: Action];

const entries = (list: readonly Entry[], act: (action: Action) => void): MenuAction[] =>
  list.map(([label, action]) => ({ id: label, label, onAction: () => act(action) }));

/** Devices whose codes can be read: at hand, unlocked, and with something in them. */
const readable = ({ devices }: RehearsedWorld): readonly string[] =>
  devices
    .filter(({ lostAtMs, isLocked, accounts }) => lostAtMs === null && !isLocked && accounts > 0)
    .map(({ name }) => name);

const sheetsOf = (
  { sheets }: RehearsedWorld,
  kind: 'recovery-codes' | 'break-glass-codes',
): readonly string[] => sheets.filter((sheet) => sheet.kind === kind).map(({ name }) => name);

/** What the person in front of it can do on that screen. */
function onScreen({ world, browser: { name: browser, screen }, act, keep }: BrowserDoing): MenuAction[] {
  const devices = readable(world);
  switch (screen) {
    case 'no-organization':
    case 'change-password':
      return [];
    case 'signed-out':
      return entries(
        world.people.map(({ userName: user }) => [`Sign in as ${user}`, { do: 'sign-in', user, browser }]),
        act,
      );
    case 'code':
      return entries(
        [
          ...devices.flatMap((device): Entry[] => [
            [`Enter the code of ${device}`, { do: 'enter-code', browser, device }],
            [`Enter the code of ${device}, and trust`, { do: 'enter-code', browser, device, trust: true }],
            [`Enter two codes in a row of ${device}`, { do: 'resynchronize', browser, device }],
          ]),
          ['Enter the noted code', { do: 'enter-noted-code', browser }],
          ['Enter a wrong code', { do: 'enter-wrong-codes', browser, times: 1 }],
          ['Enter wrong codes until locked', { do: 'enter-wrong-codes', browser, times: 'until-locked' }],
          ...sheetsOf(world, 'recovery-codes').map((sheet): Entry => [
            `Enter a code of “${sheet}”`,
            { do: 'enter-recovery-code', browser, sheet },
          ]),
          ...sheetsOf(world, 'break-glass-codes').map((sheet): Entry => [
            `Enter a code of “${sheet}”`,
            { do: 'use-break-glass', browser, sheet },
          ]),
          ['Give the sign-in up', { do: 'cancel-sign-in', browser }],
        ],
        act,
      );
    case 'break-glass':
      return entries(
        [
          ...devices.map((device): Entry => [
            `Enter the code of ${device}`,
            { do: 'enter-code', browser, device },
          ]),
          ['Give the sign-in up', { do: 'cancel-sign-in', browser }],
        ],
        act,
      );
    case 'set-up':
      return entries(
        [
          ...devices.map((device): Entry => [
            `Confirm with the code of ${device}`,
            { do: 'confirm-set-up', browser, device },
          ]),
          ['Give the sign-in up', { do: 'cancel-sign-in', browser }],
        ],
        act,
      );
    case 'keep-secret':
      return entries([['Leave this page', { do: 'finish-set-up', browser }]], act);
    case 'reset':
      return entries(
        [
          ...devices.map((device): Entry => [
            `Confirm with the code of ${device}`,
            { do: 'confirm-reset', browser, device },
          ]),
          ['Give the change of device up', { do: 'cancel-reset', browser }],
        ],
        act,
      );
    case 'signed-in':
      return [
        ...entries(
          devices.flatMap((device): Entry[] => [
            [`Begin a change of device with ${device}`, { do: 'start-reset', browser, device }],
            [`Prove the kept secret with ${device}`, { do: 'prove-backup', browser, device }],
          ]),
          act,
        ),
        ...devices.map((device) => ({
          id: `codes of ${device}`,
          label: `Make recovery codes with ${device}…`,
          onAction: () => keep({ codesWith: device }),
        })),
        ...entries([['Sign out', { do: 'sign-out', browser }]], act),
      ];
  }
}

/** All of it, what belongs to the screen first. */
export function browserActions(doing: BrowserDoing): readonly MenuAction[] {
  const { world, browser, act, keep } = doing;
  const { name } = browser;
  return [
    ...onScreen(doing),
    ...(browser.showsQrCode
      ? [
          {
            id: 'keep',
            label: 'Keep the sheet on screen…',
            icon: 'print',
            onAction: () => keep('sheet'),
          } as const,
        ]
      : []),
    {
      id: 'reload',
      label: 'Load the page again',
      icon: 'refresh',
      onAction: () => act({ do: 'reload', browser: name }),
    },
    {
      id: 'reopen',
      label: 'Close and open again',
      onAction: () => act({ do: 'reopen-browser', browser: name }),
    },
    ...world.browsers
      .filter((other) => other.name !== name)
      .map((other) => ({
        id: `copy to ${other.name}`,
        label: `A thief copies its cookies to ${other.name}`,
        isDanger: true,
        onAction: () => act({ do: 'copy-cookies', from: name, to: other.name }),
      })),
  ];
}
