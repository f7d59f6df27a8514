// The renderer's entry: finds the host it runs under and starts the user interface over it.
import { z } from 'zod';

// Before any schema is built: zod would otherwise try `new Function`, which the content security policy reports.
z.config({ jitless: true });

const { isFrame } = await import('./bridge/frame-transport.ts');

// First of all: what is shown inside the rehearsal reaches neither main nor the user's data, whatever else is there.
if (isFrame()) {
  const { startFrame } = await import('./app/start-frame.ts');
  await startFrame();
} else {
  const { start } = await import('./app/start.tsx');
  const { desktopTransport } = await import('./bridge/desktop-transport.ts');
  const { httpTransport, redeemLaunchToken } = await import('./bridge/http-transport.ts');
  if (window.twofold === undefined) {
    await redeemLaunchToken();
    start(httpTransport());
  } else {
    start(desktopTransport(window.twofold));
  }
}
