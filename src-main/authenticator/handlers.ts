// The methods of the contract that work on accounts: keeping them, and bringing them in and out.
import type { Handlers } from '../ipc/handlers.ts';
import type { Authenticator } from './authenticator.ts';
import type { Transfer } from './transfer/transfer.ts';

export const authenticatorHandlers = (
  authenticator: Authenticator,
  requireProof: (passphrase: string | null) => Promise<void>,
): Handlers<'authenticator'> => ({
  'authenticator:list': async () => ({ accounts: await authenticator.list() }),
  'authenticator:codes': ({ ids }) => authenticator.codes(ids),
  'authenticator:details': ({ id }) => authenticator.details(id),
  'authenticator:addManually': (typed) => authenticator.addManually(typed),
  'authenticator:edit': (edit) => authenticator.edit(edit),
  'authenticator:pin': ({ id, pinned }) => authenticator.pin(id, pinned),
  'authenticator:move': async ({ id, beforeId }) => {
    await authenticator.move(id, beforeId);
    return {};
  },
  'authenticator:renameTag': async ({ from, to }) => {
    await authenticator.renameTag(from, to);
    return {};
  },
  'authenticator:advance': ({ id }) => authenticator.advance(id),
  'authenticator:delete': async ({ id }) => {
    await authenticator.delete(id);
    return {};
  },
  'authenticator:restore': ({ id }) => authenticator.restore(id),
  'authenticator:trash': async () => ({ accounts: await authenticator.trash() }),
  'authenticator:deleteForever': async ({ ids }) => {
    await authenticator.deleteForever(ids);
    return {};
  },
  'authenticator:copyCode': ({ id, which }) => authenticator.copyCode(id, which),
  'authenticator:reveal': async ({ id, passphrase }) => {
    await requireProof(passphrase);
    return authenticator.reveal(id);
  },
});

export const transferHandlers = (transfer: Transfer): Handlers<'transfer'> => ({
  'transfer:readFile': (file) => transfer.readFile(file),
  'transfer:readText': ({ previewId, text }) => transfer.readText(previewId, text),
  'transfer:preview': ({ previewId }) => transfer.preview(previewId),
  'transfer:discard': ({ previewId }) => {
    transfer.discard(previewId);
    return {};
  },
  'transfer:cancel': ({ jobId }) => {
    transfer.cancel(jobId);
    return {};
  },
  'transfer:add': ({ previewId, choices }) => transfer.add(previewId, choices),
  'transfer:undo': async ({ undoId }) => {
    await transfer.undo(undoId);
    return {};
  },
  'transfer:export': (request) => transfer.export(request),
  'transfer:migrationPages': ({ ids, passphrase }) => transfer.migrationPages(ids, passphrase),
});
