// What concerns the world as a whole: who and what is in it, and what is taken out of it.
import { type ReactNode, useState } from 'react';
import type { ReportFormat } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { showToast } from '../../ui/toast.tsx';
import { saveFile } from '../console/save-file.ts';
import { NameDialog } from './name-dialog.tsx';
import { PeopleDialog } from './people-dialog.tsx';
import { freeName } from './rehearsal-words.ts';
import { SheetsDialog } from './sheets-dialog.tsx';
import { useRehearsal } from './use-rehearsal.ts';

const formats: readonly { readonly format: ReportFormat; readonly label: string }[] = [
  { format: 'markdown', label: 'Save report as Markdown' },
  { format: 'html', label: 'Save report as HTML with pictures' },
  { format: 'junit', label: 'Save report as JUnit XML' },
];

export function RoomMenu(): ReactNode {
  const { world, go } = useRehearsal();
  const report = useAction('rehearsal:report');
  const [open, setOpen] = useState<'people' | 'sheets' | 'browser' | 'device' | 'own' | null>(null);
  const close = (): void => setOpen(null);
  const save = (format: ReportFormat): void =>
    report.mutate(
      { format },
      {
        onSuccess: saveFile,
        onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
      },
    );
  const actions: readonly MenuAction[] = [
    { id: 'people', label: 'People and passwords…', icon: 'people', onAction: () => setOpen('people') },
    { id: 'sheets', label: 'Kept sheets…', icon: 'list', onAction: () => setOpen('sheets') },
    { id: 'browser', label: 'Borrow another browser…', icon: 'console', onAction: () => setOpen('browser') },
    { id: 'device', label: 'Get another device…', icon: 'phone', onAction: () => setOpen('device') },
    { id: 'own', label: 'Save as own scenario…', icon: 'file', onAction: () => setOpen('own') },
    ...formats.map(({ format, label }) => ({
      id: format,
      label,
      icon: 'download' as const,
      onAction: () => save(format),
    })),
  ];
  const add = async (action: Parameters<typeof go>[0]): Promise<void> => {
    close();
    await go(action, 'room');
  };
  return (
    <>
      <Menu label="More in this world" actions={actions} />
      {open === 'people' ? <PeopleDialog onClose={close} /> : null}
      {open === 'sheets' ? <SheetsDialog onClose={close} /> : null}
      {open === 'browser' ? (
        <NameDialog
          title="Borrow another browser"
          intro="A browser that was never used here: nobody is signed in, and nobody trusts it."
          confirmLabel="Borrow"
          proposal={freeName('Borrowed laptop', world.browsers)}
          taken={world.browsers}
          onName={(browser) => void add({ kind: 'act', action: { do: 'open-browser', browser } })}
          onClose={close}
        />
      ) : null}
      {open === 'device' ? (
        <NameDialog
          title="Get another device"
          intro="A new device with an authenticator that holds nothing yet."
          confirmLabel="Get it"
          proposal={freeName('New phone', world.devices)}
          taken={world.devices}
          onName={(device) => void add({ kind: 'act', action: { do: 'get-device', device } })}
          onClose={close}
        />
      ) : null}
      {open === 'own' ? <SaveOwn onClose={close} /> : null}
    </>
  );
}

function SaveOwn({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { scenario } = useRehearsal().world;
  const save = useAction('rehearsal:saveOwn');
  return (
    <NameDialog
      title="Save as own scenario"
      label="Title"
      intro="Everything that was done so far, step by step. Played again, it expects what was seen now."
      confirmLabel="Save scenario"
      proposal={`${scenario.title}, my way`.slice(0, 100)}
      isTitle
      isPending={save.isPending}
      error={save.error === null ? undefined : failureMessage(save.error)}
      onName={(title) =>
        save.mutate(
          { title },
          {
            onSuccess: (saved) => {
              const left = saved.leftOut.length;
              showToast(
                left === 0
                  ? {
                      message: `Saved “${saved.scenario.title}”. It stands in the list of scenarios.`,
                      tone: 'right',
                    }
                  : {
                      message: `Saved “${saved.scenario.title}”, without ${left === 1 ? 'one thing' : `${left} things`} done by hand that no step stands for: ${saved.leftOut.join('; ')}.`,
                    },
              );
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
