// Puts the user interface over a transport into the page.
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { createBridge } from '../bridge/bridge.ts';
import { BridgeProvider, createQueries } from '../bridge/queries.tsx';
import type { Transport } from '../bridge/transport.ts';
import { onClockSet } from '../bridge/window-clock.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import { ToastRegion } from '../ui/toast.tsx';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { applyTheme } from './theme.ts';

/** Starts once for each page. */
export function start(transport: Transport): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no place for the user interface.');
  applyTheme('system');
  const bridge = createBridge(transport);
  const queries = createQueries(bridge);
  // What has run out or come due meanwhile, only main knows. In an ordinary window nobody sets the clock.
  onClockSet(() => void queries.invalidateQueries());
  createRoot(root).render(
    <ErrorBoundary>
      <BridgeProvider bridge={bridge} queries={queries}>
        <App />
        <ToastRegion />
      </BridgeProvider>
    </ErrorBoundary>,
  );
}
