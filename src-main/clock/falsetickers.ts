// Which sources contradict the majority: the selection of RFC 5905 §11.2.1. Pure.

/** RFC 5905 §7.2, MINDISP: no source is taken to be surer than that. */
const LEAST_UNCERTAINTY_MS = 5;

/** The true offset lies within `uncertaintyMs` of `offsetMs`, if the source is right. */
export interface Reading {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const spanOf = ({ offsetMs, uncertaintyMs }: Reading): Span => {
  const size = Math.max(LEAST_UNCERTAINTY_MS, uncertaintyMs);
  return { from: offsetMs - size, to: offsetMs + size };
};

/**
 * The smallest span that holds points of at least `least` of the spans, and no more than `allowed` of the offsets
 * outside; null where there is none.
 */
function intersection(readings: readonly Reading[], allowed: number): Span | null {
  const least = readings.length - allowed;
  const spans = readings.map(spanOf);
  const starts = spans.map(({ from }) => from).sort((a, b) => a - b);
  const ends = spans.map(({ to }) => to).sort((a, b) => b - a);
  const within = (point: number): number =>
    spans.filter(({ from, to }) => from <= point && point <= to).length;
  const from = starts.find((start) => within(start) >= least);
  const to = ends.find((end) => within(end) >= least);
  if (from === undefined || to === undefined || to < from) return null;
  const outside = readings.filter(({ offsetMs }) => offsetMs < from || offsetMs > to).length;
  return outside > allowed ? null : { from, to };
}

/**
 * Those whose span does not touch the one in which a majority can be right. Empty where there is no majority: then
 * nobody can say who is wrong.
 */
export function falsetickers<R extends Reading>(readings: readonly R[]): ReadonlySet<R> {
  for (let allowed = 0; 2 * allowed < readings.length; allowed += 1) {
    const agreed = intersection(readings, allowed);
    if (agreed === null) continue;
    return new Set(
      readings.filter((reading) => {
        const { from, to } = spanOf(reading);
        return to < agreed.from || from > agreed.to;
      }),
    );
  }
  return new Set();
}
