// Reading the screen: one picture of it is read whole; where that finds nothing, or not all, a region can be dragged.
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { screenFault } from './media-faults.ts';
import type { Region } from './region.ts';
import { RegionPicker } from './region-picker.tsx';
import { partOfPicture, takeScreenPicture, wholePicture } from './screen-picture.ts';

export interface ScreenFormProps {
  /** The picture that was taken; null before. */
  readonly picture: HTMLCanvasElement | null;
  readonly onPicture: (picture: HTMLCanvasElement) => void;
  readonly isReading: boolean;
  readonly onFile: (file: File) => void;
  /** What was not found in it. */
  readonly failure: ReactNode;
}

export function ScreenForm(props: ScreenFormProps): ReactNode {
  const { picture, onPicture, isReading, onFile, failure } = props;
  const [isTaking, setTaking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const take = async (): Promise<void> => {
    setTaking(true);
    setFault(null);
    try {
      const taken = await takeScreenPicture();
      onPicture(taken);
      onFile(await wholePicture(taken));
    } catch (error) {
      setFault(screenFault(error));
    } finally {
      setTaking(false);
    }
  };
  const readPart = async (from: HTMLCanvasElement, region: Region): Promise<void> => {
    onFile(await partOfPicture(from, region));
  };
  const readWhole = async (from: HTMLCanvasElement): Promise<void> => {
    onFile(await wholePicture(from));
  };

  const refusal = fault === null ? null : <ErrorNote error={fault} />;
  if (picture === null) {
    return (
      <div className="stack">
        <div className="way-in">
          <Icon name="screen" size={30} />
          <p className="way-in-words">
            <strong>Read QR codes from the screen</strong>
            <span className="muted">
              Bring the code into sight, then choose the screen or window that shows it. One picture is taken
              and read on this computer; nothing is recorded or kept.
            </span>
          </p>
          <Button
            variant="primary"
            icon="screen"
            isPending={isTaking}
            isDisabled={isReading}
            onPress={() => void take()}
          >
            Choose screen
          </Button>
        </div>
        {refusal ?? failure}
      </div>
    );
  }
  return (
    <div className="stack">
      {refusal ?? failure}
      <p className="muted">
        Is a code not among what was found? Drag a rectangle around it, or read the whole picture again.
      </p>
      <RegionPicker
        picture={picture}
        isDisabled={isReading || isTaking}
        onRegion={(region) => void readPart(picture, region)}
      />
      <div className="cluster">
        <Button isDisabled={isReading} onPress={() => void readWhole(picture)}>
          Read whole picture
        </Button>
        <Button icon="refresh" isPending={isTaking} isDisabled={isReading} onPress={() => void take()}>
          Take another picture
        </Button>
      </div>
    </div>
  );
}
