// The settings as they are shown, and a way to change some of them: on screen at once, then in main.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AppStatus, Settings } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { showToast } from '../../ui/toast.tsx';

const STATUS = ['app:status', {}] as const;

export interface SettingsInUse {
  /** Undefined until main has answered. */
  readonly settings: Settings | undefined;
  /** Stays the same function. Says so at the foot of the window when main could not keep the change. */
  readonly change: (changes: Partial<Settings>) => void;
}

export function useSettings(): SettingsInUse {
  const status = useCall('app:status', {});
  const client = useQueryClient();
  const { mutateAsync: save } = useAction('app:saveSettings');
  const change = useCallback(
    (changes: Partial<Settings>) => {
      const known = client.getQueryData<AppStatus>(STATUS);
      if (known === undefined) return;
      const settings = { ...known.settings, ...changes };
      client.setQueryData<AppStatus>(STATUS, { ...known, settings });
      save(settings).catch((error: unknown) => {
        showToast({ message: failureMessage(error), tone: 'wrong' });
        void client.invalidateQueries({ queryKey: STATUS });
      });
    },
    [client, save],
  );
  return { settings: status.data?.settings, change };
}
