// The papers that people of the world keep: secrets, recovery codes, break-glass codes.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ClosingDialog } from '../../ui/dialog.tsx';
import { copyText } from '../console/copy-text.ts';
import { sheetWords } from './rehearsal-words.ts';
import { useRehearsal } from './use-rehearsal.ts';

export function SheetsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { sheets } = useRehearsal().world;
  return (
    <ClosingDialog title="Kept sheets" onClose={onClose}>
      {sheets.length === 0 ? (
        <p className="muted">
          Nobody has kept anything yet. While a QR code is on the screen of a browser, its menu keeps the
          sheet.
        </p>
      ) : (
        <ul className="stack">
          {sheets.map((sheet) => (
            <li key={sheet.name} className="sheet">
              <div className="cluster between">
                <div>
                  <h3>{sheet.name}</h3>
                  <p className="muted small">{sheetWords(sheet)}</p>
                </div>
                <Button
                  size="small"
                  icon="copy"
                  aria-label={`Copy ${sheet.name}`}
                  onPress={() => void copyText(sheet.lines.join('\n'), 'Sheet')}
                >
                  Copy
                </Button>
              </div>
              <p className="sheet-lines mono wrap-anywhere">{sheet.lines.join('\n')}</p>
            </li>
          ))}
        </ul>
      )}
    </ClosingDialog>
  );
}
