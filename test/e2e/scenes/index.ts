// All scenes. A new file of scenes is added here.
import { addingScenes } from './adding-scenes.ts';
import { apiScenes } from './api-scenes.ts';
import { authenticatorScenes } from './authenticator-scenes.ts';
import { organizationScenes } from './organization-scenes.ts';
import { usersScenes } from './users-scenes.ts';
import { breakGlassScenes } from './break-glass-scenes.ts';
import { backupScenes } from './backup-scenes.ts';
import { clockScenes } from './clock-scenes.ts';
import { consoleScenes } from './console-scenes.ts';
import { databaseScenes } from './database-scenes.ts';
import { frameScenes } from './frame-scenes.ts';
import { lockScenes } from './lock-scenes.ts';
import { quickCopyScenes } from './quick-copy-scenes.ts';
import { rehearsalScenes } from './rehearsal-scenes.ts';
import type { Scene } from './scene.ts';
import { transferScenes } from './transfer-scenes.ts';

export const scenes: readonly Scene[] = [
  ...authenticatorScenes,
  ...addingScenes,
  ...transferScenes,
  ...consoleScenes,
  ...breakGlassScenes,
  ...apiScenes,
  ...databaseScenes,
  ...usersScenes,
  ...organizationScenes,
  ...rehearsalScenes,
  ...clockScenes,
  ...frameScenes,
  ...quickCopyScenes,
  ...lockScenes,
  ...backupScenes,
];
