// What a page may ask of the machine: next to nothing, and the camera only while its scan screen is open.
import { describe, expect, it } from 'vitest';
import { mayCapture, sourceFor } from '../../src-main/hosts/desktop/capture-rule.ts';
import { externalLink } from '../../src-main/hosts/desktop/external-links.ts';
import { isPermitted, type PermissionQuestion } from '../../src-main/hosts/desktop/permission-table.ts';
import { Scanning } from '../../src-main/hosts/desktop/scanning.ts';
import type { Browser } from '../../src-main/ipc/caller.ts';

const own = 'app://twofold/index.html';
const asked = (question: Partial<PermissionQuestion>): boolean =>
  isPermitted({
    permission: 'clipboard-sanitized-write',
    requestingUrl: own,
    isMainFrame: true,
    media: [],
    isScanning: false,
    ...question,
  });

describe('isPermitted', () => {
  it('lets our own page write text to the clipboard', () => {
    expect(asked({})).toBe(true);
    expect(asked({ requestingUrl: 'app://twofold' })).toBe(true);
  });

  it('lets our own page use the camera while its scan screen is open, and no longer', () => {
    expect(asked({ permission: 'media', media: ['video'], isScanning: true })).toBe(true);
    expect(asked({ permission: 'media', media: ['video'], isScanning: false })).toBe(false);
  });

  it.each([[['audio']], [['video', 'audio']], [['unknown']], [[]]])(
    'hands out no microphone and nothing in doubt: %j',
    (media) => {
      expect(asked({ permission: 'media', media, isScanning: true })).toBe(false);
      expect(asked({ permission: 'display-capture', media, isScanning: true })).toBe(false);
    },
  );

  it('passes a picture of the screen on to its own rule', () => {
    expect(asked({ permission: 'display-capture', media: ['video'] })).toBe(true);
  });

  const strangers = [
    ['another origin', { requestingUrl: 'https://example.com/' }],
    ['an origin that begins like ours', { requestingUrl: 'app://twofold.example/' }],
    ['nobody known', { requestingUrl: '' }],
  ] as const;
  it('lets a frame with our own page write text to the clipboard, and neither see nor capture anything', () => {
    const frame = { isMainFrame: false } as const;
    expect(asked(frame)).toBe(true);
    expect(asked({ permission: 'media', media: ['video'], isScanning: true, ...frame })).toBe(false);
    expect(asked({ permission: 'display-capture', media: ['video'], ...frame })).toBe(false);
  });

  it.each(strangers)('lets %s do nothing', (_who, question) => {
    expect(asked(question)).toBe(false);
    expect(asked({ permission: 'media', media: ['video'], isScanning: true, ...question })).toBe(false);
    expect(asked({ permission: 'display-capture', media: ['video'], ...question })).toBe(false);
  });

  it.each([
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'usb',
    'hid',
    'serial',
    'midi',
    'local-network-access',
    'storage-access',
    'window-management',
    'unknown',
    'a permission of the future',
    'constructor',
    '__proto__',
  ])('denies %s to our own page', (permission) => {
    expect(asked({ permission, media: ['video'], isScanning: true })).toBe(false);
  });
});

describe('Scanning', () => {
  const browser = (name: string): Browser => ({
    name,
    read: () => undefined,
    write: () => undefined,
    clear: () => undefined,
  });

  it('is open for the window that said so, until it says otherwise or its page goes', () => {
    const scanning = new Scanning();
    const [first, other] = [browser('first'), browser('other')];
    expect(scanning.isOpen(first)).toBe(false);
    scanning.set(first, true);
    expect([scanning.isOpen(first), scanning.isOpen(other), scanning.isOpen(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
    scanning.set(first, false);
    expect(scanning.isOpen(first)).toBe(false);
    scanning.set(first, true);
    scanning.end(first);
    expect(scanning.isOpen(first)).toBe(false);
  });
});

describe('mayCapture', () => {
  const frame = { url: own, parent: null };
  const question = {
    isKnownWindow: true,
    frame,
    videoRequested: true,
    audioRequested: false,
    userGesture: true,
  };

  it('lets our own page have a picture of the screen after a click', () => {
    expect(mayCapture(question)).toBe(true);
  });

  it.each([
    ['without a click', { userGesture: false }],
    ['with sound', { audioRequested: true }],
    ['of nothing', { videoRequested: false }],
    ['for an unknown window', { isKnownWindow: false }],
    ['for a frame that is gone', { frame: null }],
    ['for an inner frame', { frame: { ...frame, parent: {} } }],
    ['for another origin', { frame: { ...frame, url: 'https://example.com/' } }],
  ])('refuses one %s', (_what, change) => {
    expect(mayCapture({ ...question, ...change })).toBe(false);
  });

  it('takes the screen that the window is on, else the first, else none', () => {
    const left = { id: 'screen:0:0', display_id: '3' };
    const right = { id: 'screen:1:0', display_id: '7' };
    expect(sourceFor([left, right], 7)).toBe(right);
    expect(sourceFor([left, right], 9)).toBe(left);
    expect(sourceFor([{ ...left, display_id: '' }], 9)?.id).toBe('screen:0:0');
    expect(sourceFor<typeof left>([], 7)).toBeUndefined();
  });
});

describe('externalLink', () => {
  it('opens an address of the table', () => {
    expect(externalLink('https://www.rfc-editor.org/rfc/rfc6238')).toBe(
      'https://www.rfc-editor.org/rfc/rfc6238',
    );
  });

  it.each([
    'http://www.rfc-editor.org/rfc/rfc6238',
    'https://www.rfc-editor.org/rfc/rfc6238?next=//example.com',
    'https://user@www.rfc-editor.org/rfc/rfc6238',
    'https://www.rfc-editor.org.example.com/rfc/rfc6238',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://example.com/share',
    'ms-msdt:/id',
    'otpauth://totp/a?secret=AA',
    '',
  ])('opens nothing else: %j', (address) => {
    expect(externalLink(address)).toBeNull();
  });
});
