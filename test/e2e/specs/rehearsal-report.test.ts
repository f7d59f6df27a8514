// Issue 5: the reports in a browser — XML and HTML as its parsers read them, the page's own policy, axe, narrow and wide.
import axe from 'axe-core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeHtml } from '../../../src-main/rehearsal/report/html.ts';
import { writeJunit } from '../../../src-main/rehearsal/report/junit.ts';
import { hostileStory, playStory, rightStory, runOf } from '../../fakes/played-stories.ts';
import { endSurroundings, sharedChromium } from '../drivers/surroundings.ts';

const Findings = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

describe('reports of a rehearsal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-report-'));
  const path = join(folder, 'report.html');
  const problems: string[] = [];
  const requests: string[] = [];
  let page: Page;
  let junit: string;

  beforeAll(async () => {
    const run = runOf(await playStory(rightStory), await playStory(hostileStory));
    junit = writeJunit(run);
    writeFileSync(path, writeHtml(run));
    const browser = await sharedChromium();
    page = await browser.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('dialog', (dialog) => problems.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
  });
  afterAll(async () => {
    await page.close();
    await endSurroundings();
    rmSync(folder, { recursive: true, force: true });
  });

  it('issue 5: JUnit is well-formed XML, and gives the hostile words back as text', async () => {
    const read = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      return {
        error: document.querySelector('parsererror')?.textContent ?? null,
        elements: [...new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName))],
        cases: document.querySelectorAll('testcase').length,
        failures: [...document.querySelectorAll('failure')].map(({ textContent }) => textContent),
        title: document
          .querySelector('testsuite[name=hostile-words] property[name="scenario.title"]')
          ?.getAttribute('value'),
      };
    }, junit);
    expect(read.error).toBeNull();
    expect(read.elements.toSorted()).toEqual(
      ['failure', 'properties', 'property', 'system-out', 'testcase', 'testsuite', 'testsuites'].toSorted(),
    );
    expect(read.cases).toBe(rightStory.steps.length + hostileStory.steps.length);
    expect(read.failures[0]).toContain('<script>alert(1)</script> & "quoted"');
    expect(read.title).toBe(hostileStory.title);
  });

  it('issue 5: HTML runs nothing, loads nothing, and its own policy lets its style through', async () => {
    expect(requests).toEqual([pathToFileURL(path).href]);
    expect(problems).toEqual([]);
    const found = await page.evaluate(() => ({
      scripts: document.querySelectorAll('script, img, iframe, link, object, [style], [onerror], [onload]')
        .length,
      outside: [...document.querySelectorAll('[href]')].filter(
        (one) => !one.getAttribute('href')?.startsWith('#'),
      ).length,
      dangling: [...document.querySelectorAll('[href]')].filter(
        (one) => document.getElementById(one.getAttribute('href')?.slice(1) ?? '') === null,
      ).length,
      twice:
        [...document.querySelectorAll('[id]')].length -
        new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size,
      background: getComputedStyle(document.body).backgroundColor,
      story: document.querySelector('#scenario-2 .story')?.textContent,
    }));
    expect(found).toMatchObject({
      scripts: 0,
      outside: 0,
      dangling: 0,
      twice: 0,
      background: 'rgb(245, 246, 248)',
    });
    expect(found.story).toContain('<script>alert(1)</script> & "quoted" \'too\' ]]>');
  });

  it.each(['light', 'dark'] as const)('issue 5: axe finds nothing in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    // The page's policy lets no script in from within; a test comes from outside.
    await page.evaluate(axe.source);
    const findings: unknown = await page.evaluate('axe.run().then(({ violations }) => violations)');
    expect(Findings.parse(findings).map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  it.each([320, 390, 1280])('issue 5: nothing is wider than a window of %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('issue 5: no text of a picture leaves its frame', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('svg.picture')].flatMap((picture) => {
        const frame = picture.getBoundingClientRect();
        return [...picture.querySelectorAll('text')]
          .filter((text) => {
            const box = text.getBoundingClientRect();
            return (
              box.width > 0 && (box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom)
            );
          })
          .map(({ textContent }) => textContent);
      }),
    );
    expect(outside).toEqual([]);
  });

  it('issue 5: on paper it is light, whatever the screen is', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(23, 26, 33)');
  });
});
