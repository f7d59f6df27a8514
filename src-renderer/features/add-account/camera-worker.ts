// Runs in a worker: looks for a QR code in one frame of the camera after the other.
import jsQR from 'jsqr';
import { z } from 'zod';
import { type CameraFinding, CameraFrame } from './camera-messages.ts';

// As in the page: its policy allows no code made from text.
z.config({ jitless: true });

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const { width, height, pixels, isInverted } = CameraFrame.parse(data);
  const found = jsQR(pixels, width, height, {
    inversionAttempts: isInverted ? 'onlyInvert' : 'dontInvert',
  });
  // jsQR answers an empty text for some pictures without a code.
  const finding: CameraFinding = { text: found === null || found.data === '' ? null : found.data };
  postMessage(finding);
});
