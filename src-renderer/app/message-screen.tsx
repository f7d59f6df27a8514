// A message that fills the window while nothing else can be done.
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Logo } from '../ui/logo.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import './message-screen.css';

export interface MessageScreenProps {
  readonly title: string;
  readonly icon?: IconName;
  readonly tone?: 'accent' | 'attention' | 'wrong';
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function MessageScreen(props: MessageScreenProps): ReactNode {
  const { title, icon = 'warning', tone = 'attention', actions, children } = props;
  useDocumentTitle(title);
  return (
    <main className="message-screen">
      <div className="message-sheet">
        <div className="message-brand">
          <Logo size={22} />
          Twofold
        </div>
        <span className={`message-icon ${tone}`}>
          <Icon name={icon} size={24} />
        </span>
        <h1>{title}</h1>
        <div className="message-words stack">{children}</div>
        {actions === undefined ? null : <div className="cluster message-actions">{actions}</div>}
      </div>
    </main>
  );
}
