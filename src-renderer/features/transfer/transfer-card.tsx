// Import and export in the settings, where people look for them.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { startAdding, startExport } from './open-transfer.ts';

export function TransferCard(): ReactNode {
  return (
    <Card
      title="Import and export"
      description="Accounts from other authenticators, and files, paper or QR codes for them."
    >
      <div className="cluster">
        <Button icon="file" onPress={() => startAdding('file')}>
          Import…
        </Button>
        <Button icon="download" onPress={() => startExport()}>
          Export…
        </Button>
      </div>
    </Card>
  );
}
