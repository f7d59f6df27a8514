// The frame that the parts of the plot share: its edges in pixels, and where a time and a value lie.

export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (atMs: number) => number;
  readonly y: (aheadMs: number) => number;
}
