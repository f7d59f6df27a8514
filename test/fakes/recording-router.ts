// The real router over handlers that only write down that they were reached.
import { isMethodName, type MethodName, methods } from '../../src-shared/contract/index.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { createRouter, type Router, type RouterOptions } from '../../src-main/ipc/router.ts';

/** A browser that holds nothing. */
export const nobody: Caller = {
  browser: { name: 'Test browser', read: () => undefined, write: () => undefined, clear: () => undefined },
};

/** Builds the router; every handler notes its method in `reached` and answers `answer()`. Faults are noted by method. */
export function routerThatRecords(answer: () => unknown = () => ({})): {
  router: Router;
  reached: MethodName[];
  faults: MethodName[];
} {
  const reached: MethodName[] = [];
  const faults: MethodName[] = [];
  const recorder = (name: MethodName) => () => {
    reached.push(name);
    return answer();
  };
  const all: Partial<Record<MethodName, (input: never, caller: Caller) => unknown>> = {};
  for (const name of Object.keys(methods).filter(isMethodName)) all[name] = recorder(name);
  const isComplete = (handlers: typeof all): handlers is RouterOptions['handlers'] =>
    Object.keys(methods).every((name) => name in handlers);
  if (!isComplete(all)) throw new Error('A method has no handler.');
  const router = createRouter({
    handlers: all,
    authorize: () => Promise.resolve(),
    onFault: (name) => faults.push(name),
  });
  return { router, reached, faults };
}
