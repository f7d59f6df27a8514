// Reading pictures: choose files, drop them anywhere on the window, or paste one.
import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

export interface PictureFormProps {
  readonly isReading: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

const pasteKeys = navigator.userAgent.includes('Mac') ? '⌘V' : 'Ctrl V';

export function PictureForm({ isReading, onFiles }: PictureFormProps): ReactNode {
  return (
    <div className="way-in">
      <Icon name="picture" size={30} />
      <p className="way-in-words">
        <strong>Drop pictures of QR codes here</strong>
        <span className="muted">
          or paste one with <KeyHint>{pasteKeys}</KeyHint>. A screenshot of the whole screen is fine, and so
          are several codes in one picture.
        </span>
      </p>
      <FileTrigger
        acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp']}
        allowsMultiple
        onSelect={(files) => {
          if (files !== null && files.length > 0) onFiles(Array.from(files));
        }}
      >
        <Button variant="primary" icon="folder" isDisabled={isReading}>
          Choose pictures
        </Button>
      </FileTrigger>
    </div>
  );
}
