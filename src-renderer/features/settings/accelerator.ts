// Pressed keys as Electron writes them ("Control+Shift+Space"), and as people read them.

/** What of a KeyboardEvent is looked at. */
export interface PressedKeys {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

export type Recorded =
  | { readonly kind: 'keys'; readonly accelerator: string }
  /** Only modifiers so far: wait for the key. */
  | { readonly kind: 'incomplete' }
  /** `reason` is a sentence for the person. */
  | { readonly kind: 'refused'; readonly reason: string };

const modifierKeys: ReadonlySet<string> = new Set([
  'Control',
  'Alt',
  'AltGraph',
  'Shift',
  'Meta',
  'OS',
  'CapsLock',
  'Fn',
  'Dead',
]);

/** By `code`, for their `key` changes with the modifiers and the language. */
const namedKeys: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Return',
  NumpadEnter: 'Return',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
  Backquote: '`',
};

/** The key without its modifiers, or null: none that Electron can take. */
function keyName({ key, code }: PressedKeys): string | null {
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  // What the letter is depends on the layout; where a modifier has made another sign of it, the place has to do.
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const place = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  if (place !== null) return place[1] ?? place[2] ?? `num${place[3] ?? ''}`;
  return namedKeys[code] ?? null;
}

function modifiersOf(pressed: PressedKeys, platform: string): string[] {
  return [
    ...(pressed.ctrlKey ? ['Control'] : []),
    ...(pressed.altKey ? ['Alt'] : []),
    ...(pressed.shiftKey ? ['Shift'] : []),
    ...(pressed.metaKey ? [platform === 'darwin' ? 'Command' : 'Super'] : []),
  ];
}

/**
 * What was pressed, for keys that are to work in every program. Two modifiers are asked for, so that none of those
 * programs loses a key of its own such as Control+C; with a function key one will do.
 *
 * @param platform as Node names it
 */
export function recordKeys(pressed: PressedKeys, platform: string): Recorded {
  if (modifierKeys.has(pressed.key)) return { kind: 'incomplete' };
  const name = keyName(pressed);
  if (name === null) return { kind: 'refused', reason: 'This key cannot be used. Try another one.' };
  const modifiers = modifiersOf(pressed, platform);
  const hasStrong = modifiers.some((modifier) => modifier !== 'Shift');
  if (!hasStrong || (modifiers.length < 2 && !/^F\d/.test(name))) {
    const [first, second] = platform === 'darwin' ? ['Command', 'Option'] : ['Ctrl', 'Alt'];
    return {
      kind: 'refused',
      reason: `Hold two keys like ${first} and ${second} with it, so that no program loses a key of its own.`,
    };
  }
  return { kind: 'keys', accelerator: [...modifiers, name].join('+') };
}

const words: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  Return: 'Enter',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
};
const macWords: Readonly<Record<string, string>> = { ...words, Control: 'Control', Alt: 'Option' };

/** Each key as it is read, for instance ['Ctrl', 'Shift', 'Space']. */
export const keyWords = (accelerator: string, platform: string): readonly string[] =>
  accelerator.split('+').map((key) => {
    const word = (platform === 'darwin' ? macWords : words)[key];
    return word ?? key.replace(/^num(\d)$/, 'Keypad $1');
  });
