// The time zone in which this window tells the time: the system's, but in a frame of the rehearsal that of its world.

/** Undefined: the system's. */
let zone: string | undefined;

/** As `Intl.DateTimeFormat` takes it. */
export const windowZone = (): string | undefined => zone;

/** Before the user interface is loaded: what formats times is made with it, once. */
export function setWindowZone(name: string): void {
  zone = name;
}

/** What calendar and clock on the wall show. The month counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string | undefined, Intl.DateTimeFormat>();

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

/** What the wall shows at that moment. */
export function wallTime(atMs: number, timeZone = zone): WallTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
}

/** As if the wall hung in Greenwich. */
const asUtc = ({ year, month, day, hour, minute }: WallTime): number => {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.setUTCHours(hour, minute);
};

/** The moment at which the wall shows that. Days and months beyond their end go on into the next. */
export function momentOnWall(wall: WallTime, timeZone = zone): number {
  const wanted = asUtc(wall);
  // Twice, for the offset on the other side of a change of the clocks.
  let atMs = wanted;
  for (let round = 0; round < 2; round += 1) atMs += wanted - asUtc(wallTime(atMs, timeZone));
  return atMs;
}

/** Days since 1970 on the wall's calendar. */
export const wallDay = (atMs: number): number =>
  Math.floor(asUtc({ ...wallTime(atMs), hour: 0, minute: 0 }) / 86_400_000);
