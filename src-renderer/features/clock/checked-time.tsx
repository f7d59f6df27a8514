// Whether codes go by the checked time where this computer's clock is off.
import type { ReactNode } from 'react';
import type { Settings } from '../../../src-shared/contract/index.ts';
import { Card } from '../../ui/card.tsx';
import { Switch } from '../../ui/choice.tsx';
import { useSettings } from '../settings/use-settings.ts';

export function CheckedTime({ settings }: { readonly settings: Settings }): ReactNode {
  const { change } = useSettings();
  return (
    <Card title="Codes">
      <Switch
        label="Make codes by the checked time"
        hint="A computer whose clock is off still shows right codes; its clock is left as it is."
        isSelected={settings.correctsClock}
        onChange={(correctsClock) => change({ correctsClock })}
      />
    </Card>
  );
}
