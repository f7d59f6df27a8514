// Starts the user interface inside a simulated browser or device: over the room's port, with its clock, zone and theme.
import type { FrameRoom } from '../bridge/frame-messages.ts';
import { meetRoom } from '../bridge/frame-transport.ts';
import { setWindowClock } from '../bridge/window-clock.ts';
import { setWindowZone } from '../bridge/window-zone.ts';

/** Resolves once the interface is there. Starts once for each page. */
export async function startFrame(): Promise<void> {
  let room: FrameRoom = 'console';
  let theme: 'light' | 'dark' = 'light';
  let isStarted = false;
  const transport = await meetRoom({
    onHello: (hello) => {
      room = hello.room;
      theme = hello.theme;
      setWindowZone(hello.zone);
      setWindowClock(hello);
    },
    onClock: setWindowClock,
    onTheme: (next) => {
      theme = next;
      if (isStarted) orderTheme(next);
    },
  });
  leaveFocusOutside();
  document.documentElement.dataset['frame'] = room;
  // Not before the zone is set: what formats times is made with it.
  const [{ start }, { confineRoute }, { orderTheme }] = await Promise.all([
    import('./start.tsx'),
    import('./route.ts'),
    import('./theme.ts'),
  ]);
  confineRoute(room);
  orderTheme(theme);
  isStarted = true;
  start(transport);
}

/**
 * A page takes the focus for its first field when it opens. In a frame that would take it from whoever works in the
 * room around it, at each step of a scenario; so it does only where the focus is in the frame already.
 */
function leaveFocusOutside(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the element again, below
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = function takeFocus(this: HTMLElement, options?: FocusOptions): void {
    if (document.hasFocus()) Reflect.apply(focus, this, [options]);
  };
}
