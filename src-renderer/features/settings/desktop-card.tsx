// How Twofold lives on the desktop: at login, in the tray, and by a key from anywhere.
import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { keyWords, recordKeys } from './accelerator.ts';
import './desktop-card.css';
import { useSettings } from './use-settings.ts';

export function DesktopCard({ status }: { readonly status: AppStatus }): ReactNode {
  const { settings = status.settings, change } = useSettings();
  return (
    <Card title="Desktop">
      <div className="stack loose">
        <QuickCopyKeys
          keys={settings.quickCopyKeys}
          fault={status.quickCopyFault}
          platform={status.platform}
          onChange={(quickCopyKeys) => change({ quickCopyKeys })}
        />
        <Switch
          label="Stay in the tray"
          hint="Closing the window does not end Twofold; its menu in the tray copies the codes of pinned accounts. Where your desktop has no tray, start Twofold again to see its window."
          isSelected={settings.staysInTray}
          onChange={(staysInTray) => change({ staysInTray })}
        />
        <Switch
          label="Start at login"
          hint="Twofold starts when you sign in to the computer, without a window where it stays in the tray."
          isSelected={settings.startsAtLogin}
          onChange={(startsAtLogin) => change({ startsAtLogin })}
        />
      </div>
    </Card>
  );
}

interface QuickCopyKeysProps {
  readonly keys: string | null;
  readonly fault: string | null;
  readonly platform: string;
  readonly onChange: (keys: string | null) => void;
}

function QuickCopyKeys({ keys, fault, platform, onChange }: QuickCopyKeysProps): ReactNode {
  const [isRecording, setRecording] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isSaving = useIsMutating({ mutationKey: ['app:saveSettings'] }) > 0;
  const isAsking = useIsFetching({ queryKey: ['app:status'] }) > 0;
  // What was chosen is shown at once, whether it works only once main has tried.
  const works = fault === null && !isSaving && !isAsking;
  const trouble = refusal ?? (isRecording ? null : fault);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Tab') {
      setRecording(false);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(false);
      return;
    }
    const recorded = recordKeys(event, platform);
    setRefusal(recorded.kind === 'refused' ? recorded.reason : null);
    if (recorded.kind !== 'keys') return;
    setRecording(false);
    onChange(recorded.accelerator);
  });
  useEffect(() => {
    if (!isRecording) return;
    const listen = (event: KeyboardEvent): void => press(event);
    const stop = (): void => setRecording(false);
    // Before the shortcuts of the page itself.
    addEventListener('keydown', listen, { capture: true });
    addEventListener('blur', stop);
    return () => {
      removeEventListener('keydown', listen, { capture: true });
      removeEventListener('blur', stop);
    };
  }, [isRecording]);

  return (
    <div className="quick-keys" role="group" aria-label="Keys for quick copy">
      <div className="quick-keys-words">
        <span>Keys for quick copy</span>
        <span className="choice-hint">
          Pressed in any program, they open a small window that finds an account and copies its code.
        </span>
        <span className="quick-keys-state" role="status">
          {isRecording ? (
            <span className="muted">Press the keys together. Esc leaves them as they are.</span>
          ) : keys === null ? (
            <span className="muted">None yet</span>
          ) : (
            <>
              {keyWords(keys, platform).map((key) => (
                <KeyHint key={key}>{key}</KeyHint>
              ))}
              {works ? (
                <span className="quick-keys-works">
                  <Icon name="check" size={14} /> Ready
                </span>
              ) : null}
            </>
          )}
        </span>
        {trouble === null ? null : (
          <span className="field-error" role="alert">
            <Icon name="wrong" size={15} />
            <span>{trouble}</span>
          </span>
        )}
      </div>
      <div className="cluster end">
        {keys === null || isRecording ? null : <Button onPress={() => onChange(null)}>Remove</Button>}
        <Button
          onPress={() => {
            setRefusal(null);
            setRecording(!isRecording);
          }}
        >
          {isRecording ? 'Cancel' : keys === null ? 'Choose keys' : 'Change keys'}
        </Button>
      </div>
    </div>
  );
}
