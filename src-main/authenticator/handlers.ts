// The authenticator's methods of the contract.
import type { Handlers } from '../ipc/handlers.ts';
import type { Authenticator } from './authenticator.ts';

export const authenticatorHandlers = (authenticator: Authenticator): Handlers<'authenticator'> => ({
  'authenticator:list': async () => ({ accounts: await authenticator.list() }),
  'authenticator:codes': ({ ids }) => authenticator.codes(ids),
  'authenticator:previewPicture': ({ picture }) => authenticator.previewPicture(picture),
  'authenticator:previewText': ({ text }) => authenticator.previewText(text),
  'authenticator:addCandidates': async ({ ids }) => ({ added: await authenticator.addCandidates(ids) }),
  'authenticator:addManually': (typed) => authenticator.addManually(typed),
  'authenticator:rename': ({ id, issuer, name }) => authenticator.rename(id, { issuer, name }),
  'authenticator:delete': async ({ id }) => {
    await authenticator.delete(id);
    return {};
  },
  'authenticator:restore': ({ id }) => authenticator.restore(id),
  'authenticator:copyCode': ({ id, which }) => authenticator.copyCode(id, which),
});
