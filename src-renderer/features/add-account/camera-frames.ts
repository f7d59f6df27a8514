// Hands the frames of a video to the worker that reads them: small ones, and one at a time.
import { CameraFinding, type CameraFrame } from './camera-messages.ts';
import { fitted } from './region.ts';

/** Enough for the densest code that fills half of the picture. */
const FRAME_PIXELS = 800;

/** Calls `onText` for each code seen, again as long as it is seen. Returns the function that ends it. */
export function readFrames(video: HTMLVideoElement, onText: (text: string) => void): () => void {
  const worker = new Worker(new URL('./camera-worker.ts', import.meta.url), { type: 'module' });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let isBusy = false;
  let isInverted = false;
  let next: number;

  const offer = (): void => {
    next = video.requestVideoFrameCallback(offer);
    if (isBusy || context === null || video.videoWidth === 0) return;
    const { width, height } = fitted({ width: video.videoWidth, height: video.videoHeight }, FRAME_PIXELS);
    canvas.width = width;
    canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, width, height).data;
    const frame: CameraFrame = { width, height, pixels, isInverted };
    isBusy = true;
    isInverted = !isInverted;
    worker.postMessage(frame, [pixels.buffer]);
  };

  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    isBusy = false;
    const { text } = CameraFinding.parse(data);
    if (text !== null) onText(text);
  };
  // A frame that nobody can read is not the last one.
  worker.onerror = () => {
    isBusy = false;
  };
  next = video.requestVideoFrameCallback(offer);
  return () => {
    video.cancelVideoFrameCallback(next);
    worker.terminate();
  };
}
