// React's side of the bridge: useCall reads and stays fresh through events, useAction changes something.
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  type UseMutationResult,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import {
  type EventPayload,
  events,
  type Input,
  type MethodName,
  methods,
  type Output,
} from '../../src-shared/contract/index.ts';
import type { Bridge, Connection } from './bridge.ts';
import { onClockSet } from './window-clock.ts';

const BridgeContext = createContext<Bridge | null>(null);

/** The bridge itself, for calls outside of useCall and useAction. */
export function useBridge(): Bridge {
  const bridge = use(BridgeContext);
  if (bridge === null) throw new Error('There is no BridgeProvider above.');
  return bridge;
}

const domainOf = (name: string): string => name.slice(0, name.indexOf(':'));

/** Domains whose answers an event or an action of the key's domain may have changed. */
const touched: Readonly<Record<string, readonly string[]>> = {
  console: ['console', 'administration', 'database'],
  administration: ['administration', 'console'],
  database: ['database', 'console', 'administration'],
  transfer: ['transfer', 'authenticator'],
};

/** Asks again whatever is on screen of the domain (and drops the rest). */
function invalidateDomain(client: QueryClient, domain: string): Promise<void> {
  const domains = touched[domain] ?? [domain];
  return client.invalidateQueries({
    predicate: ({ queryKey: [method] }) => typeof method === 'string' && domains.includes(domainOf(method)),
  });
}

/** Readings without input that many actions answer anew. */
const readings = ['console:step', 'console:myAccount', 'clock:status'] as const;

/** Notes in the list what a copy changed: with thousands of accounts, reading all of them again would be felt. */
function noteUse(client: QueryClient, { id, ...use }: EventPayload<'authenticator:used'>): void {
  client.setQueryData<Output<'authenticator:list'>>(
    ['authenticator:list', {}],
    (known) =>
      known && {
        accounts: known.accounts.map((account) => (account.id === id ? { ...account, ...use } : account)),
      },
  );
}

/** Whether asking again leaves a session as it is: of the console, the step alone does; all else counts as use of it. */
const usesNoSession = (method: unknown): boolean =>
  typeof method === 'string' &&
  (method === 'console:step' || !/^(console|administration|database):/.test(method));

/**
 * Makes the query client and keeps it fresh through the bridge's events. In a page of the rehearsal, where time jumps,
 * nothing but its user and those events may use a session: whoever looks at the room does not.
 */
export function createQueries(bridge: Bridge, isRehearsed = false): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 5_000, refetchOnWindowFocus: !isRehearsed },
      // What was typed (passwords, codes) is forgotten with the form that sent it.
      mutations: { networkMode: 'always', retry: false, gcTime: 0 },
    },
  });
  bridge.onEvent((event, payload) => {
    // How far a piece of work is changes nothing that is on screen.
    if (event.endsWith(':progress')) return;
    // It belongs to the pages inside the world, which hear it over their ports.
    if (event === 'rehearsal:event') return;
    if (event === 'clock:changed') client.setQueryData(['clock:status', {}], payload);
    else if (event === 'authenticator:used') noteUse(client, events['authenticator:used'].parse(payload));
    else void invalidateDomain(client, domainOf(event));
  });
  // What has run out or come due meanwhile, only main knows. In an ordinary window nobody sets the clock.
  onClockSet(() => {
    void client.invalidateQueries({ predicate: ({ queryKey: [method] }) => usesNoSession(method) });
  });
  let connection: Connection = bridge.connection;
  bridge.onConnection(() => {
    if (bridge.connection === 'up' && connection !== 'up') void client.invalidateQueries();
    connection = bridge.connection;
  });
  return client;
}

export interface BridgeProviderProps {
  readonly bridge: Bridge;
  readonly queries: QueryClient;
  readonly children: ReactNode;
}

export function BridgeProvider({ bridge, queries, children }: BridgeProviderProps): ReactNode {
  return (
    <BridgeContext value={bridge}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </BridgeContext>
  );
}

export interface CallOptions {
  /** False: don't ask yet. */
  readonly enabled?: boolean;
  /** While the answer to a new input is under way, go on showing the one before (searches, pages). */
  readonly keepPrevious?: boolean;
}

/** Reads by a method that changes nothing. Asked again when an event says that its domain changed. */
export function useCall<M extends MethodName>(
  method: M,
  input: Input<M>,
  { enabled = true, keepPrevious = false }: CallOptions = {},
): UseQueryResult<Output<M>> {
  const bridge = useBridge();
  return useQuery({
    queryKey: [method, input],
    queryFn: () => bridge.call(method, input),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/**
 * Changes something: `action.mutate(input)` or `await action.mutateAsync(input)`, `action.isPending`, `action.error`.
 * Afterwards what is on screen of the domain is asked again; an answered console step or clock status is shown at once.
 */
export function useAction<M extends MethodName>(method: M): UseMutationResult<Output<M>, Error, Input<M>> {
  const bridge = useBridge();
  return useMutation({
    mutationKey: [method],
    mutationFn: (input: Input<M>) => bridge.call(method, input),
    onSuccess: (value, _input, _result, { client }) => {
      const answered = readings.find((reading) => methods[reading].output === methods[method].output);
      if (answered !== undefined) client.setQueryData([answered, {}], value);
      void invalidateDomain(client, domainOf(method));
    },
  });
}

/** Whether the host is there. */
export function useConnection(): Connection {
  const bridge = useBridge();
  return useSyncExternalStore(
    (listener) => bridge.onConnection(listener),
    () => bridge.connection,
  );
}
