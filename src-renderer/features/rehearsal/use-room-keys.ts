// Keys of the open world: N plays the next step, Space lets the time run or pause.
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../app/shortcuts.ts';

/** What takes Space for itself. */
const PRESSABLE =
  'button, a, summary, [role=button], [role=menuitem], [role=tab], [role=radio], [role=option]';

export interface RoomKeys {
  readonly onNext: () => void;
  readonly onRun: () => void;
}

/** While a dialog or menu is open, or the focus is in a field or a frame, the keys are not the room's. */
export function useRoomKeys({ onNext, onRun }: RoomKeys): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event)) return;
    if (document.querySelector('.dialog, .menu') !== null) return;
    if (event.key.toLowerCase() === 'n') {
      event.preventDefault();
      onNext();
    } else if (event.key === ' ') {
      if (event.target instanceof Element && event.target.closest(PRESSABLE) !== null) return;
      event.preventDefault();
      onRun();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
