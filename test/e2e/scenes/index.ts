// All scenes. A new file of scenes is added here.
import { authenticatorScenes } from './authenticator-scenes.ts';
import { organizationScenes } from './organization-scenes.ts';
import { usersScenes } from './users-scenes.ts';
import { breakGlassScenes } from './break-glass-scenes.ts';
import { consoleScenes } from './console-scenes.ts';
import { frameScenes } from './frame-scenes.ts';
import type { Scene } from './scene.ts';

export const scenes: readonly Scene[] = [
  ...authenticatorScenes,
  ...consoleScenes,
  ...breakGlassScenes,
  ...usersScenes,
  ...organizationScenes,
  ...frameScenes,
];
