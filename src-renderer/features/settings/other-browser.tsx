// Another browser for the console: one that holds neither this one's session nor its trust.
import { type ReactNode, useState } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { showToast } from '../../ui/toast.tsx';

export function OtherBrowser({ host }: { readonly host: AppStatus['host'] }): ReactNode {
  const [url, setUrl] = useState<string | null>(null);
  const open = useAction('app:openBrowser');
  const copy = async (link: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      showToast({ message: 'Link copied. It works once.', tone: 'right' });
    } catch {
      showToast({
        message: 'This browser does not let Twofold write to the clipboard. Select the link and copy it.',
      });
    }
  };
  return (
    <Card
      title="Another browser"
      description="Opens Twofold as a browser that the console has not seen: not signed in and not trusted. Good for trying out what your users will meet."
      actions={
        <Button
          icon="external"
          isPending={open.isPending}
          onPress={() => open.mutate({}, { onSuccess: ({ url: link }) => setUrl(link) })}
        >
          {host === 'desktop' ? 'Open another browser' : 'Make a link'}
        </Button>
      }
    >
      {open.error === null ? null : <ErrorNote error={open.error} />}
      {url === null ? null : (
        <div className="stack tight">
          <p className="small">
            Open this link in another browser, or in a private window of this one, on this computer. It works
            once.
          </p>
          <div className="one-time-link">
            <span className="mono wrap-anywhere settings-folder">{url}</span>
            <Button size="small" icon="copy" onPress={() => void copy(url)}>
              Copy
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
