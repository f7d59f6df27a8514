// The renderer over the fake host, for the scene that the address names (`?scene=clock-right#/clock`).
import { z } from 'zod';

// As in the renderer's own entry.
z.config({ jitless: true });

const { isFrame } = await import('../../../src-renderer/bridge/frame-transport.ts');

async function startScene(): Promise<void> {
  const { start } = await import('../../../src-renderer/app/start.tsx');
  const { createFakeHost } = await import('../../fakes/fake-host.ts');
  const { scenes } = await import('../scenes/index.ts');
  const name = new URLSearchParams(location.search).get('scene');
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name ?? 'without a name'}.`);
  const host = createFakeHost(scene.answers);
  scene.onHost?.(host);
  start(host);
  if (scene.endsHost === true) setTimeout(() => host.end(), 500);
}

if (isFrame()) {
  const { startFrame } = await import('../../../src-renderer/app/start-frame.ts');
  await startFrame();
} else {
  await startScene();
}
