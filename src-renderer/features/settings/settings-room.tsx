// The settings: appearance, keys, lock, backups, import and export, other browsers, data folder, version.
import type { ReactNode } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { routeHref } from '../../app/route.ts';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { BackupsCard } from '../backup/backups-card.tsx';
import { TransferCard } from '../transfer/transfer-card.tsx';
import { LockSettings } from '../lock/lock-settings.tsx';
import { DesktopCard } from './desktop-card.tsx';
import { Appearance } from './appearance.tsx';
import { KeyProtection } from './key-protection.tsx';
import { OtherBrowser } from './other-browser.tsx';
import './settings.css';

export function SettingsRoom({ status }: { readonly status: AppStatus }): ReactNode {
  return (
    <Page title="Settings" width="narrow">
      <Appearance settings={status.settings} />
      {status.keys.kind === 'ready' ? <KeyProtection protection={status.keys.protection} /> : null}
      <LockSettings status={status} />
      <BackupsCard host={status.host} />
      <TransferCard />
      {status.host === 'desktop' ? <DesktopCard status={status} /> : null}
      <Card
        title="Clock"
        description={
          <>
            Whom to ask for the time, and whether codes go by it, is set in the{' '}
            <a href={routeHref('clock')}>Clock room</a>.
          </>
        }
      />
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
