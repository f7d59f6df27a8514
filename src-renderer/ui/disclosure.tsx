// Something that few need, behind a line that opens it.
import type { ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components';
import './disclosure.css';
import { Icon } from './icon.tsx';

export interface DisclosureProps {
  readonly title: string;
  readonly isOpenAtFirst?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

export function Disclosure(props: DisclosureProps): ReactNode {
  const { title, isOpenAtFirst = false, onOpenChange, children } = props;
  return (
    <AriaDisclosure
      className="disclosure"
      defaultExpanded={isOpenAtFirst}
      {...(onOpenChange === undefined ? {} : { onExpandedChange: onOpenChange })}
    >
      <Heading level={3}>
        <Button slot="trigger" className="disclosure-trigger">
          <Icon name="chevronRight" size={15} /> {title}
        </Button>
      </Heading>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
