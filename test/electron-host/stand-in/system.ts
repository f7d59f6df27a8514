// Stands for the parts of Electron that reach the operating system.
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ClipboardText, DialogAnswer } from '../messages.ts';
import { strict } from '../strict.ts';
import { answerParent, parent } from './parent.ts';

export const standInClipboard = {
  readText: async (): Promise<string> => ClipboardText.parse(await parent.ask('clipboard:read')),
  async writeText(text: string): Promise<void> {
    await parent.ask('clipboard:write', text);
  },
};

/** What a test wants the next file dialogs to answer; null: cancelled. */
const dialogAnswers: (string | null)[] = [];
const messages: string[] = [];

function nextAnswer(): string | null {
  const answer = dialogAnswers.shift();
  if (answer === undefined) throw new Error('The test said no answer to this dialog.');
  return answer;
}

export const standInDialog = {
  // With or without the window before the options.
  showSaveDialog(): Promise<{ canceled: boolean; filePath: string }> {
    const path = nextAnswer();
    return Promise.resolve({ canceled: path === null, filePath: path ?? '' });
  },
  showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    const path = nextAnswer();
    return Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] });
  },
  showMessageBox({ message, detail }: { message: string; detail: string }): Promise<{ response: number }> {
    messages.push(`${message}\n${detail}`);
    return Promise.resolve({ response: 0 });
  },
  /** As Electron does on Linux before it is ready. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
  },
};

export const standInShell = {
  async openExternal(url: string): Promise<void> {
    await parent.ask('external', url);
  },
};

const MenuTemplate = z.array(
  z.looseObject({
    label: z.string().optional(),
    type: z.string().optional(),
    click: z.custom<() => void>((value) => typeof value === 'function').optional(),
  }),
);
type MenuItems = z.infer<typeof MenuTemplate>;

export const standInMenu = {
  buildFromTemplate: (template: unknown): MenuItems => MenuTemplate.parse(template),
  setApplicationMenu(): void {
    // Chromium without a window has no menu.
  },
};

class StandInNativeTheme extends EventEmitter {
  readonly shouldUseDarkColors = false;
  themeSource = 'system';
}
export const standInNativeTheme = new StandInNativeTheme();

export const standInPowerMonitor = new EventEmitter();

let trayItems: MenuItems | null = null;

class StandInTray extends EventEmitter {
  constructor(icon: string) {
    super();
    if (!existsSync(icon)) throw new Error(`Failed to load image from path '${icon}'`);
  }

  setToolTip(): void {
    // Nobody points at it.
  }

  setContextMenu(items: MenuItems): void {
    trayItems = items;
  }

  destroy(): void {
    trayItems = null;
  }
}

/** `new Tray(…)` answers one without members that the stand-in lacks. */
export const standInTray = class extends StandInTray {
  constructor(icon: string) {
    super(icon);
    return strict('Tray', this);
  }
};

const registered = new Map<string, () => void>();
/** Those that another program has. */
const taken = new Set<string>();

export const standInGlobalShortcut = {
  register(accelerator: string, press: () => void): boolean {
    if (accelerator.split('+').some((key) => key === '')) throw new TypeError('conversion failure');
    if (taken.has(accelerator) || registered.has(accelerator)) return false;
    registered.set(accelerator, press);
    return true;
  },
  unregister(accelerator: string): void {
    registered.delete(accelerator);
  },
};

const display = { id: 7, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

export const standInScreen = {
  getCursorScreenPoint: (): { x: number; y: number } => ({ x: 0, y: 0 }),
  getDisplayNearestPoint: (): typeof display => display,
  getDisplayMatching: (): typeof display => display,
};

export const standInDesktopCapturer = {
  getSources: (): Promise<{ id: string; name: string; display_id: string }[]> =>
    Promise.resolve([
      { id: 'screen:0:0', name: 'Screen 1', display_id: '3' },
      { id: 'screen:1:0', name: 'Screen 2', display_id: String(display.id) },
    ]),
};

const PowerEvent = z.enum(['suspend', 'resume', 'lock-screen']);

answerParent({
  'desktop:power': (body) => standInPowerMonitor.emit(PowerEvent.parse(body)),
  'desktop:tray': () =>
    trayItems?.map(({ label, type }) => (type === 'separator' ? '-' : (label ?? ''))) ?? null,
  'desktop:press-tray': (body) => {
    const item = trayItems?.find(({ label }) => label === body);
    if (item?.click === undefined) throw new Error(`The tray has no item ${String(body)}.`);
    item.click();
  },
  /** Whether the app had these keys. */
  'desktop:press-keys': (body) => {
    const press = registered.get(z.string().parse(body));
    press?.();
    return press !== undefined;
  },
  'desktop:has-keys': (body) => registered.has(z.string().parse(body)),
  'desktop:take-keys': (body) => void taken.add(z.string().parse(body)),
  'desktop:answer-dialog': (body) => void dialogAnswers.push(DialogAnswer.parse(body)),
  'desktop:messages': () => messages,
});
