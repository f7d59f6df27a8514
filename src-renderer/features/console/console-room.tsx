// The console's room.
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';

export function ConsoleRoom(): ReactNode {
  return (
    <Page title="Console">
      <EmptyState icon="console" title="The console comes here" />
    </Page>
  );
}
