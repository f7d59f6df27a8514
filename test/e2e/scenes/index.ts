// All scenes. A new file of scenes is added here.
import { addingScenes } from './adding-scenes.ts';
import { authenticatorScenes } from './authenticator-scenes.ts';
import { backupScenes } from './backup-scenes.ts';
import { consoleAdministrationScenes } from './console-administration-scenes.ts';
import { consoleScenes } from './console-scenes.ts';
import { frameScenes } from './frame-scenes.ts';
import { lockScenes } from './lock-scenes.ts';
import { quickCopyScenes } from './quick-copy-scenes.ts';
import type { Scene } from './scene.ts';
import { transferScenes } from './transfer-scenes.ts';

export const scenes: readonly Scene[] = [
  ...authenticatorScenes,
  ...addingScenes,
  ...transferScenes,
  ...consoleScenes,
  ...consoleAdministrationScenes,
  ...frameScenes,
  ...quickCopyScenes,
  ...lockScenes,
  ...backupScenes,
];
