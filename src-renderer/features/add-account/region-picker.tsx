// A picture on which a rectangle can be dragged; letting go reads what it covers.
import { type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { fitted, pixelsUnder, type Point, rectangleBetween, type Region } from './region.ts';

/** Of the copy that is shown; a large screen needs no more to find a code by eye. */
const SHOWN_PIXELS = 1_600;

export interface RegionPickerProps {
  readonly picture: HTMLCanvasElement;
  readonly isDisabled: boolean;
  /** In pixels of the picture. */
  readonly onRegion: (region: Region) => void;
}

export function RegionPicker({ picture, isDisabled, onRegion }: RegionPickerProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const start = useRef<Point | null>(null);
  const [rectangle, setRectangle] = useState<Region | null>(null);

  useLayoutEffect(() => {
    const shown = canvas.current;
    if (shown === null) return;
    const { width, height } = fitted(picture, SHOWN_PIXELS);
    shown.width = width;
    shown.height = height;
    shown.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  }, [picture]);

  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (isDisabled || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = pointOf(event);
    setRectangle(null);
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (start.current === null) return;
    setRectangle(
      rectangleBetween(start.current, pointOf(event), event.currentTarget.getBoundingClientRect()),
    );
  };
  const finish = (event: PointerEvent<HTMLElement>): void => {
    if (start.current === null) return;
    const shown = event.currentTarget.getBoundingClientRect();
    const dragged = rectangleBetween(start.current, pointOf(event), shown);
    start.current = null;
    const region = pixelsUnder(dragged, shown, picture);
    if (region === null) setRectangle(null);
    else onRegion(region);
  };
  const abandon = (): void => {
    start.current = null;
    setRectangle(null);
  };

  return (
    <div
      className="region-picker"
      data-disabled={isDisabled ? '' : undefined}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={finish}
      onPointerCancel={abandon}
    >
      <canvas ref={canvas} className="region-picture" role="img" aria-label="The picture of the screen" />
      {rectangle === null ? null : (
        <div
          className="region-rectangle"
          style={{
            left: rectangle.x,
            top: rectangle.y,
            width: rectangle.width,
            height: rectangle.height,
          }}
        />
      )}
    </div>
  );
}
