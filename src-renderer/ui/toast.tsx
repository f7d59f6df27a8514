// Short messages at the foot of the window, with an undo where there is one. They wait while hovered or focused.
import type { ReactNode } from 'react';
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Tone, toneIcons } from './note.tsx';
import './toast.css';

export interface ToastMessage {
  readonly message: string;
  readonly tone?: Tone;
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** The last message that only says that something was done. */
let passing: string | undefined;

/**
 * Shows a message for `timeoutMs` (6 s, or 12 s with an action). A message that only says that something was done
 * takes the place of the one before it.
 */
export function showToast(
  toast: ToastMessage,
  timeoutMs = toast.action === undefined ? 6_000 : 12_000,
): void {
  const key = queue.add(toast, { timeout: timeoutMs });
  if (toast.action === undefined && (toast.tone === 'right' || toast.tone === undefined)) {
    if (passing !== undefined) queue.close(passing);
    passing = key;
  }
}

/** Takes all messages away. */
export function dismissToasts(): void {
  queue.clear();
}

export function ToastRegion(): ReactNode {
  return (
    <AriaToastRegion queue={queue} className="toast-region no-print" aria-label="Messages">
      {({ toast }) => {
        const { message, tone = 'neutral', action } = toast.content;
        return (
          <AriaToast toast={toast} className={`toast ${tone}`}>
            <Icon name={toneIcons[tone]} size={17} />
            <ToastContent className="toast-words">
              <Text slot="title">{message}</Text>
            </ToastContent>
            {action === undefined ? null : (
              <Button
                size="small"
                variant="quiet"
                onPress={() => {
                  queue.close(toast.key);
                  action.onAction();
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton slot="close" icon="cross" label="Dismiss" size={15} />
          </AriaToast>
        );
      }}
    </AriaToastRegion>
  );
}
