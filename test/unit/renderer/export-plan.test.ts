// Export: which accounts, which formats, and what protects them.
import { describe, expect, it } from 'vitest';
import { ENCRYPTED_FORMATS, ExportFormat } from '../../../src-shared/contract/index.ts';
import {
  exportKinds,
  exportTargets,
  idsOf,
  isEncrypted,
  selectedAccounts,
  tagsOf,
} from '../../../src-renderer/features/transfer/export-plan.ts';

const accounts = [
  { id: 'a', tags: ['work'] },
  { id: 'b', tags: [] },
  { id: 'c', tags: ['home', 'work'] },
];

describe('export', () => {
  it('offers every format of the contract once, and the QR codes on screen', () => {
    const offered = exportKinds.flatMap(({ value }) => exportTargets[value].map((target) => target.value));
    expect(offered.toSorted()).toEqual([...ExportFormat.options, 'google-screen'].toSorted());
  });

  it('puts every encrypted format, and no other, under the encrypted ones', () => {
    expect(exportTargets.encrypted.map(({ value }) => value).toSorted()).toEqual(
      ENCRYPTED_FORMATS.toSorted(),
    );
    expect(isEncrypted('google-screen')).toBe(false);
    expect(isEncrypted('sheet-pdf')).toBe(false);
    expect(isEncrypted('twofold')).toBe(true);
  });

  it('says all by null, and others by their ids in the order of the list', () => {
    expect(idsOf({ kind: 'all' }, accounts)).toBeNull();
    expect(idsOf({ kind: 'tag', tag: 'work' }, accounts)).toEqual(['a', 'c']);
    expect(idsOf({ kind: 'some', ids: new Set(['c', 'b', 'gone']) }, accounts)).toEqual(['b', 'c']);
    expect(selectedAccounts({ kind: 'tag', tag: 'nowhere' }, accounts)).toEqual([]);
  });

  it('lists each tag once', () => {
    expect(tagsOf(accounts)).toEqual(['home', 'work']);
  });
});
