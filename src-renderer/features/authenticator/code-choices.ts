// What can be chosen of how codes are made, where an account is typed in and where it is edited.
import type { OtpAlgorithm } from '../../../src-shared/contract/index.ts';

export const algorithmChoices = [
  { value: 'SHA-1', label: 'SHA-1 (usual)' },
  { value: 'SHA-256', label: 'SHA-256' },
  { value: 'SHA-512', label: 'SHA-512' },
] as const satisfies readonly { value: OtpAlgorithm; label: string }[];

export const digitChoices = [
  { value: '5', label: '5' },
  { value: '6', label: '6 (usual)' },
  { value: '7', label: '7' },
  { value: '8', label: '8' },
  { value: '9', label: '9' },
  { value: '10', label: '10' },
] as const;
