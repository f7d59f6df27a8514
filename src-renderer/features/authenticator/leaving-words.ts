// When an account leaves the trash, in words.

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** How long from now: 'Leaves in 12 days', 'Leaves in 5 hours', 'Leaves within the hour'. */
export function leavingWords(inMs: number): string {
  if (inMs < HOUR_MS) return 'Leaves within the hour';
  if (inMs < 2 * DAY_MS) {
    const hours = Math.round(inMs / HOUR_MS);
    return hours === 1 ? 'Leaves in 1 hour' : `Leaves in ${hours} hours`;
  }
  return `Leaves in ${Math.round(inMs / DAY_MS)} days`;
}
