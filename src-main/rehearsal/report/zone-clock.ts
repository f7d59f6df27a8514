// Times as a clock in the zone of the story shows them.

export interface ZoneClock {
  /** 'Tue 3 Mar 2026'. */
  readonly day: (ms: number) => string;
  /** '09:14:30'. */
  readonly time: (ms: number) => string;
  /** 'Tue 3 Mar 2026, 09:14:30'. */
  readonly full: (ms: number) => string;
  /** The time alone where it is of the same day as `beside`. */
  readonly near: (ms: number, besideMs: number) => string;
}

/** `zone` is an IANA name that exists. */
export function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const parts = (ms: number): ((type: Intl.DateTimeFormatPartTypes) => string) => {
    const found = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return (type) => found.get(type) ?? '';
  };
  const day = (ms: number): string => {
    const part = parts(ms);
    return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
  };
  const time = (ms: number): string => {
    const part = parts(ms);
    return `${part('hour')}:${part('minute')}:${part('second')}`;
  };
  const full = (ms: number): string => `${day(ms)}, ${time(ms)}`;
  const near = (ms: number, besideMs: number): string => (day(ms) === day(besideMs) ? time(ms) : full(ms));
  return { day, time, full, near };
}
