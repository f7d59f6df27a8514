// What a page may ask of the machine: next to nothing.
import { describe, expect, it } from 'vitest';
import { externalLink } from '../../src-main/hosts/desktop/external-links.ts';
import { isPermitted } from '../../src-main/hosts/desktop/permission-table.ts';

const own = 'app://twofold/index.html';

describe('isPermitted', () => {
  it('lets our own page write text to the clipboard', () => {
    expect(
      isPermitted({ permission: 'clipboard-sanitized-write', requestingUrl: own, isMainFrame: true }),
    ).toBe(true);
    expect(
      isPermitted({
        permission: 'clipboard-sanitized-write',
        requestingUrl: 'app://twofold',
        isMainFrame: true,
      }),
    ).toBe(true);
  });

  it.each([
    ['another origin', 'https://example.com/', true],
    ['an origin that begins like ours', 'app://twofold.example/', true],
    ['a frame', own, false],
    ['nobody known', '', true],
  ])('lets %s do nothing', (_who, requestingUrl, isMainFrame) => {
    expect(isPermitted({ permission: 'clipboard-sanitized-write', requestingUrl, isMainFrame })).toBe(false);
  });

  it.each([
    'media',
    'display-capture',
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
    expect(isPermitted({ permission, requestingUrl: own, isMainFrame: true })).toBe(false);
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
