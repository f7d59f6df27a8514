// Export in three steps: which accounts, in which format, protected how. Then what was written, or the QR codes.
import { type ReactNode, useState } from 'react';
import type { Account, Output } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { StepIndicator } from '../../ui/step-indicator.tsx';
import { countWords } from '../authenticator/account-label.ts';
import { isUsable, type NewPassphrase } from '../keys/new-passphrase-fields.tsx';
import { AccountsStep } from './accounts-step.tsx';
import {
  type ExportKind,
  type ExportTarget,
  exportTargets,
  idsOf,
  isEncrypted,
  type Selection,
  selectedAccounts,
} from './export-plan.ts';
import { ExportResult } from './export-result.tsx';
import { FormatStep } from './format-step.tsx';
import { MigrationPages } from './migration-pages.tsx';
import { ProtectStep } from './protect-step.tsx';
import './transfer.css';

export interface ExportDialogProps {
  readonly onClose: () => void;
}

const steps = ['Accounts', 'Format', 'Protection'] as const;

export function ExportDialog({ onClose }: ExportDialogProps): ReactNode {
  const list = useCall('authenticator:list', {});
  const accounts = list.data?.accounts;
  if (accounts === undefined || accounts.length === 0) {
    return (
      <Dialog title="Export" isOpen onClose={onClose} size="large">
        {list.error === null ? null : <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending ? <Skeleton rows={3} /> : null}
        {accounts === undefined ? null : (
          <EmptyState icon="key" title="There is nothing to export">
            Add an account first.
          </EmptyState>
        )}
      </Dialog>
    );
  }
  return <ExportSteps accounts={accounts} onClose={onClose} />;
}

interface ExportStepsProps extends ExportDialogProps {
  readonly accounts: readonly Account[];
}

type Done =
  | { readonly kind: 'saved'; readonly outcome: Extract<Output<'transfer:export'>, { kind: 'saved' }> }
  | { readonly kind: 'pages'; readonly pages: Output<'transfer:migrationPages'> };

function ExportSteps({ accounts, onClose }: ExportStepsProps): ReactNode {
  const status = useCall('app:status', {});
  const [step, setStep] = useState(0);
  const [selection, setSelection] = useState<Selection>({ kind: 'all' });
  const [kind, setKind] = useState<ExportKind>('encrypted');
  const [target, setTarget] = useState<ExportTarget>('twofold');
  const [password, setPassword] = useState<NewPassphrase>({ first: '', second: '' });
  const [passphrase, setPassphrase] = useState('');
  const [isConfirmed, setConfirmed] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const write = useAction('transfer:export');
  const makePages = useAction('transfer:migrationPages');

  const keys = status.data?.keys;
  const asksPassphrase = keys?.kind === 'ready' && keys.protection === 'passphrase';
  const needsPassword = isEncrypted(target);
  const count = selectedAccounts(selection, accounts).length;
  const isReady = needsPassword
    ? isUsable(password)
    : asksPassphrase
      ? passphrase !== ''
      : isConfirmed && keys !== undefined;
  const isPending = write.isPending || makePages.isPending;
  const error = write.error ?? makePages.error;
  const passphraseFault = hasCode(error, 'passphrase-refused') ? error.message : undefined;

  const resetErrors = (): void => {
    write.reset();
    makePages.reset();
  };
  const chooseKind = (next: ExportKind): void => {
    setKind(next);
    setTarget(exportTargets[next][0]?.value ?? 'twofold');
  };
  const goTo = (next: number): void => {
    resetErrors();
    // What was confirmed was confirmed for another file.
    setConfirmed(false);
    setStep(next);
  };
  const finish = (): void => {
    if (!isReady) return;
    const ids = idsOf(selection, accounts);
    const proof = needsPassword || !asksPassphrase ? null : passphrase;
    if (target === 'google-screen') {
      makePages.mutate(
        { ids, passphrase: proof },
        { onSuccess: (pages) => setDone({ kind: 'pages', pages }) },
      );
    } else {
      write.mutate(
        { format: target, ids, password: needsPassword ? password.first : null, passphrase: proof },
        {
          onSuccess: (outcome) => {
            if (outcome.kind === 'saved') setDone({ kind: 'saved', outcome });
          },
        },
      );
    }
  };

  if (done?.kind === 'pages') return <MigrationPages {...done.pages} onClose={onClose} />;
  if (done?.kind === 'saved') {
    return <ExportResult outcome={done.outcome} isEncrypted={needsPassword} onClose={onClose} />;
  }
  const isLast = step === steps.length - 1;
  const next = target === 'google-screen' ? 'Show QR codes' : `Export ${countWords(count)}`;
  return (
    <Dialog
      title="Export"
      isOpen
      onClose={onClose}
      size="large"
      isDismissable={!isPending}
      actions={
        <>
          {step === 0 ? (
            <Button onPress={onClose}>Cancel</Button>
          ) : (
            <Button icon="chevronLeft" isDisabled={isPending} onPress={() => goTo(step - 1)}>
              Back
            </Button>
          )}
          {isLast ? (
            <Button
              variant="primary"
              type="submit"
              form="export-protection"
              isDisabled={!isReady}
              isPending={isPending}
            >
              {next}
            </Button>
          ) : (
            <Button variant="primary" isDisabled={count === 0} onPress={() => goTo(step + 1)}>
              Continue with {countWords(count)}
            </Button>
          )}
        </>
      }
    >
      <div className="stack loose">
        <StepIndicator steps={steps} current={step} />
        {step === 0 ? (
          <AccountsStep accounts={accounts} selection={selection} onSelect={setSelection} />
        ) : step === 1 ? (
          <FormatStep kind={kind} target={target} onKind={chooseKind} onTarget={setTarget} />
        ) : (
          <ProtectStep
            formId="export-protection"
            kind={kind}
            target={target}
            password={password}
            onPassword={(value) => {
              setPassword(value);
              resetErrors();
            }}
            asksPassphrase={asksPassphrase}
            passphrase={passphrase}
            onPassphrase={(value) => {
              setPassphrase(value);
              resetErrors();
            }}
            fault={passphraseFault}
            isConfirmed={isConfirmed}
            onConfirm={setConfirmed}
            onSubmit={finish}
          />
        )}
        {error === null || passphraseFault !== undefined ? null : <ErrorNote error={error} />}
        {write.data?.kind === 'cancelled' ? (
          <p className="muted" role="status">
            Nothing was written: no place was chosen.
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
