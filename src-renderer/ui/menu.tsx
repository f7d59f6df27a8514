// A menu behind a button, for the actions of a row.
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './menu.css';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  /** Destroys something: shown last, in the colour of what is wrong. */
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

export interface MenuProps {
  /** Read out on the button, for instance "Actions for Maria Keller". */
  readonly label: string;
  readonly actions: readonly MenuAction[];
  /** A worded button in place of the three dots. */
  readonly buttonText?: string;
}

export function Menu({ label, actions, buttonText }: MenuProps): ReactNode {
  const harmless = actions.filter((action) => action.isDanger !== true);
  const dangerous = actions.filter((action) => action.isDanger === true);
  const item = (action: MenuAction): ReactNode => (
    <MenuItem
      key={action.id}
      id={action.id}
      textValue={action.label}
      className={`menu-item${action.isDanger === true ? ' danger' : ''}`}
      isDisabled={action.isDisabled === true}
      onAction={action.onAction}
    >
      {action.icon === undefined ? null : <Icon name={action.icon} size={16} />}
      <span className="menu-words">{action.label}</span>
      {action.hint === undefined ? null : <kbd className="menu-key">{action.hint}</kbd>}
    </MenuItem>
  );
  return (
    <MenuTrigger>
      {buttonText === undefined ? (
        <IconButton icon="more" label={label} />
      ) : (
        <Button aria-label={label}>
          {buttonText}
          <Icon name="chevronDown" size={15} />
        </Button>
      )}
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" aria-label={label}>
          {harmless.map(item)}
          {harmless.length > 0 && dangerous.length > 0 ? <Separator className="menu-line" /> : null}
          {dangerous.map(item)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
