// Makes a missing member of the stand-in an error: it must never be silently absent.

/** What promises, inspectors and serialisers look for on any object. */
const askedOfEverything: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'inspect']);

/** The same object, but reading or setting a member that it does not have throws. Methods stay bound to it. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key): unknown {
      if (typeof key === 'string' && !(key in object) && !askedOfEverything.has(key)) {
        throw new Error(`The stand-in for Electron has no ${name}.${key} yet.`);
      }
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value !== 'function' || key === 'constructor' || key === 'prototype') return value;
      return (...args: unknown[]): unknown => Reflect.apply(value, object, args);
    },
    set(object, key, value) {
      if (!(key in object)) throw new Error(`The stand-in for Electron has no ${name}.${String(key)} yet.`);
      return Reflect.set(object, key, value, object);
    },
  });
}
