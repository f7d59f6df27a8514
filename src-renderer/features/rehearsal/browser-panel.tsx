// A simulated browser: whom it is trusted for, its address line, what can happen at it, and its screen.
import { type ReactNode, useState } from 'react';
import type { Action, RehearsedBrowser } from '../../../src-shared/contract/index.ts';
import { consoleAddress } from '../../../src-shared/rehearsal/console-address.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { browserActions, type BrowserDoing } from './browser-actions.ts';
import { NameDialog } from './name-dialog.tsx';
import { freeName, isTrusted, lastIdOf, trustWords } from './rehearsal-words.ts';
import { RehearsedFrame } from './rehearsed-frame.tsx';
import { SaidNote } from './said-note.tsx';
import { useRehearsal } from './use-rehearsal.ts';
import type { WorldClock } from './world-clock.ts';

export interface BrowserPanelProps {
  readonly browser: RehearsedBrowser;
  readonly clock: WorldClock;
  /** Fills the column; false: one of several; null: there is but one. */
  readonly isLarge: boolean | null;
  readonly onResize: () => void;
}

/** Actions after which the page in it is loaded anew. */
const loading: ReadonlySet<Action['do']> = new Set(['reload', 'reopen-browser']);

export function BrowserPanel({ browser, clock, isLarge, onResize }: BrowserPanelProps): ReactNode {
  const { world, go } = useRehearsal();
  const [keeping, setKeeping] = useState<Parameters<BrowserDoing['keep']>[0] | null>(null);
  const [loads, setLoads] = useState(0);
  const { name } = browser;
  const act = (action: Action): void => {
    void go({ kind: 'act', action }, { actor: name }).then((isDone) => {
      if (isDone && loading.has(action.do)) setLoads((count) => count + 1);
    });
  };
  return (
    <section className="panel browser" aria-label={name}>
      <header className="panel-head">
        <h2 className="panel-name" title={name}>
          {name}
        </h2>
        <Badge tone={isTrusted(browser, world.nowMs) ? 'right' : 'neutral'}>
          {trustWords(browser, world.nowMs)}
        </Badge>
        <span className="panel-address">{consoleAddress(world.organization)}</span>
        {isLarge === null ? null : (
          <IconButton
            icon={isLarge ? 'shrink' : 'expand'}
            label={isLarge ? `Show ${name} beside the others` : `Enlarge ${name}`}
            size={16}
            onPress={onResize}
          />
        )}
        <Menu
          label={`What happens at ${name}`}
          actions={browserActions({ world, browser, act, keep: setKeeping })}
        />
      </header>
      <SaidNote place={{ actor: name }} />
      <RehearsedFrame
        key={loads}
        worldId={world.id}
        actor={name}
        room="console"
        zone={world.zone}
        clock={clock}
        happening={lastIdOf(name, world)}
      />
      {keeping === null ? null : (
        <NameDialog
          title={keeping === 'sheet' ? 'Keep the sheet on screen' : 'Make recovery codes'}
          label="Written on it"
          intro={
            keeping === 'sheet'
              ? 'The QR code and the secret are kept on paper. They can be typed into a device later.'
              : `They are made with a code of ${keeping.codesWith} and kept on paper.`
          }
          confirmLabel="Keep"
          proposal={freeName(keeping === 'sheet' ? 'Sheet in the drawer' : 'Recovery codes', world.sheets)}
          onName={(sheet) => {
            act(
              keeping === 'sheet'
                ? { do: 'keep-sheet', browser: name, sheet }
                : { do: 'make-recovery-codes', browser: name, device: keeping.codesWith, sheet },
            );
            setKeeping(null);
          }}
          onClose={() => setKeeping(null)}
        />
      )}
    </section>
  );
}
