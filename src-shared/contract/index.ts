// THE contract between the renderer and main: every method and event, once. Bridges, routers and clients derive from it.
import type { z } from 'zod';
import { administration, administrationEvents } from './administration.ts';
import { app, appEvents } from './app.ts';
import { authenticator, authenticatorEvents } from './authenticator.ts';
import { backup, backupEvents } from './backup.ts';
import { clock, clockEvents } from './clock.ts';
import { console, consoleEvents } from './console.ts';
import { database, databaseEvents } from './database.ts';
import { rehearsal, rehearsalEvents } from './rehearsal.ts';
import { transfer, transferEvents } from './transfer.ts';

export const methods = {
  ...app,
  ...authenticator,
  ...transfer,
  ...backup,
  ...clock,
  ...console,
  ...administration,
  ...database,
  ...rehearsal,
} as const;
export const events = {
  ...appEvents,
  ...authenticatorEvents,
  ...transferEvents,
  ...backupEvents,
  ...clockEvents,
  ...consoleEvents,
  ...administrationEvents,
  ...databaseEvents,
  ...rehearsalEvents,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** What a caller passes. */
export type Input<M extends MethodName> = z.input<Methods[M]['input']>;
/** What a handler receives, and what a caller gets back. */
export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
export type Output<M extends MethodName> = z.output<Methods[M]['output']>;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.output<Events[E]>;

export const isMethodName = (name: string): name is MethodName => Object.hasOwn(methods, name);
export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);

/** The method names of one domain, for instance all `authenticator:` ones. */
export type MethodOf<D extends string> = Extract<MethodName, `${D}:${string}`>;

export * from './administration.ts';
export * from './app.ts';
export * from './authenticator.ts';
export * from './backup.ts';
export * from './clock.ts';
export * from './console.ts';
export * from './database.ts';
export * from './define.ts';
export * from './errors.ts';
export * from './rehearsal.ts';
export * from './transfer.ts';
