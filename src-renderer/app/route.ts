// Where in the app the user is: the hash of the address, so that back, forward and reload work in every host.
import { useMemo, useSyncExternalStore } from 'react';

export const rooms = ['authenticator', 'console', 'rehearsal', 'clock', 'settings'] as const;
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

/** In a frame: the one room that it shows, and the last address there. */
let confined: { readonly room: Room; hash: string } | null = null;

/** From then on the page shows this room alone; an address of another one is undone. */
export function confineRoute(room: Room): void {
  const here = { room, hash: parseRoute(location.hash).room === room ? location.hash : routeHref(room) };
  confined = here;
  const keep = (): void => {
    if (parseRoute(location.hash).room === room) here.hash = location.hash;
    else history.replaceState(null, '', here.hash);
  };
  keep();
  // Before anybody else hears of it.
  addEventListener('hashchange', keep, { capture: true });
}

/** The room that this page is confined to; null: none, as in an ordinary window. */
export const confinedRoom = (): Room | null => confined?.room ?? null;

export const routeHref = (room: Room, ...path: readonly string[]): string => `#/${[room, ...path].join('/')}`;

export function navigate(room: Room, ...path: readonly string[]): void {
  if (confined !== null && confined.room !== room) return;
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
