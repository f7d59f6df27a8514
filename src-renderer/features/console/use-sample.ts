// The sample organization's one-time passwords: kept while the app runs until their reader goes on, whatever room is shown.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../../bridge/queries.tsx';
import type { Sample } from './sample-people.tsx';

const key = ['sample'] as const;

export interface SampleOf {
  readonly sample: Sample | null;
  readonly create: () => void;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly forget: () => void;
}

export function useSample(): SampleOf {
  const bridge = useBridge();
  const client = useQueryClient();
  const { data } = useQuery<Sample | null>({
    queryKey: key,
    queryFn: () => null,
    enabled: false,
    gcTime: Infinity,
  });
  // On its own and not by useAction: the passwords must be kept even when the step arrives before the answer.
  const creation = useMutation({
    mutationFn: () => bridge.call('console:createSample', {}),
    onSuccess: (sample) => {
      client.setQueryData(key, sample);
      void client.invalidateQueries({ queryKey: ['console:step'] });
    },
  });
  return {
    sample: data ?? null,
    create: () => creation.mutate(),
    isPending: creation.isPending,
    error: creation.error,
    forget: () => {
      client.setQueryData(key, null);
      creation.reset();
    },
  };
}
