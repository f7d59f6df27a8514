// What comes into the room from outside: pictures and files dropped on the window, pictures and links pasted anywhere.
import { useEffect, useState } from 'react';
import { type Incoming, takeIn } from '../transfer/open-transfer.ts';

const filesOf = (transfer: DataTransfer | null): File[] =>
  transfer === null ? [] : Array.from(transfer.files);

/** What a paste or drop brings, or null where it is nothing for the authenticator. */
function incomingOf(transfer: DataTransfer | null): Incoming | null {
  const files = filesOf(transfer);
  if (files.length > 0) return { kind: 'files', files };
  const text = transfer?.getData('text/plain').trim() ?? '';
  return /^(otpauth|otpauth-migration|steam|motp):\/\//im.test(text) ? { kind: 'text', text } : null;
}

/** Hands each to the dialog that adds accounts; answers whether a file is being dragged over the window. */
export function useIncoming(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const target = event.target;
      const isInField = target instanceof HTMLElement && target.closest('input, textarea') !== null;
      const incoming = incomingOf(event.clipboardData);
      // A link pasted into a field belongs to the field; a picture can only be meant for us.
      if (incoming === null || (isInField && incoming.kind === 'text')) return;
      event.preventDefault();
      takeIn(incoming);
    };
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const incoming = incomingOf(event.dataTransfer);
      if (incoming === null) return;
      event.preventDefault();
      takeIn(incoming);
    };
    addEventListener('paste', paste);
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('paste', paste);
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
