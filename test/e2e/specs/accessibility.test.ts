// Every scene, light and dark, in the smallest window: axe finds nothing serious, and nothing breaks the page's policy.
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

/** One line for each finding that is serious or critical. */
const serious = (findings: unknown): string[] =>
  Findings.parse(findings)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`),
    );

describe('accessibility', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  for (const scene of scenes) {
    for (const theme of ['light', 'dark'] as const) {
      it(`${scene.name}, ${theme}: nothing serious, no error, no violation of the policy`, async () => {
        await stage.show(scene, { theme, width: 720, height: 560 }, async (page, problems) => {
          await page.evaluate(axe.source);
          const findings: unknown = await page.evaluate(`axe.run().then(({ violations }) => violations)`);
          expect(serious(findings)).toEqual([]);
          expect(problems).toEqual([]);
        });
      });
    }
  }
});
