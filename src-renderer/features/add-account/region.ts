// From a rectangle dragged over a picture on screen to the part of the picture that it covers.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Region extends Point, Size {}

/** Smaller ones are a click or a trembling hand: no QR code has so few pixels. */
const LEAST_PIXELS = 21;

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

/** The rectangle between two points, whichever way it was dragged, cut at the edges of `bounds`. */
export function rectangleBetween(start: Point, end: Point, bounds: Size): Region {
  const left = clamp(Math.min(start.x, end.x), bounds.width);
  const top = clamp(Math.min(start.y, end.y), bounds.height);
  const right = clamp(Math.max(start.x, end.x), bounds.width);
  const bottom = clamp(Math.max(start.y, end.y), bounds.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The whole pixels of a picture that a rectangle covers, where the picture of size `picture` is shown in size `shown`.
 * Null where it is too small to hold a code.
 */
export function pixelsUnder(rectangle: Region, shown: Size, picture: Size): Region | null {
  if (shown.width <= 0 || shown.height <= 0) return null;
  const scaleX = picture.width / shown.width;
  const scaleY = picture.height / shown.height;
  const x = clamp(Math.floor(rectangle.x * scaleX), picture.width);
  const y = clamp(Math.floor(rectangle.y * scaleY), picture.height);
  const right = clamp(Math.ceil((rectangle.x + rectangle.width) * scaleX), picture.width);
  const bottom = clamp(Math.ceil((rectangle.y + rectangle.height) * scaleY), picture.height);
  const region = { x, y, width: right - x, height: bottom - y };
  return region.width < LEAST_PIXELS || region.height < LEAST_PIXELS ? null : region;
}

/** The size that fits into `most` pixels along its longer side; never larger than it is. */
export function fitted({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
