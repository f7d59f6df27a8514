// The contract's `rehearsal:` methods.
import type { Handlers } from '../ipc/handlers.ts';
import type { Rehearsal } from './rehearsal.ts';

export const rehearsalHandlers = (rehearsal: Rehearsal): Handlers<'rehearsal'> => ({
  'rehearsal:scenarios': () => ({ scenarios: rehearsal.scenarios() }),
  'rehearsal:world': () => rehearsal.room(),
  'rehearsal:open': ({ scenario }) => rehearsal.open(scenario),
  'rehearsal:close': () => rehearsal.close(),
  'rehearsal:step': () => rehearsal.step(),
  'rehearsal:finish': () => rehearsal.finish(),
  'rehearsal:act': ({ action }) => rehearsal.act(action),
  'rehearsal:run': ({ isRunning }) => rehearsal.run(isRunning),
  'rehearsal:call': async (call) => ({ envelope: await rehearsal.call(call) }),
  'rehearsal:report': ({ format }) => rehearsal.report(format),
  'rehearsal:saveOwn': ({ title }) => rehearsal.saveOwn(title),
  'rehearsal:exportScenario': ({ scenario }) => rehearsal.exportScenario(scenario),
  'rehearsal:importScenario': ({ content }) => rehearsal.importScenario(content),
  'rehearsal:deleteScenario': async ({ scenario }) => {
    await rehearsal.deleteScenario(scenario);
    return {};
  },
});
