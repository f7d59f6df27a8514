// A scenario in the list: what happens in it, which cases it plays, and what can be done with it.
import type { ReactNode } from 'react';
import type { ScenarioSummary } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { showToast } from '../../ui/toast.tsx';
import { saveFile } from '../console/save-file.ts';
import { counted } from '../console/time-words.ts';

export interface ScenarioCardProps {
  readonly scenario: ScenarioSummary;
  readonly isOpening: boolean;
  readonly isDisabled: boolean;
  readonly onOpen: () => void;
  readonly onDelete: () => void;
}

export function ScenarioCard(props: ScenarioCardProps): ReactNode {
  const { scenario, isOpening, isDisabled, onOpen, onDelete } = props;
  const { name, title, cases, story, steps, isOwn } = scenario;
  const exporting = useAction('rehearsal:exportScenario');
  const exportFile = (): void =>
    exporting.mutate(
      { scenario: name },
      {
        onSuccess: saveFile,
        onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
      },
    );
  return (
    <article className="scenario-card" aria-label={title}>
      <div className="scenario-words">
        <div className="scenario-title">
          <h3>{title}</h3>
          {cases.map((id) => (
            <Badge key={id}>{id}</Badge>
          ))}
        </div>
        <p className="muted wrap-anywhere">{story}</p>
      </div>
      <div className="scenario-actions">
        {steps === 0 ? null : <span className="muted small">{counted(steps, 'step')}</span>}
        <Button
          size="small"
          aria-label={`Open ${title}`}
          isPending={isOpening}
          isDisabled={isDisabled && !isOpening}
          onPress={onOpen}
        >
          Open
        </Button>
        <Menu
          label={`Actions for ${title}`}
          actions={[
            { id: 'export', label: 'Export as a file', icon: 'download', onAction: exportFile },
            ...(isOwn
              ? [
                  {
                    id: 'delete',
                    label: 'Delete…',
                    icon: 'trash',
                    isDanger: true,
                    onAction: onDelete,
                  } as const,
                ]
              : []),
          ]}
        />
      </div>
    </article>
  );
}
