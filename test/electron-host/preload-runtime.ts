// Runs the compiled preload in a page as an init script, with a fake `require('electron')`.
// There is one world here, not two: that pages cannot reach the preload's own globals is Electron's to show.

/** Names that the init script and the window server share. The first two are taken away before the page can see them. */
export const INVOKE_BINDING = '__electronHostInvoke';
export const CLOSE_BINDING = '__electronHostClose';
export const DELIVER_FUNCTION = '__electronHostDeliver';

/** Written as text, for it runs in the page. */
const runtime = `
  const invoke = window.${INVOKE_BINDING};
  delete window.${INVOKE_BINDING};
  const close = window.${CLOSE_BINDING};
  delete window.${CLOSE_BINDING};
  // Electron runs a preload in the main frame alone: another one is left with nothing.
  if (window.parent !== window) return;
  // In Electron a page may close its window; Chromium lets only those do that which a script has opened.
  Object.defineProperty(window, 'close', { value: () => void close(), configurable: true });
  const listeners = new Map();
  const listenersOf = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  Object.defineProperty(window, '${DELIVER_FUNCTION}', {
    value: (channel, args) => {
      for (const listener of [...listenersOf(channel)]) listener({ sender: null, ports: [] }, ...args);
    },
  });
  const strict = (name, target) =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'string' && !(key in object)) {
          throw new Error('The stand-in for Electron has no ' + name + '.' + key + ' yet.');
        }
        return object[key];
      },
    });
  const frozen = (value) => {
    if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(frozen);
      Object.freeze(value);
    }
    return value;
  };
  const electron = strict('electron (in preload)', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld(name, api) {
        Object.defineProperty(window, name, { value: frozen(api), enumerable: true });
      },
    }),
    ipcRenderer: strict('ipcRenderer', {
      // Whatever Electron could not clone fails here as well.
      invoke: (channel, ...args) => invoke(channel, structuredClone(args)),
      on: (channel, listener) => void listenersOf(channel).add(listener),
      removeListener: (channel, listener) => void listenersOf(channel).delete(listener),
    }),
  });
  const require = (name) => {
    if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name + '.');
    return electron;
  };
`;

export const preloadScript = (source: string): string =>
  `(() => {${runtime}\nconst module = { exports: {} };
  ((exports, module, require) => {\n${source}\n})(module.exports, module, require);\n})();`;
