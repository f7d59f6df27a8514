// Reading a region of the screen: from a dragged rectangle to the pixels below it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, pixelsUnder, rectangleBetween } from '../../../src-renderer/features/add-account/region.ts';

const shown = { width: 960, height: 540 };
const screen = { width: 3840, height: 2160 };

describe('reading a region of the screen', () => {
  it('takes the rectangle whichever way it was dragged', () => {
    const expected = { x: 10, y: 20, width: 90, height: 50 };
    expect(rectangleBetween({ x: 10, y: 20 }, { x: 100, y: 70 }, shown)).toEqual(expected);
    expect(rectangleBetween({ x: 100, y: 70 }, { x: 10, y: 20 }, shown)).toEqual(expected);
  });

  it('cuts it at the edges of the picture', () => {
    expect(rectangleBetween({ x: -50, y: 500 }, { x: 2000, y: 900 }, shown)).toEqual({
      x: 0,
      y: 500,
      width: 960,
      height: 40,
    });
  });

  it('counts in pixels of the picture, rounded outwards', () => {
    expect(pixelsUnder({ x: 10.2, y: 20, width: 90, height: 50.1 }, shown, screen)).toEqual({
      x: 40,
      y: 80,
      width: 361,
      height: 201,
    });
  });

  it('takes a click for no region', () => {
    expect(pixelsUnder({ x: 10, y: 10, width: 0, height: 0 }, shown, screen)).toBeNull();
    expect(pixelsUnder({ x: 10, y: 10, width: 5, height: 200 }, shown, screen)).toBeNull();
    expect(pixelsUnder({ x: 0, y: 0, width: 0, height: 0 }, { width: 0, height: 0 }, screen)).toBeNull();
  });

  it('never leaves the picture', () => {
    const point = fc.record({
      x: fc.double({ min: -2000, max: 4000, noNaN: true }),
      y: fc.double({ min: -2000, max: 4000, noNaN: true }),
    });
    const size = fc.record({
      width: fc.integer({ min: 1, max: 8000 }),
      height: fc.integer({ min: 1, max: 8000 }),
    });
    fc.assert(
      fc.property(point, point, size, size, (start, end, seen, picture) => {
        const region = pixelsUnder(rectangleBetween(start, end, seen), seen, picture);
        if (region === null) return;
        expect(region.x).toBeGreaterThanOrEqual(0);
        expect(region.y).toBeGreaterThanOrEqual(0);
        expect(region.x + region.width).toBeLessThanOrEqual(picture.width);
        expect(region.y + region.height).toBeLessThanOrEqual(picture.height);
        expect(Object.values(region).every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('makes frames smaller, never larger', () => {
    expect(fitted({ width: 1920, height: 1080 }, 800)).toEqual({ width: 800, height: 450 });
    expect(fitted({ width: 1080, height: 1920 }, 800)).toEqual({ width: 450, height: 800 });
    expect(fitted({ width: 640, height: 480 }, 800)).toEqual({ width: 640, height: 480 });
    expect(fitted({ width: 8000, height: 1 }, 800)).toEqual({ width: 800, height: 1 });
  });
});
