// Keys that work in every room: Ctrl or Cmd with a digit changes the room, `/` goes to the search field.
import { useEffect } from 'react';
import { confinedRoom, navigate, rooms } from './route.ts';

/** True while the key belongs to a field or a dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, .dialog') !== null)
  );
}

/** By class: messages at the foot of the window are alertdialogs too, and must not take the keys away. */
const isDialogOpen = (): boolean => document.querySelector('.dialog') !== null;

export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        const room = rooms[Number(event.key) - 1];
        if (room === undefined || isDialogOpen() || confinedRoom() !== null) return;
        event.preventDefault();
        navigate(room);
      } else if (event.key === '/' && !isTyping(event) && !isDialogOpen()) {
        const search = document.querySelector<HTMLInputElement>('[data-room-search]');
        if (search === null) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
