// The transcript, as it writes itself: each line, at the end of a step whether it went as expected, and what is to come.
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import type { PlannedStep, TranscriptLine } from '../../../src-shared/contract/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockTime, dayWords, expectedWords } from './rehearsal-words.ts';
import { useRehearsal } from './use-rehearsal.ts';

/** By the id of the line that is the last of a step: that step. */
function endsOf(lines: readonly TranscriptLine[]): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  for (const { id, step } of lines) if (step !== null) last.set(step, id);
  return new Map([...last].map(([step, id]) => [id, step]));
}

const lineWords = ({ actor, text }: TranscriptLine): string => (actor === null ? text : `${actor} · ${text}`);

export function Transcript(): ReactNode {
  const { world } = useRehearsal();
  const { transcript, zone, scenario, next } = world;
  const ends = endsOf(transcript);
  const newest = transcript.at(-1);
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [newest?.id]);
  const coming = scenario.plan.slice(next);
  return (
    <section className="panel transcript" aria-labelledby="transcript-title">
      <header className="panel-head plain">
        <h2 className="panel-name" id="transcript-title">
          Transcript
        </h2>
        <p className="transcript-keys muted small">
          {scenario.plan.length === 0 ? null : (
            <span>
              <KeyHint>N</KeyHint> next step
            </span>
          )}
          <span>
            <KeyHint>Space</KeyHint> {world.isRunning ? 'pause' : 'run'}
          </span>
        </p>
      </header>
      {/* It scrolls, so the keyboard must reach it. */}
      <div className="transcript-scroll" tabIndex={0} role="group" aria-labelledby="transcript-title">
        {transcript.length === 0 ? <p className="muted">Nothing has happened yet.</p> : null}
        <ol className="transcript-lines">
          {transcript.map((line, index) => {
            const day = dayWords(line.atMs, zone);
            const before = transcript[index - 1];
            const step = ends.get(line.id);
            const played = step === undefined ? undefined : scenario.plan[step];
            return (
              <Fragment key={line.id}>
                {before !== undefined && dayWords(before.atMs, zone) !== day ? (
                  <li className="transcript-day">{day}</li>
                ) : null}
                <li className="transcript-line" {...(line === newest ? { ref: end } : {})}>
                  <span className="transcript-time">{clockTime(line.atMs, zone)}</span>
                  <span className="transcript-text wrap-anywhere">
                    {lineWords(line)}
                    {played?.state === 'differs' ? <Differences step={played} /> : null}
                  </span>
                  {played === undefined ? null : <Mark step={played} />}
                </li>
              </Fragment>
            );
          })}
        </ol>
        {coming.length === 0 ? null : <Coming steps={coming} first={next} />}
      </div>
      <p className="visually-hidden" role="status">
        {newest === undefined ? '' : lineWords(newest)}
      </p>
    </section>
  );
}

function Mark({ step: { state } }: { readonly step: PlannedStep }): ReactNode {
  if (state === 'to-come') return null;
  const isRight = state === 'as-expected';
  return (
    <span className={`transcript-mark ${isRight ? 'right' : 'wrong'}`}>
      <Icon name={isRight ? 'check' : 'cross'} size={15} />
      <span className="visually-hidden">{isRight ? 'as expected' : 'differs'}</span>
    </span>
  );
}

function Differences({ step: { checks } }: { readonly step: PlannedStep }): ReactNode {
  return (
    <span className="transcript-differences">
      {checks
        .filter(({ isMet }) => !isMet)
        .map(({ expected, seen }) => (
          <span key={expected} className="transcript-difference">
            Expected: {expected}. <strong>Seen: {seen}.</strong>
          </span>
        ))}
    </span>
  );
}

function Coming({
  steps,
  first,
}: {
  readonly steps: readonly PlannedStep[];
  readonly first: number;
}): ReactNode {
  return (
    <div className="transcript-coming">
      <h3 className="small">To come</h3>
      <ol className="transcript-lines" start={first + 1}>
        {steps.map((step, index) => (
          <li key={first + index} className="transcript-line">
            <span className="transcript-time">{first + index + 1}</span>
            <span className="transcript-text wrap-anywhere">
              {step.sentence}
              {expectedWords(step) === '' ? null : (
                <span className="transcript-expected">{expectedWords(step)}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
