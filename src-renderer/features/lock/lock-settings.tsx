// When Twofold locks, and what keeps other programs from recording its windows.
import { type ReactNode, useState } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Note } from '../../ui/note.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { MoveToPassphrase } from '../keys/move-to-passphrase.tsx';
import { useSettings } from '../settings/use-settings.ts';

const OFFERED_MINUTES = [1, 5, 15, 30, 60, 0] as const;

const minuteWords = (minutes: number): string =>
  minutes === 0 ? 'Never' : minutes === 1 ? '1 minute' : `${minutes} minutes`;

/** What is set is offered too, whoever set it. */
const optionsWith = (present: number): readonly Option<string>[] => {
  const offered: readonly number[] = OFFERED_MINUTES;
  return (offered.includes(present) ? offered : [present, ...offered]).map((minutes) => ({
    value: String(minutes),
    label: minuteWords(minutes),
  }));
};

export function LockSettings({ status }: { readonly status: AppStatus }): ReactNode {
  const { settings = status.settings, change } = useSettings();
  const [isChoosing, setChoosing] = useState(false);
  const hasPassphrase = status.keys.kind === 'ready' && status.keys.protection === 'passphrase';
  const isDesktop = status.host === 'desktop';
  return (
    <Card
      title="Lock"
      description={
        hasPassphrase
          ? 'Locked, Twofold forgets the keys and everything that they opened. The passphrase opens it again.'
          : undefined
      }
    >
      <div className="stack loose">
        {hasPassphrase ? (
          <>
            <Select
              label="Lock when nobody is here for"
              options={optionsWith(settings.locksAfterMinutes)}
              value={String(settings.locksAfterMinutes)}
              onChange={(minutes) => change({ locksAfterMinutes: Number(minutes) })}
            />
            {isDesktop ? (
              <Switch
                label="Lock with the system"
                hint="When its screen is locked, and when it goes to sleep."
                isSelected={settings.locksWithSystem}
                onChange={(locksWithSystem) => change({ locksWithSystem })}
              />
            ) : null}
          </>
        ) : (
          <Note actions={<Button onPress={() => setChoosing(true)}>Choose a passphrase</Button>}>
            Locking needs a passphrase. The keychain would open the keys again without a question.
          </Note>
        )}
        {isDesktop ? (
          <Switch
            label="Hide the windows from recordings"
            hint="Screenshots and shared screens show them black. On macOS and Windows only, and a deterrent: it does not stop a program that means harm."
            isSelected={settings.protectsContent}
            onChange={(protectsContent) => change({ protectsContent })}
          />
        ) : null}
      </div>
      {isChoosing ? <MoveToPassphrase onClose={() => setChoosing(false)} /> : null}
    </Card>
  );
}
