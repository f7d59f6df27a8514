// The screen of a simulated browser or device: this very page once more, in a frame over its own port.
import { memo, type ReactNode, useLayoutEffect, useRef } from 'react';
import { onThemeChange, presentTheme } from '../../app/theme.ts';
import type { FrameRoom } from '../../bridge/frame-messages.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { type FrameLink, linkFrame } from './frame-link.ts';
import { clockNow, type WorldClock } from './world-clock.ts';

export interface RehearsedFrameProps {
  readonly worldId: number;
  readonly actor: string;
  readonly room: FrameRoom;
  readonly zone: string;
  /** By which its page goes. */
  readonly clock: WorldClock;
  /** The last thing that happened there: another one has the page look again. */
  readonly happening: number;
}

/** What its page shows comes over the port; the frame itself stays as it is, whatever happens in the world. */
export const RehearsedFrame = memo(function RehearsedFrame(props: RehearsedFrameProps): ReactNode {
  const { worldId, actor, room, zone, clock, happening } = props;
  const bridge = useBridge();
  const frame = useRef<HTMLIFrameElement>(null);
  const link = useRef<FrameLink>(null);
  const shown = useRef(clock);

  useLayoutEffect(() => {
    shown.current = clock;
    link.current?.setClock(clockNow(clock));
  }, [clock]);

  useLayoutEffect(() => link.current?.lookAgain(), [happening]);

  // Before the page in it can have loaded and asks for its port.
  useLayoutEffect(() => {
    const made = linkFrame({
      bridge,
      worldId,
      actor,
      room,
      zone,
      theme: presentTheme,
      clock: () => clockNow(shown.current),
      contentWindow: () => frame.current?.contentWindow ?? null,
      origin: location.origin,
      messages: window,
    });
    link.current = made;
    const endTheme = onThemeChange(() => made.setTheme(presentTheme()));
    return () => {
      endTheme();
      made.close();
      link.current = null;
    };
  }, [bridge, worldId, actor, room, zone]);

  return (
    <iframe
      ref={frame}
      className="rehearsed-frame"
      title={`Screen of ${actor}`}
      src={`./index.html#/${room}`}
      // The world is sealed: nothing in it sees the user's room or screen.
      allow="camera 'none'; microphone 'none'; display-capture 'none'"
    />
  );
});
