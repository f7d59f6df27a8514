// Importing files of other authenticators: choose or drop them; how each app writes one stands below.
import { type ReactNode, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import type { Way } from '../transfer/open-transfer.ts';
import { ANY_APP, appGuides } from './app-guides.ts';

export interface FileFormProps {
  readonly isReading: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  /** Goes to another way in, where the app has one that is not a file. */
  readonly onWay: (way: Way) => void;
}

const wayWords: Readonly<Partial<Record<Way, string>>> = {
  camera: 'Use the camera',
  picture: 'Read a picture',
  manual: 'Type it in',
};

const apps = appGuides.map(({ id, name }) => ({ value: id, label: name }));

export function FileForm({ isReading, onFiles, onWay }: FileFormProps): ReactNode {
  const [app, setApp] = useState(ANY_APP);
  const guide = appGuides.find(({ id }) => id === app);
  if (guide === undefined) return null;
  return (
    <div className="stack">
      <Select label="Move from another app" options={apps} value={app} onChange={setApp} />
      {guide.caution === undefined ? null : <Note tone="attention">{guide.caution}</Note>}
      {guide.steps.length === 1 ? (
        <p>{guide.steps[0]}</p>
      ) : (
        <ol className="guide-steps">
          {guide.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      <div className="cluster">
        {guide.hasFile ? (
          <FileTrigger
            allowsMultiple
            onSelect={(files) => {
              if (files !== null && files.length > 0) onFiles(Array.from(files));
            }}
          >
            <Button variant="primary" icon="folder" isDisabled={isReading}>
              Choose file
            </Button>
          </FileTrigger>
        ) : null}
        {guide.ways.map((way, index) => (
          <Button
            key={way}
            variant={index === 0 && !guide.hasFile ? 'primary' : 'secondary'}
            onPress={() => onWay(way)}
          >
            {wayWords[way]}
          </Button>
        ))}
      </div>
      {guide.hasFile ? (
        <p className="muted small">
          The file stays where it is. If it is not encrypted, delete it once everything is here and works.
        </p>
      ) : null}
    </div>
  );
}
