// Break-glass codes in the administration: none, sealed, in use, and just made.
import type { Page } from 'playwright-core';
import type { BreakGlass } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { SCENE_NOW_MS } from './app-answers.ts';
import { answers as organizationAnswers } from './organization-scenes.ts';
import type { Scene } from './scene.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const sealed: BreakGlass['sealed'] = {
  createdAtMs: SCENE_NOW_MS - 40 * DAY_MS,
  createdBy: 'maria.keller',
  codesLeft: 4,
  delayMs: DAY_MS,
};
const none: BreakGlass = { sealed: null, pending: null };

const at = (status: BreakGlass, more: FakeAnswers = {}): FakeAnswers => ({
  ...organizationAnswers,
  'administration:breakGlass': status,
  ...more,
});

const toCard = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Break-glass codes' }).scrollIntoViewIfNeeded();

export const breakGlassScenes: readonly Scene[] = [
  { name: 'console-sealed-codes-none', route: 'console/policy', answers: at(none), act: toCard },
  {
    name: 'console-sealed-codes-in-use',
    route: 'console/policy',
    answers: at({
      sealed,
      pending: {
        startedAtMs: SCENE_NOW_MS,
        effectiveAtMs: SCENE_NOW_MS + DAY_MS,
        userName: 'maria.keller',
        browser: 'Firefox on Windows',
      },
    }),
    act: toCard,
  },
  {
    name: 'console-sealed-codes-made',
    route: 'console/policy',
    answers: at(none, {
      'administration:makeBreakGlass': {
        codes: [
          'K7MF-2PQX-AT5N-4WVD',
          'QH3J-77LA-ZXPE-ROKC',
          '5NDA-JUWS-IB2M-VV6T',
          'GEXO-4RLY-PC7H-DS3K',
          'W2ZU-MHQN-6TFI-XJBA',
        ],
        status: { sealed, pending: null },
      },
    }),
    act: async (page) => {
      await page.getByRole('button', { name: 'Make break-glass codes' }).click();
      await page.getByRole('button', { name: 'Make codes' }).click();
      await page.getByRole('list', { name: 'Codes' }).waitFor();
    },
  },
];
