// Names of users under a count: those that fit, and how many more.
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icon.tsx';

const SHOWN = 12;

export interface NameListProps {
  readonly icon: IconName;
  readonly tone?: 'neutral' | 'right' | 'attention' | 'wrong';
  /** What holds for them: "3 users must set it up at their next sign-in". */
  readonly title: string;
  readonly names: readonly string[];
}

export function NameList({ icon, tone = 'neutral', title, names }: NameListProps): ReactNode {
  const more = names.length - SHOWN;
  return (
    <li className="name-list">
      <span className={`name-list-icon ${tone}`}>
        <Icon name={icon} size={17} />
      </span>
      <div>
        <p className="table-title">{title}</p>
        {names.length === 0 ? null : (
          <p className="muted small wrap-anywhere">
            {names.slice(0, SHOWN).join(', ')}
            {more > 0 ? ` and ${more.toLocaleString('en-GB')} more` : ''}
          </p>
        )}
      </div>
    </li>
  );
}
