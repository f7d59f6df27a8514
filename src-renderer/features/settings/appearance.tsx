// How Twofold looks: theme, density of the list of accounts, and whether codes are shown at once.
import type { ReactNode } from 'react';
import type { Settings, Theme } from '../../../src-shared/contract/index.ts';
import { Card } from '../../ui/card.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { useSettings } from './use-settings.ts';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Theme; label: string }[];

const densities = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const satisfies readonly { value: Settings['density']; label: string }[];

export function Appearance({ settings }: { readonly settings: Settings }): ReactNode {
  const { change } = useSettings();
  return (
    <Card title="Appearance">
      <div className="stack loose">
        <RadioGroup
          label="Theme"
          orientation="horizontal"
          options={themes}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
        />
        <RadioGroup
          label="List of accounts"
          orientation="horizontal"
          options={densities}
          value={settings.density}
          onChange={(density) => change({ density })}
        />
        <Switch
          label="Hide codes"
          hint="A code is dots until you point at its row or go there with the keyboard."
          isSelected={settings.hidesCodes}
          onChange={(hidesCodes) => change({ hidesCodes })}
        />
      </div>
    </Card>
  );
}
