// Reading a picture: choose a file, drop it anywhere on the window, or paste it.
import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

export interface PictureFormProps {
  readonly isReading: boolean;
  readonly onPictures: (files: readonly File[]) => void;
}

const pasteKeys = navigator.userAgent.includes('Mac') ? '⌘V' : 'Ctrl V';

export function PictureForm({ isReading, onPictures }: PictureFormProps): ReactNode {
  return (
    <div className="picture-form">
      <Icon name="picture" size={30} />
      <p className="picture-words">
        <strong>Drop a picture of the QR code here</strong>
        <span className="muted">
          or paste one with <KeyHint>{pasteKeys}</KeyHint>. A screenshot of the whole screen is fine.
        </span>
      </p>
      <FileTrigger
        acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp']}
        allowsMultiple
        onSelect={(files) => {
          if (files !== null && files.length > 0) onPictures(Array.from(files));
        }}
      >
        <Button variant="primary" icon="folder" isDisabled={isReading}>
          Choose picture
        </Button>
      </FileTrigger>
    </div>
  );
}
