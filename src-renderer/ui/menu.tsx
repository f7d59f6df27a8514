// Menus: actions behind a button or at a place of the caller's, and the choice of one from a few.
import { type ReactNode, type RefObject } from 'react';
import {
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Separator,
} from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './menu.css';
import type { Option } from './select.tsx';

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

interface ActionListProps {
  readonly label: string;
  readonly actions: readonly MenuAction[];
}

function ActionList({ label, actions }: ActionListProps): ReactNode {
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
    <AriaMenu className="menu" aria-label={label}>
      {harmless.map(item)}
      {harmless.length > 0 && dangerous.length > 0 ? <Separator className="menu-line" /> : null}
      {dangerous.map(item)}
    </AriaMenu>
  );
}

export interface MenuProps extends ActionListProps {
  /** A worded button in place of the three dots. */
  readonly buttonText?: string;
}

/** A menu behind a button. The label is read out on the button, for instance "Actions for Maria Keller". */
export function Menu({ label, actions, buttonText }: MenuProps): ReactNode {
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
        <ActionList label={label} actions={actions} />
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuPopoverProps extends ActionListProps {
  /** The button that opened it; the focus goes back there. */
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** One menu for many buttons, as in a long list, where each of them would be too much work. */
export function MenuPopover({ triggerRef, isOpen, onClose, ...list }: MenuPopoverProps): ReactNode {
  const onOpenChange: PopoverProps['onOpenChange'] = (open) => {
    if (!open) onClose();
  };
  return (
    <Popover
      className="popover"
      placement="bottom end"
      aria-label={list.label}
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <ActionList
        label={list.label}
        actions={list.actions.map((action) => ({
          ...action,
          onAction: () => {
            onClose();
            action.onAction();
          },
        }))}
      />
    </Popover>
  );
}

export interface ChoiceMenuProps<T extends string> {
  /** What is chosen, for instance "Order"; stands on the button before the choice. */
  readonly label: string;
  readonly icon: IconName;
  readonly options: readonly Option<T>[];
  /** Null: nothing is chosen, the label stands alone. */
  readonly value: T | null;
  readonly onChange: (value: T) => void;
}

/** A quiet button that shows the choice, and a menu to change it. */
export function ChoiceMenu<T extends string>(props: ChoiceMenuProps<T>): ReactNode {
  const { label, icon, options, value, onChange } = props;
  const chosenLabel = options.find((option) => option.value === value)?.label;
  return (
    <MenuTrigger>
      <Button variant="quiet" size="small" icon={icon}>
        <span className="menu-chosen">{chosenLabel === undefined ? label : `${label}: ${chosenLabel}`}</span>
        <Icon name="chevronDown" size={14} />
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu
          className="menu"
          aria-label={label}
          selectionMode="single"
          selectedKeys={value === null ? [] : [value]}
          disallowEmptySelection={value !== null}
          onSelectionChange={(keys) => {
            const chosen = options.find((option) => keys !== 'all' && keys.has(option.value));
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <MenuItem key={option.value} id={option.value} textValue={option.label} className="menu-item">
              <span className="menu-words">{option.label}</span>
              <span className="menu-check">
                <Icon name="check" size={15} />
              </span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
