// Every scene, light and dark, in the smallest window: axe finds nothing serious, and nothing breaks the page's policy.
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { scenes } from '../scenes/index.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const Findings = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullish(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);

/** One line for each finding that is serious or critical. `options` is JavaScript text, as axe.run takes it. */
async function seriousFindings(page: Page, options = '{}'): Promise<string[]> {
  const findings: unknown = await page.evaluate(
    // React Aria's announcer names what has just gone, for the seven seconds that it keeps a message.
    `axe.run({ exclude: ['[data-live-announcer]'] }, { resultTypes: ['violations'], ...${options} }).then(({ violations }) => violations)`,
  );
  return Findings.parse(findings)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`),
    );
}

describe('accessibility', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it.each(scenes)('$name: nothing serious in light and dark, no error, nothing against the policy', (scene) =>
    stage.show(scene, { theme: 'light', width: 720, height: 560 }, async (page, problems) => {
      // The rehearsal has the pages of its browsers and devices in frames.
      for (const frame of page.frames()) await frame.evaluate(axe.source);
      expect(await seriousFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-theme=dark]').waitFor();
      // Nothing but the colours is another in the dark.
      expect(await seriousFindings(page, `{ runOnly: ['color-contrast'] }`)).toEqual([]);
      expect(problems).toEqual([]);
    }),
  );
});
