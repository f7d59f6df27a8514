// The policy is strict, and its one exception fits the library it is made for.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  PRESSABLE_STYLE_HASH,
} from '../../../src-main/hosts/content-security-policy.ts';

test('nothing is allowed that would run text as code', () => {
  expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
});

test('our page is framed by our own page alone, and shows no other one', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("; frame-src 'self'; frame-ancestors 'self'");
});

test('the hash is that of the style that React Aria inserts', () => {
  const aria = fileURLToPath(import.meta.resolve('react-aria/package.json'));
  const source = readFileSync(new URL('dist/private/interactions/usePress.mjs', `file://${aria}`), 'utf8');
  const template = /style\.textContent = `([^`]*)`\.trim\(\)/.exec(source)?.[1] ?? '';
  const attribute = /PRESSABLE_ATTRIBUTE = '([a-z-]+)'/.exec(source)?.[1] ?? '';
  const text = template.replace(/\$\{[^}]*\}/, attribute).trim();
  expect(text).toContain(`[${attribute}]`);
  expect(`sha256-${createHash('sha256').update(text).digest('base64')}`).toBe(PRESSABLE_STYLE_HASH);
});
