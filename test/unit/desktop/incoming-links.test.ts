// Issue 3, otpauth links from the system: which are let in, and how they wait.
import { describe, expect, it } from 'vitest';
import {
  incomingLink,
  IncomingLinks,
  linkInArguments,
} from '../../../src-main/hosts/desktop/incoming-links.ts';

const LINK = 'otpauth://totp/Northwind:maria?secret=JBSWY3DPEHPK3PXP&issuer=Northwind';
const MIGRATION = 'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8';

describe('incomingLink', () => {
  it.each([LINK, MIGRATION, 'OTPAUTH://totp/a?secret=AA', 'otpauth://totp/Zürich Wasser?secret=AA'])(
    'lets in %s',
    (link) => {
      expect(incomingLink(link)).toBe(link);
    },
  );

  it.each([
    '',
    'otpauth:',
    'otpauth://',
    'otpauth:totp/a?secret=AA',
    'otpauthx://totp/a',
    'otpauth-migration-2://offline',
    ' otpauth://totp/a?secret=AA',
    'https://example.com/?otpauth://totp/a',
    'file:///etc/passwd',
    '--inspect',
    'otpauth://totp/a?secret=AA\notpauth://totp/b?secret=BB',
    'otpauth://totp/a\0b',
    'otpauth://totp/a\u2028b',
    `otpauth://totp/${'a'.repeat(8_000)}`,
  ])('lets nothing else in: %j', (text) => {
    expect(incomingLink(text)).toBeNull();
  });

  it('finds the last link among the arguments of a start', () => {
    expect(linkInArguments(['.', '--at-login', LINK, '--flag', MIGRATION, 'x'])).toBe(MIGRATION);
    expect(linkInArguments(['.', `--link=${LINK}`])).toBeNull();
    expect(linkInArguments([])).toBeNull();
  });
});

describe('IncomingLinks', () => {
  const inbox = () => {
    const opened: string[] = [];
    return { opened, links: new IncomingLinks((link) => opened.push(link)) };
  };

  it('hands a link over at once where it can be shown', () => {
    const { opened, links } = inbox();
    links.setCanShow(true);
    links.offer('a');
    links.offer('b');
    expect(opened).toEqual(['a', 'b']);
  });

  it('keeps the newest until it can, and hands it over once', () => {
    const { opened, links } = inbox();
    links.offer('a');
    links.offer('b');
    expect(opened).toEqual([]);
    links.setCanShow(true);
    links.setCanShow(true);
    expect(opened).toEqual(['b']);
    links.setCanShow(false);
    links.offer('c');
    expect(opened).toEqual(['b']);
    links.setCanShow(true);
    expect(opened).toEqual(['b', 'c']);
  });
});
