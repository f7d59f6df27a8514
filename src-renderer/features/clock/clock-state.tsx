// The clock's state at the foot of the rail; leads to the clock's room.
import type { ReactNode } from 'react';
import { routeHref } from '../../app/route.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneIcons } from '../../ui/note.tsx';
import './clock.css';
import { clockWords } from './clock-words.ts';

export function ClockState(): ReactNode {
  const { data } = useCall('clock:status', {});
  if (data === undefined) return null;
  const { tone, short } = clockWords(data);
  return (
    <a className={`clock-state ${tone}`} href={routeHref('clock')} title={short}>
      <Icon name={tone === 'neutral' ? 'clock' : toneIcons[tone]} size={16} />
      <span className="rail-word">{short}</span>
    </a>
  );
}
