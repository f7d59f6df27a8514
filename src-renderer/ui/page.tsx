// A page of a room: title, count, the one main action at the top, content below. It scrolls as a whole.
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import './page.css';

const ScrollerContext = createContext<HTMLElement | null>(null);

/** The element that scrolls the page, for virtual lists. Null until it is there. */
export const useScroller = (): HTMLElement | null => use(ScrollerContext);

export interface PageProps {
  readonly title: string;
  /** Beside the title, muted: "7 accounts". */
  readonly count?: string | undefined;
  /** Beside the title: a badge. */
  readonly badge?: ReactNode;
  /** Search and buttons, the main action last. */
  readonly actions?: ReactNode;
  /** Narrow pages (forms, settings) keep lines short. */
  readonly width?: 'full' | 'narrow';
  readonly children?: ReactNode;
}

export function Page({ title, count, badge, actions, width = 'full', children }: PageProps): ReactNode {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useDocumentTitle(title);
  return (
    <div className="page-scroll" ref={setScroller}>
      <div className={`page ${width}`}>
        <header className="page-head">
          <div className="page-title">
            <h1>{title}</h1>
            {count === undefined ? null : <span className="page-count">{count}</span>}
            {badge}
          </div>
          {actions === undefined ? null : <div className="page-actions">{actions}</div>}
        </header>
        <ScrollerContext value={scroller}>{children}</ScrollerContext>
      </div>
    </div>
  );
}

/** A page without a head, its content in the middle: sign-in, keys, messages that fill the window. */
export function CentredPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  useDocumentTitle(title);
  return (
    <div className="page-scroll">
      <div className="centred-page">{children}</div>
    </div>
  );
}

/** Names the window or browser tab after what it shows. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Twofold' ? title : `${title} · Twofold`;
  }, [title]);
}
