// How strong a new password or passphrase is: four bars, a word and advice.
import type { ReactNode } from 'react';
import type { PasswordStrength } from '../../src-shared/contract/index.ts';
import './strength-meter.css';

const words = ['Guessed at once', 'Weak', 'Could be stronger', 'Strong', 'Very strong'] as const;

/** Shows nothing while there is nothing to judge. */
export function StrengthMeter({ strength }: { readonly strength: PasswordStrength | undefined }): ReactNode {
  if (strength === undefined) return <div className="strength" />;
  const { score, accepted, advice } = strength;
  const tone = !accepted ? 'wrong' : score >= 3 ? 'right' : 'attention';
  return (
    <div className={`strength ${tone}`} role="status">
      <div className="strength-bars" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={bar <= Math.max(score, 1) ? 'strength-bar full' : 'strength-bar'} />
        ))}
      </div>
      <p className="strength-words">
        <span className="strength-word">{words[score]}</span>
        {advice === '' ? null : <span className="muted"> {advice}</span>}
      </p>
    </div>
  );
}
