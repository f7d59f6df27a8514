// Locked: what was read while it was open leaves the window's memory too.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { dismissToasts } from '../../ui/toast.tsx';

/** What the lock screen itself shows. */
const KEPT = ['app:', 'clock:'] as const;

function forgetSecrets(client: QueryClient): void {
  client.removeQueries({
    predicate: ({ queryKey: [method] }) =>
      typeof method !== 'string' || !KEPT.some((domain) => method.startsWith(domain)),
  });
  // They name accounts, and offer to bring them back.
  dismissToasts();
}

/** Forgets them whenever `isLocked` becomes true. */
export function useForgetting(isLocked: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (isLocked) forgetSecrets(client);
  }, [client, isLocked]);
}
