// Issue 5: reports of what was rehearsed, as text. How they look and parse in a browser stands in the end-to-end specs.
import { beforeAll, describe, expect, test } from 'vitest';
import { nameOf } from '../../../src-renderer/features/administration/policy-values.ts';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import { fitted } from '../../../src-main/rehearsal/report/drawn-text.ts';
import { writeHtml } from '../../../src-main/rehearsal/report/html.ts';
import { writeJunit } from '../../../src-main/rehearsal/report/junit.ts';
import { writeMarkdown } from '../../../src-main/rehearsal/report/markdown.ts';
import { Markup, markup } from '../../../src-main/rehearsal/report/markup.ts';
import {
  boundsWords,
  isPolicyKey,
  policyDifferences,
  policyKeys,
  policyName,
  policyRows,
} from '../../../src-main/rehearsal/report/policy-words.ts';
import {
  chaptersOf,
  differencesOf,
  headline,
  type PlayedScenario,
  resultOf,
} from '../../../src-main/rehearsal/report/rehearsal-run.ts';
import { clockWords, groupedCode } from '../../../src-main/rehearsal/report/view-words.ts';
import { writeReport } from '../../../src-main/rehearsal/report/write-report.ts';
import { zoneClock } from '../../../src-main/rehearsal/report/zone-clock.ts';
import { ReportFormat } from '../../../src-shared/contract/index.ts';
import { hostileStory, playStory, rightStory, runOf } from '../../fakes/played-stories.ts';

let right: PlayedScenario;
let wrong: PlayedScenario;
beforeAll(async () => {
  right = await playStory(rightStory);
  wrong = await playStory(hostileStory);
});

describe('issue 5: every report', () => {
  const writers = { markdown: writeMarkdown, html: writeHtml, junit: writeJunit } as const;

  test.each(ReportFormat.options)('%s names version, every policy value and every step', (format) => {
    const text = writers[format](runOf(right, wrong));
    expect(text).toContain('1.2.3');
    for (const key of policyKeys) expect(text).toContain(key);
    for (const { scenario, played } of [right, wrong]) {
      expect(text).toContain(scenario.name);
      // What is escaped differs by format; these words have nothing to escape.
      for (const { sentence } of played.slice(1).filter((one) => !/[_’]/u.test(one.sentence))) {
        expect(text).toContain(sentence);
      }
    }
    expect(text).toContain(
      'Hotel computer is trusted for nobody'.slice(0, format === 'junit' ? 0 : undefined),
    );
  });

  test.each(ReportFormat.options)('%s is the same for the same run', (format) => {
    expect(writers[format](runOf(right, wrong))).toBe(writers[format](runOf(right, wrong)));
  });

  test.each([
    ['markdown', 'md', 'text/markdown'],
    ['html', 'html', 'text/html'],
    ['junit', 'xml', 'application/xml'],
  ] as const)(
    '%s is one call, named after the scenario where there is one',
    (format, extension, mediaType) => {
      const file = writeReport(format, runOf(right));
      expect([file.fileName, file.mediaType]).toEqual([
        `rehearsal-trusted-browser-at-hand.${extension}`,
        mediaType,
      ]);
      expect(new TextDecoder().decode(file.content)).toBe(writers[format](runOf(right)));
      expect(writeReport(format, runOf(right, wrong)).fileName).toBe(`rehearsal.${extension}`);
    },
  );
});

