// What stands in the window until the keys that seal the data are there.
import type { ReactNode } from 'react';
import type { KeyState } from '../../../src-shared/contract/index.ts';
import { MessageScreen } from '../../app/message-screen.tsx';

export interface KeyScreenProps {
  readonly keys: Exclude<KeyState, { kind: 'ready' }>;
  readonly dataFolder: string;
}

export function KeyScreen({ keys, dataFolder }: KeyScreenProps): ReactNode {
  return (
    <MessageScreen title="Keys">
      <p>{keys.reason}</p>
      <p>{dataFolder}</p>
    </MessageScreen>
  );
}
