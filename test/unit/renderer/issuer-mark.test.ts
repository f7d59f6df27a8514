// Issuer icons: the right mark, no mark rather than a wrong one, and colours that can be seen.
import { describe, expect, it } from 'vitest';
import * as marks from '../../../src-renderer/features/authenticator/brand-icons.ts';
import {
  contrast,
  faintThemes,
  findMark,
  indexMarks,
} from '../../../src-renderer/features/authenticator/issuer-mark.ts';

const all = Object.values(marks);
const index = indexMarks(all);
const found = (issuer: string): string | undefined => findMark(index, issuer)?.slug;

describe('the mark of an issuer', () => {
  it.each([
    ['GitHub', 'github'],
    ['github.com', 'github'],
    ['www.GitHub.com', 'github'],
    ['https://github.com/login', 'github'],
    [' GITHUB ', 'github'],
    ['Home Assistant', 'homeassistant'],
    ['home-assistant', 'homeassistant'],
    ['DigitalOcean', 'digitalocean'],
    ['Twitter', 'x'],
    ['Google Workspace', 'google'],
    ['proton.me', 'proton'],
    ['1Password', '1password'],
    ['Cal.com', 'caldotcom'],
    ['Wells Fargo', 'wellsfargo'],
    ['Bank of America', 'bankofamerica'],
    ['Steam', 'steam'],
  ])('%s: %s', (issuer, slug) => {
    expect(found(issuer)).toBe(slug);
  });

  it.each([
    'Bank of Aare',
    'Northwind',
    'GitHub Enterprise of Northwind',
    'My Google',
    'Steamer',
    'X-Ray Laboratory',
    'Apples',
    'Notion of Time',
    'github.example',
    '',
    '   ',
    '🔑',
    'com',
    '.com',
    'constructor',
    '__proto__',
    'toString',
  ])('“%s” gets letters', (issuer) => {
    expect(found(issuer)).toBeUndefined();
  });

  it('finds each mark by its own title and slug', () => {
    for (const { title, slug } of all) {
      expect(found(title), title).toBeDefined();
      expect(found(slug), slug).toBeDefined();
    }
  });
});

describe('the colour of a mark', () => {
  it('knows contrast as WCAG measures it', () => {
    expect(contrast('000000', 'ffffff')).toBeCloseTo(21);
    expect(contrast('767676', 'ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('123456', '123456')).toBe(1);
  });

  it('is its own where it can be seen, otherwise ink', () => {
    expect(faintThemes({ hex: '000000' })).toEqual(['dark']);
    expect(faintThemes({ hex: 'ffffff' })).toEqual(['light']);
    expect(faintThemes({ hex: '0866ff' })).toEqual([]);
  });
});
