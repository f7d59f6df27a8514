// One picture of the screen, taken at once; and parts of it as files to be read.
import type { Region } from './region.ts';

/** As many pixels as the screen has: a code of a few pixels more or less can be the difference. */
const MOST = { width: { ideal: 15_360 }, height: { ideal: 8_640 } };

const FRAME_WITHIN_MS = 1_000;

/**
 * Lets the user choose a screen or window and takes one picture of it. Nothing is recorded: the stream ends with the
 * first frame. Throws what `getDisplayMedia` throws.
 */
export async function takeScreenPicture(): Promise<HTMLCanvasElement> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: MOST, audio: false });
  try {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    await firstFrame(video);
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    video.srcObject = null;
    return canvas;
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** A window that was hidden to be out of the picture may be told of no frame: then the one that plays is taken. */
const firstFrame = (video: HTMLVideoElement): Promise<unknown> =>
  Promise.race([
    new Promise((resolve) => video.requestVideoFrameCallback(resolve)),
    new Promise((resolve) => setTimeout(resolve, FRAME_WITHIN_MS)),
  ]);

const asFile = (canvas: HTMLCanvasElement, name: string): Promise<File> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture cannot be encoded.'));
      else resolve(new File([blob], name, { type: 'image/png' }));
    }, 'image/png');
  });

/** The whole picture as a file. */
export const wholePicture = (picture: HTMLCanvasElement): Promise<File> => asFile(picture, 'Screen');

/** A part of the picture as a file. */
export function partOfPicture(picture: HTMLCanvasElement, region: Region): Promise<File> {
  const { x, y, width, height } = region;
  const part = document.createElement('canvas');
  part.width = width;
  part.height = height;
  part.getContext('2d')?.drawImage(picture, x, y, width, height, 0, 0, width, height);
  return asFile(part, 'Part of the screen');
}
