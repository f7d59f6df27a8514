// What Ente adds to a link in its parameter `codeDisplay`: pin, trash, tags, note and icon, as JSON.
import { z } from 'zod';

export interface CodeDisplay {
  readonly pinned: boolean;
  readonly trashed: boolean;
  readonly hasIcon: boolean;
  readonly tags: string[];
  readonly note: string;
}

const Display = z.looseObject({
  pinned: z.boolean().nullish(),
  trashed: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
  note: z.string().nullish(),
  iconID: z.string().nullish(),
});

const NOTHING: CodeDisplay = { pinned: false, trashed: false, hasIcon: false, tags: [], note: '' };

/** Reads the encoded parameter; empty means that there is none, null that it cannot be read. */
export function readCodeDisplay(parameter: string): CodeDisplay | null {
  if (parameter === '') return NOTHING;
  try {
    const value: unknown = JSON.parse(decodeURIComponent(parameter.replaceAll('+', ' ')));
    const display = Display.parse(value);
    return {
      pinned: display.pinned ?? false,
      trashed: display.trashed ?? false,
      hasIcon: (display.iconID ?? '') !== '',
      tags: display.tags ?? [],
      note: display.note ?? '',
    };
  } catch {
    return null;
  }
}

/** The parameter for a link, encoded. */
export const writeCodeDisplay = (display: Pick<CodeDisplay, 'pinned' | 'tags' | 'note'>): string =>
  encodeURIComponent(
    JSON.stringify({
      pinned: display.pinned,
      trashed: false,
      lastUsedAt: 0,
      tapCount: 0,
      tags: display.tags,
      note: display.note,
      position: 0,
      iconSrc: '',
      iconID: '',
    }),
  );
