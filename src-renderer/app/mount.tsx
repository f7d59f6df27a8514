// Puts a user interface into the page, with all that each of them stands on.
import '@fontsource-variable/inter/wght.css';
import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../bridge/bridge.ts';
import { BridgeProvider } from '../bridge/queries.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import { ToastRegion } from '../ui/toast.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { applyTheme } from './theme.ts';

/** Once for each page. */
export function mount(app: ReactNode, bridge: Bridge, queries: QueryClient): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no place for the user interface.');
  applyTheme('system');
  createRoot(root).render(
    <ErrorBoundary>
      <BridgeProvider bridge={bridge} queries={queries}>
        {app}
        <ToastRegion />
      </BridgeProvider>
    </ErrorBoundary>,
  );
}
