// How the scenarios of Twofold are written down: as the file of an own one, without the line that names its format.
import { type Cast, type Scenario, SCENARIO_FORMAT } from '../../../src-shared/contract/index.ts';

/** A scenario as a value. That it fits the schema is shown by a test, not looked for at each start. */
export const scenario = (written: Omit<Scenario, 'format'>): Scenario => ({
  format: SCENARIO_FORMAT,
  ...written,
});

type NorthwindCast = Pick<Cast, 'people' | 'browsers' | 'devices'> & Partial<Cast>;

/** The organization in which most stories take place: two-factor authentication is on, a Tuesday morning begins. */
export const northwind = (cast: NorthwindCast): Cast => ({
  organization: 'Northwind',
  startsAt: '2026-03-03T09:00:00',
  zone: 'Europe/Berlin',
  twoFactor: 'on',
  ...cast,
});
