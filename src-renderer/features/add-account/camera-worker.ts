// Runs in a worker: looks for a QR code in one frame of the camera after the other.
import { z } from 'zod';
import { codeIn } from './camera-code.ts';
import { type CameraFinding, CameraFrame } from './camera-messages.ts';

// As in the page: its policy allows no code made from text.
z.config({ jitless: true });

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const finding: CameraFinding = { text: codeIn(CameraFrame.parse(data)) };
  postMessage(finding);
});