describe('issue 5: results', () => {
  test('as expected, differs, not finished', async () => {
    expect([resultOf(right), resultOf(wrong)]).toEqual(['as-expected', 'differs']);
    expect(differencesOf(right)).toEqual([]);
    expect(new Set(differencesOf(wrong).map(({ step }) => step))).toEqual(new Set([0, 10]));
    expect(headline(runOf(right, wrong))).toBe('1 of 2 scenarios as expected');
    expect(headline(runOf(right))).toBe('as expected');
    const begun = await playStory(rightStory, { steps: 3 });
    expect(resultOf(begun)).toBe('not-finished');
    expect(chaptersOf(begun).map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill('step'),
      ...Array<string>(5).fill('to-come'),
    ]);
    const junit = writeJunit(runOf(begun));
    expect(junit).toContain('tests="8" failures="0" errors="0" skipped="5"');
    expect(junit.match(/<skipped message="not played"\/>/gu)).toHaveLength(5);
    for (const text of [writeMarkdown(runOf(begun)), writeHtml(runOf(begun))]) {
      expect(text).toContain('Hotel computer asks for a code');
    }
  });

  test('what was done by hand stands where it was done, with its lines', async () => {
    const played = await playStory(rightStory, {
      steps: 5,
      byHand: (play) => play.act({ do: 'reload', browser: 'Hotel computer' }),
    });
    const chapters = chaptersOf(played);
    expect(chapters.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 5 }, () => ['step', 'by-hand']).flat(),
      ...Array<string>(3).fill('to-come'),
    ]);
    const lines = chapters.flatMap((chapter) => (chapter.kind === 'to-come' ? [] : chapter.lines));
    expect(lines).toEqual(played.lines);
    expect(writeMarkdown(runOf(played))).toContain('### By hand\n\nDone:\n\n- The page is loaded again');
    expect(writeHtml(runOf(played))).toContain('<h3>By hand</h3>');
    // They expect nothing, so they are no cases.
    expect(writeJunit(runOf(played))).toContain('tests="8" failures="0" errors="0" skipped="3"');
  });
});

describe('issue 5: policy', () => {
  test('has the names of the editor, for every value', () => {
    expect(policyKeys.toSorted()).toEqual(Object.keys(defaultPolicy).toSorted());
    for (const key of policyKeys) expect(policyName(key)).toBe(nameOf(key));
  });

  test('marks what is not the default', () => {
    const policy = { ...defaultPolicy, lockMs: 600_000, recoveryCodes: true };
    expect(policyRows(policy).filter(({ isDefault }) => !isDefault)).toEqual([
      {
        key: 'lockMs',
        name: 'Length of the first lock',
        value: '10 minutes',
        byDefault: '5 minutes',
        isDefault: false,
      },
      { key: 'recoveryCodes', name: 'Recovery codes', value: 'on', byDefault: 'off', isDefault: false },
    ]);
    expect(policyDifferences(policy, defaultPolicy)).toEqual([
      'lockMs 10 minutes instead of 5 minutes',
      'recoveryCodes on instead of off',
    ]);
    const run = { ...runOf(right), policy };
    expect(writeMarkdown(run)).toMatch(/\| `lockMs` .*\| \*\*10 minutes\*\* +\| 5 minutes +\| ≠ differs \|/u);
    expect(writeMarkdown(run)).toMatch(/\| `digits` .*\| 6 digits +\| 6 digits +\| +\|/u);
    expect(writeHtml(run).match(/<tr class="changed">/gu)).toHaveLength(2);
    // In force in the world of that scenario: the default.
    expect(writeJunit(run)).toContain('<property name="policy.lockMs" value="300000"/>');
    expect(writeMarkdown(run)).toContain(
      'Policy: that of the run, but lockMs 5 minutes instead of 10 minutes, recoveryCodes off instead of on.',
    );
    expect(writeJunit(runOf(wrong))).toContain(
      '<property name="policy.differsFromDefaults" value="digits"/>',
    );
  });

  test.each([
    ['digits', 'a whole number from 6 to 8'],
    ['lockMs', 'a whole number from 60000 to 86400000 (1 minute to 1 day)'],
    ['algorithm', 'one of SHA-1, SHA-256, SHA-512'],
    ['recoveryCodes', 'true or false'],
  ])('%s must be %s', (key, words) => {
    if (!isPolicyKey(key)) throw new Error(key);
    expect(boundsWords(key)).toBe(words);
  });
});

