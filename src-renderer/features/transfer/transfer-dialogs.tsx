// The dialogs that move accounts in and out, over whichever room is shown.
import { type ReactNode, useEffect } from 'react';
import { useBridge } from '../../bridge/queries.tsx';
import { AddAccountDialog } from '../add-account/add-account-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { closeTransfer, forgetTransfers, takeIn, useOpenTransfer } from './open-transfer.ts';

export function TransferDialogs(): ReactNode {
  const bridge = useBridge();
  const open = useOpenTransfer();
  useEffect(
    () =>
      bridge.onEvent((event, payload) => {
        if (event === 'transfer:incoming' && 'previewId' in payload) {
          takeIn({ kind: 'preview', previewId: payload.previewId });
        }
      }),
    [bridge],
  );
  useEffect(() => forgetTransfers, []);

  if (open === null) return null;
  return open.kind === 'add' ? (
    <AddAccountDialog startWay={open.way} incoming={open.incoming} onClose={closeTransfer} />
  ) : (
    <ExportDialog onClose={closeTransfer} />
  );
}
