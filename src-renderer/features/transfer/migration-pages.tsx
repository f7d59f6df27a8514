// The QR codes for Google Authenticator, one at a time, as it scans them.
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { LostNote } from './export-result.tsx';

/** Large: a code of ten accounts is dense, and a phone reads it from a screen. */
const QR_SIZE = 340;

export interface MigrationPagesProps {
  readonly links: readonly string[];
  readonly lost: readonly string[];
  readonly onClose: () => void;
}

export function MigrationPages({ links, lost, onClose }: MigrationPagesProps): ReactNode {
  const [page, setPage] = useState(0);
  const link = links[page];
  const turn = (by: number): void => setPage(Math.max(0, Math.min(links.length - 1, page + by)));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') turn(1);
    else if (event.key === 'ArrowLeft') turn(-1);
  };
  const isLast = page >= links.length - 1;
  return (
    <Dialog
      title="QR codes for Google Authenticator"
      isOpen
      onClose={onClose}
      size="large"
      actions={
        <>
          {links.length < 2 ? null : (
            <Button icon="chevronLeft" isDisabled={page === 0} onPress={() => turn(-1)}>
              Previous
            </Button>
          )}
          {isLast ? (
            <Button variant="primary" onPress={onClose} autoFocus>
              Done
            </Button>
          ) : (
            <Button variant="primary" onPress={() => turn(1)} autoFocus>
              Next
            </Button>
          )}
        </>
      }
    >
      {/* The keys are a shortcut; the buttons do the same. */}
      <div className="migration" role="group" aria-label="QR codes" onKeyDown={onKeyDown}>
        {link === undefined ? (
          <EmptyState icon="warning" title="There is nothing to show">
            Google Authenticator can show none of these accounts.
          </EmptyState>
        ) : (
          <>
            <QrCode
              text={link}
              label={`QR code ${page + 1} of ${links.length} for Google Authenticator`}
              size={QR_SIZE}
            />
            <div className="stack migration-words">
              <p role="status">
                <strong className="tabular">
                  Page {page + 1} of {links.length}
                </strong>
              </p>
              <p className="muted">
                In Google Authenticator on the phone choose “Transfer accounts”, then “Import accounts”, and
                scan
                {links.length === 1 ? ' this code.' : ' each of these codes in turn.'}
              </p>
            </div>
          </>
        )}
        <LostNote lost={lost} />
      </div>
    </Dialog>
  );
}
