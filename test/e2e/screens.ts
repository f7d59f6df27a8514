// `npm run screens -- DIR [NAME…]`: a picture of every scene (or of those whose name begins with a NAME),
// light and dark, at 1280 by 800 and in the smallest window.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { scenes } from './scenes/index.ts';
import { openStage, type Setting } from './stage/stage.ts';

const settings: readonly Setting[] = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, width: 1280, height: 800 },
  { theme, width: 720, height: 560 },
]);

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say where the pictures go: npm run screens -- DIR');
  process.exit(1);
}
await mkdir(resolve(folder), { recursive: true });
const chosen = scenes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
);

let pictures = 0;
const faults: string[] = [];
const stage = await openStage();
try {
  for (const scene of chosen) {
    for (const setting of settings) {
      const name = `${scene.name}-${setting.theme}-${setting.width}x${setting.height}`;
      try {
        await stage.show(scene, setting, async (page, problems) => {
          await page.screenshot({ path: join(resolve(folder), `${name}.png`) });
          pictures += 1;
          faults.push(...problems.map((problem) => `${name}: ${problem}`));
        });
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
} finally {
  await stage.close();
}
console.log(`${pictures} pictures in ${folder}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
