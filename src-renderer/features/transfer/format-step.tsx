// In which format: encrypted, in clear for another app, on paper, or as QR codes for Google Authenticator.
import type { ReactNode } from 'react';
import { RadioGroup } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { type ExportKind, exportKinds, type ExportTarget, exportTargets } from './export-plan.ts';

export interface FormatStepProps {
  readonly kind: ExportKind;
  readonly target: ExportTarget;
  readonly onKind: (kind: ExportKind) => void;
  readonly onTarget: (target: ExportTarget) => void;
}

export function FormatStep({ kind, target, onKind, onTarget }: FormatStepProps): ReactNode {
  const options = exportTargets[kind];
  const hint = options.find(({ value }) => value === target)?.hint ?? '';
  return (
    <div className="stack">
      <RadioGroup label="What for?" options={exportKinds} value={kind} onChange={onKind} />
      <Select label="Format" options={options} value={target} onChange={onTarget} hint={hint} />
    </div>
  );
}
