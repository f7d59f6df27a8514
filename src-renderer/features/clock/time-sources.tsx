// The time sources as two editable lists, saved together.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { Settings } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { timeFallbackFault, timeServerFault } from './source-faults.ts';

const MAX_SOURCES = 8;

const filled = (sources: readonly string[]): string[] =>
  sources.map((source) => source.trim()).filter((source) => source !== '');

export function TimeSources({ settings }: { readonly settings: Settings }): ReactNode {
  const [servers, setServers] = useState<readonly string[]>(settings.timeServers);
  const [fallbacks, setFallbacks] = useState<readonly string[]>(settings.timeFallbacks);
  const save = useAction('app:saveSettings');
  const next = { ...settings, timeServers: filled(servers), timeFallbacks: filled(fallbacks) };
  const isChanged =
    JSON.stringify([servers, fallbacks]) !== JSON.stringify([settings.timeServers, settings.timeFallbacks]);
  const hasFault =
    servers.some((one) => timeServerFault(one) !== undefined) ||
    fallbacks.some((one) => timeFallbackFault(one) !== undefined);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isChanged || hasFault) return;
    save.mutate(next, {
      onSuccess: () =>
        showToast({ message: 'Time sources saved. The clock is checked again.', tone: 'right' }),
    });
  };
  const undo = (): void => {
    setServers(settings.timeServers);
    setFallbacks(settings.timeFallbacks);
    save.reset();
  };

  return (
    <Card
      title="Time sources"
      description="Asked at the start, on wake and every hour whether this computer’s clock is right. With both lists empty, nobody is asked."
    >
      <form className="stack loose" onSubmit={submit}>
        <SourceList
          title="Time servers"
          itemLabel="Time server"
          addLabel="Add time server"
          placeholder="time.example.org"
          sources={servers}
          onChange={setServers}
          fault={timeServerFault}
        />
        <SourceList
          title="Where no time server answers: web servers"
          itemLabel="Web server"
          addLabel="Add web server"
          placeholder="https://www.example.org/"
          sources={fallbacks}
          onChange={setFallbacks}
          fault={timeFallbackFault}
        />
        {save.error === null ? null : <ErrorNote error={save.error} />}
        {isChanged ? (
          <div className="cluster end">
            <Button onPress={undo}>Undo</Button>
            <Button variant="primary" type="submit" isDisabled={hasFault} isPending={save.isPending}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
}

interface SourceListProps {
  readonly title: string;
  readonly itemLabel: string;
  readonly addLabel: string;
  readonly placeholder: string;
  readonly sources: readonly string[];
  readonly onChange: (sources: readonly string[]) => void;
  readonly fault: (source: string) => string | undefined;
}

function SourceList(props: SourceListProps): ReactNode {
  const { title, itemLabel, addLabel, placeholder, sources, onChange, fault } = props;
  return (
    <fieldset className="source-list">
      <legend className="field-label">{title}</legend>
      {sources.map((source, index) => (
        <div key={index} className="source">
          <TextField
            label={`${itemLabel} ${index + 1}`}
            hideLabel
            placeholder={placeholder}
            value={source}
            onChange={(typed) => onChange(sources.with(index, typed))}
            error={fault(source)}
            maxLength={255}
            spellCheck="false"
            autoComplete="off"
          />
          <IconButton
            icon="cross"
            label={`Remove ${source.trim() === '' ? `${itemLabel.toLowerCase()} ${index + 1}` : source.trim()}`}
            size={15}
            onPress={() => onChange(sources.toSpliced(index, 1))}
          />
        </div>
      ))}
      {sources.length < MAX_SOURCES ? (
        <div>
          <Button size="small" variant="quiet" icon="plus" onPress={() => onChange([...sources, ''])}>
            {addLabel}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
