// The settings: appearance, key protection, time sources, other browsers, where the data lies, the version.
import type { ReactNode } from 'react';
import type { AppStatus, Theme } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Card } from '../../ui/card.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Page } from '../../ui/page.tsx';
import { KeyProtection } from './key-protection.tsx';
import { OtherBrowser } from './other-browser.tsx';
import './settings.css';
import { TimeSources } from './time-sources.tsx';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Theme; label: string }[];

export function SettingsRoom({ status }: { readonly status: AppStatus }): ReactNode {
  return (
    <Page title="Settings" width="narrow">
      <Appearance status={status} />
      {status.keys.kind === 'ready' ? <KeyProtection protection={status.keys.protection} /> : null}
      <TimeSources key={JSON.stringify(status.settings)} settings={status.settings} />
      <OtherBrowser host={status.host} />
      <Card title="About">
        <dl className="settings-facts">
          <dt>Version</dt>
          <dd>Twofold {status.version}</dd>
          <dt>Data folder</dt>
          <dd className="mono wrap-anywhere settings-folder">{status.dataFolder}</dd>
          <dt>Runs as</dt>
          <dd>
            {status.host === 'desktop'
              ? 'A desktop app'
              : 'A page in your browser, served from this computer to this computer alone'}
          </dd>
        </dl>
      </Card>
    </Page>
  );
}

function Appearance({ status }: { readonly status: AppStatus }): ReactNode {
  const save = useAction('app:saveSettings');
  const shown = save.isPending ? save.variables.theme : status.settings.theme;
  return (
    <Card title="Appearance">
      <div className="stack">
        <RadioGroup
          label="Theme"
          orientation="horizontal"
          options={themes}
          value={shown}
          onChange={(theme) => save.mutate({ ...status.settings, theme })}
        />
        {save.error === null ? null : <ErrorNote error={save.error} />}
      </div>
    </Card>
  );
}
