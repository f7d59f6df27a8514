// `twofold read-qr FILE...`: the texts of the QR codes in pictures, by the reader that the app uses.
import { MAX_PICTURE_BYTES } from '../../../src-shared/contract/transfer.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { PictureReader } from '../../authenticator/qr/picture-reader.ts';
import { exitCodes, WrongUsage } from './command.ts';
import { defineCommand } from './define-command.ts';
import { readWholeFile } from './read-whole-file.ts';

const MAX_FILES = 100_000;

export const readQr = defineCommand({
  usage: ['read-qr FILE... [--json]'],
  about: 'Prints the texts of all QR codes in each picture. They may hold secrets.',
  options: {
    json: {
      type: 'boolean',
      explains:
        'print a line for each file: {"file", "texts": [...], "ms"}; a picture that cannot be read has no texts, and a "reason"',
    },
  },
  completes: 'paths',
  maxArguments: MAX_FILES,
  async run({ values, positionals }, { terminal, clock }) {
    if (positionals.length === 0) throw new WrongUsage('Say which pictures.');
    const reader = new PictureReader(clock);
    let found = 0;
    try {
      await reader.start();
      for (const file of positionals) {
        const startMs = clock.monotonicMs();
        let texts: readonly string[] = [];
        let reason: string | undefined;
        try {
          texts = await reader.read(await readWholeFile(file, MAX_PICTURE_BYTES));
        } catch (error) {
          if (!(error instanceof TwofoldError)) throw error;
          reason = error.message;
        }
        const ms = Math.round((clock.monotonicMs() - startMs) * 10) / 10;
        found += texts.length;
        if (values.json === true) {
          const line = { file, texts, ms, ...(reason === undefined ? {} : { reason }) };
          terminal.print(`${JSON.stringify(line)}\n`);
        } else {
          for (const text of texts) terminal.print(`${text}\n`);
          if (reason !== undefined) terminal.tell(`${file}: ${reason}`);
        }
      }
    } finally {
      await reader.close();
    }
    return found > 0 ? exitCodes.done : exitCodes.notFound;
  },
});
