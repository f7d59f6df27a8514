// Has main look at pictures or at a text, and puts together what it found.
import {
  type Candidate,
  MAX_PASTED_CHARACTERS,
  MAX_PICTURE_BYTES,
  type Preview,
} from '../../../src-shared/contract/index.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { CallFailure, failureMessage } from '../../bridge/failure.ts';
import type { Incoming } from '../authenticator/use-incoming.ts';

export type Reading = Preview;

/** More pictures at once are refused: whoever drops a whole folder did not mean it. */
const MAX_PICTURES = 20;

const refuse = (message: string): CallFailure => new CallFailure({ code: 'picture-refused', message });

async function readPicture(bridge: Bridge, file: File): Promise<Preview> {
  if (file.size > MAX_PICTURE_BYTES) {
    throw refuse(
      `“${file.name}” is larger than 20 MB. Cut the QR code out and try again; nothing was added.`,
    );
  }
  const picture = new Uint8Array(await file.arrayBuffer());
  return bridge.call('authenticator:previewPicture', { picture });
}

/** Throws CallFailure where nothing could be read; of several pictures only when none could. */
export async function readIncoming(bridge: Bridge, incoming: Incoming): Promise<Reading> {
  if (incoming.kind === 'text') {
    if (incoming.text.length > MAX_PASTED_CHARACTERS)
      throw refuse('That text is too long to hold a link. Nothing was added.');
    return bridge.call('authenticator:previewText', { text: incoming.text });
  }
  const { files } = incoming;
  const [only] = files;
  if (only !== undefined && files.length === 1) return readPicture(bridge, only);
  if (files.length > MAX_PICTURES)
    throw refuse(`Those are more than ${MAX_PICTURES} pictures. Take fewer at a time.`);
  const candidates: Candidate[] = [];
  const leftOut: Preview['leftOut'] = [];
  for (const file of files) {
    try {
      const preview = await readPicture(bridge, file);
      candidates.push(...preview.candidates);
      leftOut.push(
        ...preview.leftOut.map(({ where, reason }) => ({ where: `${file.name}, ${where}`, reason })),
      );
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      leftOut.push({ where: file.name, reason: failureMessage(error) });
    }
  }
  return { candidates, leftOut };
}
