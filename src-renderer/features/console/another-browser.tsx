// Opens the console in another browser, which has neither this one's session nor its trust.
import { type ReactNode, useState } from 'react';
import { confinedRoom } from '../../app/route.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';
import { copyText } from './copy-text.ts';

/** Nothing in a page of the rehearsal: other browsers are borrowed in the room around it. */
export const AnotherBrowser = (): ReactNode => (confinedRoom() === null ? <OpenAnother /> : null);

function OpenAnother(): ReactNode {
  const open = useAction('app:openBrowser');
  const [link, setLink] = useState<string | null>(null);
  const start = (): void =>
    open.mutate(
      {},
      {
        onSuccess: ({ url }) => setLink(url),
        onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
      },
    );
  return (
    <>
      <IconButton
        icon="external"
        label="Open another browser"
        size={17}
        onPress={start}
        isDisabled={open.isPending}
      />
      <Dialog
        title="Another browser"
        size="small"
        isOpen={link !== null}
        onClose={() => setLink(null)}
        actions={
          <>
            <Button onPress={() => setLink(null)}>Close</Button>
            <Button variant="primary" icon="copy" onPress={() => void copyText(link ?? '', 'Link')}>
              Copy link
            </Button>
          </>
        }
      >
        <div className="stack">
          <p>
            Open this link in another browser, or in a private window. The console sees it as a browser of its
            own: nobody is signed in there, and it is not trusted.
          </p>
          <p className="console-link mono">{link}</p>
          <p className="muted small">The link works once.</p>
        </div>
      </Dialog>
    </>
  );
}
