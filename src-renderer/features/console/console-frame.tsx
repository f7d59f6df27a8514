// The console as a browser window inside the app: whose console it is, who is signed in, and the page.
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { AnotherBrowser } from './another-browser.tsx';
import './console.css';

export interface ConsoleFrameProps {
  /** Null before there is an organization. */
  readonly organization: string | null;
  /** What the address line says after "this browser". */
  readonly who: string;
  readonly children: ReactNode;
}

export function ConsoleFrame({ organization, who, children }: ConsoleFrameProps): ReactNode {
  const name = organization === null ? 'Service console' : `${organization} service console`;
  useDocumentTitle(name);
  return (
    <div className="page-scroll">
      <div className="console-page">
        <section className="console-window" aria-label={name}>
          <header className="console-bar">
            <Icon name="console" size={17} />
            <span className="console-name">{name}</span>
            <span className="console-address">
              this browser <span aria-hidden="true">·</span> {who}
            </span>
            {organization === null ? null : <AnotherBrowser />}
          </header>
          <div className="console-body">{children}</div>
        </section>
      </div>
    </div>
  );
}

export interface ConsoleCardProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** The heading takes the focus, for a screen without a field that does. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

/** The one card of a sign-in screen. */
export function ConsoleCard(props: ConsoleCardProps): ReactNode {
  const { title, intro, width = 'normal', takesFocus = false, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <div className={`console-card ${width}`}>
      <header className="console-card-head">
        <h1 ref={heading} {...(takesFocus ? { tabIndex: -1 } : {})}>
          {title}
        </h1>
        {intro === undefined ? null : <p className="muted">{intro}</p>}
      </header>
      {children}
    </div>
  );
}