describe('issue 5: hostile words', () => {
  test('markup escapes what is put in, whatever it is, and nothing else', () => {
    expect(
      markup`<b title="${`"'<>&`}">${new Markup('<i>')}${[markup`${'<'}`, markup`>`]}${7}</b>`.text,
    ).toBe('<b title="&quot;&#39;&lt;&gt;&amp;"><i>&lt;>7</b>');
    expect(markup`${'a\u0000\u0007\u001b\u009b\n\u2028\u202eb'}`.text).toBe('a b');
    expect(markup`${'\ud800 \ufffe\uffff'}`.text).toBe('\ufffd \ufffd\ufffd');
  });

  test.each([
    ['html', writeHtml],
    ['junit', writeJunit],
  ] as const)('%s holds none of them as markup, and no control', (_name, write) => {
    const text = write(runOf(wrong));
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<!-- -->');
    expect(text).not.toContain('<![CDATA[');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ufffe\uffff]/u);
  });

  test('markdown holds none of them as Markdown or HTML', () => {
    const text = writeMarkdown(runOf(wrong));
    expect(text).not.toMatch(/(?<!\\)<|(?<!\\)&|(?<!\\)\[/u);
    expect(text).toContain('\\*bold\\* \\`code\\` \\[a\\](javascript:x)');
    expect(text).toContain('\n\\- not a list\n\n1\\. nor a numbered one\n');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  });
});

describe('issue 5: JUnit', () => {
  test('a suite for each scenario, a case for each step, failures with expected and seen', () => {
    const text = writeJunit(runOf(right, wrong));
    expect(text.match(/<testsuite /gu)).toHaveLength(2);
    expect(text.match(/<testcase /gu)).toHaveLength(19);
    expect(text.match(/<failure /gu)).toHaveLength(2);
    expect(text).toContain(
      '<testsuites name="Twofold rehearsal" tests="19" failures="2" errors="0" skipped="0"',
    );
    expect(text).toContain(
      '<testsuite name="trusted-browser-at-hand" tests="8" failures="0" errors="0" skipped="0" time="1.234" timestamp="2026-11-24T09:00:00">',
    );
    expect(text).toContain('<property name="twofold.version" value="1.2.3"/>');
    expect(text).toContain(
      '<testcase classname="rehearsal.trusted-browser-at-hand" name="Step 5: Old phone is lost">',
    );
    expect(text).toContain(
      '<failure type="expectation" message="expected: A computer whose name is very very long asks for a code; seen: A computer whose name is very very long asks to set up two-factor authentication">3 expectations of 4 not met',
    );
  });
});

describe('issue 5: words and pictures', () => {
  test('a QR code is drawn as a symbol where one is shown, and nowhere else', () => {
    expect(writeHtml(runOf(right))).not.toContain('href="#qr"');
    expect(writeHtml(runOf(wrong)).match(/href="#qr"/gu)?.length).toBeGreaterThan(3);
    // Never the code itself: its secret would stand in the file.
    expect(writeHtml(runOf(wrong))).not.toContain('otpauth');
  });

  test('pictures tell in their titles what they show', () => {
    const text = writeHtml(runOf(right, wrong));
    expect(text.match(/<svg class="picture" role="img"/gu)).toHaveLength(8 * 3 + 11 * 6);
    expect(text).toContain(
      '<title>Office laptop: “Signed in”, Maria Keller (maria); trusted for maria until Thu 2 Apr 2026, 10:00:00</title>',
    );
    expect(text).toContain('<title>Old phone: lost since Wed 4 Mar 2026, 09:00:00; 1 account</title>');
    expect(text).toMatch(
      /<title>Ada’s phone: its clock is 95 s ahead; Northwind · admin \d{3} \d{3} \d{2}<\/title>/u,
    );
    expect(text).toContain('<title>Phone in a drawer: locked; its clock is right; no account</title>');
  });

  test.each([
    ['287082', '287 082'],
    ['28708212', '287 082 12'],
  ])('the code %s is written %s', (code, grouped) => {
    expect(groupedCode(code)).toBe(grouped);
  });

  test.each([
    [0, 'right'],
    [-90_000, '90 s behind'],
    [7_200_000, '2 hours ahead'],
  ])('a clock that is %d ms ahead: %s', (aheadMs, words) => {
    expect(clockWords(aheadMs)).toBe(words);
  });

  test('times are those of the zone, its summer included', () => {
    const clock = zoneClock('Europe/Berlin');
    expect(clock.full(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe('Sun 29 Mar 2026, 01:59:59');
    expect(clock.full(Date.UTC(2026, 2, 29, 1))).toBe('Sun 29 Mar 2026, 03:00:00');
    expect(zoneClock('UTC').full(Date.UTC(2026, 8, 1))).toBe('Tue 1 Sep 2026, 00:00:00');
    expect(clock.near(1_000, 2_000)).toBe('01:00:01');
  });

  test('long names are cut to the width, whole characters at a time', () => {
    expect(fitted('Office laptop', 200, 12)).toBe('Office laptop');
    expect(fitted('Office laptop', 50, 12)).toMatch(/^Off.*…$/u);
    expect(fitted('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 30, 12)).toBe('👩‍👩‍👧…');
    expect(fitted('x', 1, 12)).toBe('…');
  });
});
