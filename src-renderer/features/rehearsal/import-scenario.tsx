// Takes a scenario in from a file: chosen, or dropped anywhere on the list.
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { MAX_SCENARIO_CHARACTERS } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { showToast } from '../../ui/toast.tsx';

export interface Importing {
  /** What went wrong with the last one. */
  readonly error: unknown;
  readonly isPending: boolean;
  readonly take: (file: File) => void;
}

export function useImport(): Importing {
  const action = useAction('rehearsal:importScenario');
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File): Promise<void> => {
    setFault(null);
    action.reset();
    if (file.size > MAX_SCENARIO_CHARACTERS) {
      setFault(`${file.name} is too large for a scenario. Nothing was imported.`);
      return;
    }
    let content: string;
    try {
      content = await file.text();
    } catch {
      setFault(`${file.name} cannot be read. Nothing was imported.`);
      return;
    }
    action.mutate(
      { content },
      { onSuccess: ({ title }) => showToast({ message: `Imported “${title}”.`, tone: 'right' }) },
    );
  };

  const takeDropped = useEffectEvent((file: File) => void take(file));
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      takeDropped(file);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, []);
  return { error: fault ?? action.error, isPending: action.isPending, take: (file) => void take(file) };
}

export function ImportButton({ importing }: { readonly importing: Importing }): ReactNode {
  return (
    <FileTrigger
      acceptedFileTypes={['application/json', '.json']}
      onSelect={(files) => {
        const file = files?.[0];
        if (file !== undefined) importing.take(file);
      }}
    >
      <Button icon="file" isPending={importing.isPending}>
        Import scenario…
      </Button>
    </FileTrigger>
  );
}
