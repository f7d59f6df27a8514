// Buttons: one primary for the next action, secondary for others, quiet in dense places, danger for what destroys.
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ProgressBar,
} from 'react-aria-components';
import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { Spinner } from './spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: IconName;
  /** Takes the whole width. */
  readonly wide?: boolean;
  readonly children?: ReactNode;
}

/** With `isPending` the button keeps its width and focus, shows a spinner and cannot be pressed. */
export function Button({
  variant = 'secondary',
  size = 'normal',
  icon,
  wide = false,
  children,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <AriaButton {...rest} className={`button ${variant} ${size}${wide ? ' wide' : ''}`}>
      {({ isPending }) => (
        <>
          <span className="button-content">
            {icon === undefined ? null : <Icon name={icon} size={size === 'small' ? 15 : 16} />}
            {children}
          </span>
          {isPending ? (
            <ProgressBar isIndeterminate aria-label="Working" className="button-spinner">
              <Spinner size={16} />
            </ProgressBar>
          ) : null}
        </>
      )}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly icon: IconName;
  /** What it does: read out, and shown as a tip. */
  readonly label: string;
  readonly size?: number;
}

/** A square button that shows an icon alone. */
export function IconButton({ icon, label, size = 18, ...rest }: IconButtonProps): ReactNode {
  return (
    <AriaButton {...rest} aria-label={label} className="icon-button">
      <Icon name={icon} size={size} />
    </AriaButton>
  );
}
