// Puts the user interface over a transport into the page.
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { createBridge } from '../bridge/bridge.ts';
import { BridgeProvider, createQueries } from '../bridge/queries.tsx';
import type { Transport } from '../bridge/transport.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import { ToastRegion } from '../ui/toast.tsx';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { confinedRoom } from './route.ts';
import { applyTheme } from './theme.ts';

/** Starts once for each page. */
export function start(transport: Transport): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no place for the user interface.');
  applyTheme('system');
  const bridge = createBridge(transport);
  createRoot(root).render(
    <ErrorBoundary>
      <BridgeProvider bridge={bridge} queries={createQueries(bridge, confinedRoom() !== null)}>
        <App />
        <ToastRegion />
      </BridgeProvider>
    </ErrorBoundary>,
  );
}
