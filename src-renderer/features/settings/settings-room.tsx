// The settings.
import type { ReactNode } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { Page } from '../../ui/page.tsx';

export function SettingsRoom({ status }: { readonly status: AppStatus }): ReactNode {
  return <Page title="Settings" count={status.version} />;
}
