// Local times of a time zone. `Intl` knows the zones; it only tells what a clock there shows, so the way back is a search.
import { TwofoldError } from '../../src-shared/contract/index.ts';

const wrong = (message: string): TwofoldError =>
  new TwofoldError('invalid-input', `${message} Nothing was opened.`, { reason: 'time' });

/** What a clock in the zone shows at that moment, read as if it were UTC. Throws TwofoldError `invalid-input`. */
function shownAt(ms: number, zone: string): number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      calendar: 'gregory',
    });
  } catch {
    throw wrong(`There is no time zone “${zone}”.`);
  }
  const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/**
 * The moment (milliseconds since 1970-01-01 UTC) at which a clock in the zone shows `local`, like 2026-03-03T09:00:00.
 * Of two such moments, in the hour that an autumn night repeats, the first. Throws TwofoldError `invalid-input` for a
 * date or zone that there is not, or a time that the night in spring leaves out.
 */
export function zonedTime(local: string, zone: string): number {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted) || !new Date(wanted).toISOString().startsWith(local)) {
    throw wrong(`There is no time ${local}.`);
  }
  const offsets = [-24, 24].map((hours) => {
    const near = wanted + hours * 3_600_000;
    return shownAt(near, zone) - near;
  });
  const moments = offsets.map((offset) => wanted - offset).filter((ms) => shownAt(ms, zone) === wanted);
  if (moments.length === 0) throw wrong(`No clock in ${zone} ever shows ${local}: it is set forward there.`);
  return Math.min(...moments);
}
