// The QR worker: decodes one picture after another, off main's thread.
import { parentPort } from 'node:worker_threads';
import { decodePicture } from './pixels.ts';
import { prepareReaders, readQrCodes } from './qr-reader.ts';
import { PictureJob, type PictureResult } from './worker-messages.ts';

prepareReaders();

async function read(bytes: Uint8Array): Promise<PictureResult> {
  let pixels;
  try {
    pixels = decodePicture(bytes);
  } catch {
    return { kind: 'damaged' };
  }
  return { kind: 'read', texts: await readQrCodes(pixels) };
}

parentPort?.on('message', (message: unknown) => {
  const { bytes } = PictureJob.parse(message);
  // A fault here ends the worker, which its owner notices.
  void read(bytes).then((result) => parentPort?.postMessage(result));
});
