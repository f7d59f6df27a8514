// A card: one subject on a soft surface, with an optional title and actions.
import { Children, type ReactNode } from 'react';
import './card.css';

export interface CardProps {
  readonly title?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Content reaches the edges, for lists and tables. */
  readonly flush?: boolean;
  readonly children?: ReactNode;
}

export function Card({ title, description, actions, flush = false, children }: CardProps): ReactNode {
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section
      className={`card${flush ? ' flush' : ''}`}
      {...(title === undefined ? {} : { 'aria-label': title })}
    >
      {hasHead ? (
        <header className="card-head">
          <div className="card-words">
            {title === undefined ? null : <h2>{title}</h2>}
            {description === undefined ? null : <p className="muted">{description}</p>}
          </div>
          {actions === undefined ? null : <div className="cluster end">{actions}</div>}
        </header>
      ) : null}
      {Children.toArray(children).length === 0 ? null : <div className="card-body">{children}</div>}
    </section>
  );
}
