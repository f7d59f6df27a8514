// What stands in the window while the host is not there, or does not know this browser.
import { type ReactNode, useState } from 'react';
import type { Connection } from '../bridge/bridge.ts';
import { useBridge } from '../bridge/queries.tsx';
import { Button } from '../ui/button.tsx';
import { MessageScreen } from './message-screen.tsx';

export function ConnectionScreen({
  connection,
}: {
  readonly connection: Exclude<Connection, 'up'>;
}): ReactNode {
  const bridge = useBridge();
  const [isTrying, setTrying] = useState(false);
  const retry = async (): Promise<void> => {
    setTrying(true);
    // The bridge's own state tells the outcome.
    await bridge.probe();
    setTrying(false);
  };
  const retryButton = (
    <Button variant="primary" icon="refresh" isPending={isTrying} onPress={() => void retry()}>
      Try again
    </Button>
  );
  if (bridge.isNetwork) {
    return (
      <MessageScreen title="The service console does not answer" actions={retryButton}>
        {connection === 'refused' ? (
          <p>It refuses requests that come this way. Open it by its own address, as you were given it.</p>
        ) : (
          <p>What you saved is kept. Check that you are connected, or try again in a minute.</p>
        )}
      </MessageScreen>
    );
  }
  if (connection === 'refused') {
    return (
      <MessageScreen
        title="Open the address that Twofold printed"
        icon="lock"
        tone="accent"
        actions={retryButton}
      >
        <p>
          This browser has not been let in yet. Twofold printed an address with a one-time key when it
          started; open that one. If it was used already, start Twofold again, or ask for a new link in the
          settings of a browser that is let in.
        </p>
      </MessageScreen>
    );
  }
  return (
    <MessageScreen title="Twofold has stopped" actions={retryButton}>
      <p>
        The program behind this window does not answer. What you saved is kept. Start Twofold again: it opens
        a window, or prints an address to open in the browser. Where it comes back by itself, try again here.
      </p>
    </MessageScreen>
  );
}
