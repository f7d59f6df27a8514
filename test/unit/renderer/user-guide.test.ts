// The written guide says of each app what the window says: a newcomer finds the same steps in both.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ANY_APP, appGuides } from '../../../src-renderer/features/add-account/app-guides.ts';

const guide = readFileSync(new URL('../../../docs/user-guide.md', import.meta.url), 'utf8');
const apps = appGuides.filter(({ id }) => id !== ANY_APP);

describe('the user guide', () => {
  test.each(apps)('tells how to move over from $name', ({ name, steps, caution }) => {
    const section = guide.split(`### ${name}\n`)[1]?.split('\n#')[0] ?? '';
    for (const [index, step] of steps.entries()) expect(section).toContain(`${index + 1}. ${step}\n`);
    if (caution !== undefined) expect(section).toContain(caution);
  });

  test('names no app that the window does not', () => {
    const named = [...guide.matchAll(/^### (.+)$/gmu)].map(([, name]) => name);
    expect(named).toEqual(apps.map(({ name }) => name));
  });
});
