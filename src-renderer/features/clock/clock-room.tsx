// The room of the clock.
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';

export function ClockRoom(): ReactNode {
  return <Page title="Clock" />;
}
