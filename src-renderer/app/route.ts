// Where in the app the user is: the hash of the address, so that back, forward and reload work in every host.
import { useMemo, useSyncExternalStore } from 'react';

export const rooms = ['authenticator', 'console', 'clock', 'settings'] as const;
export type Room = (typeof rooms)[number];

export interface Route {
  readonly room: Room;
  /** What follows the room, for instance ['users'] in #/console/users. */
  readonly path: readonly string[];
}

export function parseRoute(hash: string): Route {
  const [first, ...path] = hash.replace(/^#\/?/, '').split('/');
  return {
    room: rooms.find((room) => room === first) ?? 'authenticator',
    path: path.filter((part) => part !== ''),
  };
}

export const routeHref = (room: Room, ...path: readonly string[]): string => `#/${[room, ...path].join('/')}`;

export function navigate(room: Room, ...path: readonly string[]): void {
  location.hash = routeHref(room, ...path);
}

/** While a page asks before it is left: the route that stays shown, whatever the address says meanwhile. */
let heldHash: string | null = null;

/** Holds the present route until the answered function is called. */
export function holdRoute(): () => void {
  heldHash = location.hash;
  return () => {
    heldHash = null;
  };
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => heldHash ?? location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}
