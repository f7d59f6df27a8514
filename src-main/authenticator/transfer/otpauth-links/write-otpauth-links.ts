// Writes otpauth links, one on each line.
import { decodeBase32 } from '../../../otp/base32.ts';
import { writeOtpauthUri } from '../../../otp/otpauth-uri.ts';
import type { Exporter } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { unkept } from '../unkept.ts';

export const linkOf = (account: ImportedAccount): string =>
  writeOtpauthUri({ ...account, secret: decodeBase32(account.secret), counter: account.counter ?? 0 });

export const otpauthLinksExporter: Exporter = {
  format: 'otpauth-links',
  encrypted: false,
  write: (accounts) => {
    const content = Buffer.from(accounts.map((account) => `${linkOf(account)}\n`).join(''));
    const files = [{ name: 'twofold-links.txt', mediaType: 'text/plain', content }];
    return Promise.resolve({ files, lost: unkept(accounts, ['tags', 'note', 'pinned']) });
  },
};
