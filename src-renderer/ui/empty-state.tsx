// What a list shows when it has nothing: why, and the next thing to do.
import type { ReactNode } from 'react';
import './empty-state.css';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <div className="empty-state">
      <span className="empty-state-icon">
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {children === undefined ? null : <div className="empty-state-words">{children}</div>}
      {actions === undefined ? null : <div className="cluster empty-state-actions">{actions}</div>}
    </div>
  );
}
