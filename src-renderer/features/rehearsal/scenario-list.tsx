// Without a world: the scenarios that can be played, those of one's own, and the way in for others.
import { type ReactNode, useState } from 'react';
import type { Output, ScenarioSummary } from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { counted } from '../console/time-words.ts';
import { ImportButton, useImport } from './import-scenario.tsx';
import { ScenarioCard } from './scenario-card.tsx';

/** From here on a search is worth its place. */
const SEARCH_FROM = 8;

const isFree = ({ steps }: ScenarioSummary): boolean => steps === 0;

function fits({ title, story, cases }: ScenarioSummary, search: string): boolean {
  const text = [title, story, ...cases].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function ScenarioList(): ReactNode {
  const { data, error, refetch } = useCall('rehearsal:scenarios', {});
  const open = useAction('rehearsal:open');
  const importing = useImport();
  const [search, setSearch] = useState('');
  const [doomed, setDoomed] = useState<ScenarioSummary | null>(null);
  const all = data?.scenarios ?? [];
  return (
    <Page
      title="Rehearsal"
      {...(data === undefined ? {} : { count: counted(all.length, 'scenario') })}
      actions={
        <>
          {all.length < SEARCH_FROM ? null : (
            <SearchField label="Search scenarios" value={search} onChange={setSearch} />
          )}
          <ImportButton importing={importing} />
        </>
      }
    >
      <p className="muted rehearsal-intro">
        A sealed world with its own clock: the console and the authenticator as they are, with simulated
        browsers and devices. Nothing in it touches your accounts or your console.
      </p>
      {importing.error === null ? null : <ErrorNote error={importing.error} />}
      {open.error === null ? null : <ErrorNote error={open.error} />}
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={4} height={96} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Groups
          data={data}
          search={search}
          opening={open.isPending ? open.variables.scenario : null}
          onOpen={(scenario) => open.mutate({ scenario })}
          onDelete={setDoomed}
        />
      )}
      {doomed === null ? null : <DeleteDialog scenario={doomed} onClose={() => setDoomed(null)} />}
    </Page>
  );
}

interface GroupsProps {
  readonly data: Output<'rehearsal:scenarios'>;
  readonly search: string;
  /** The name of the one whose world is being made. */
  readonly opening: string | null;
  readonly onOpen: (scenario: string) => void;
  readonly onDelete: (scenario: ScenarioSummary) => void;
}

function Groups({ data, search, opening, onOpen, onDelete }: GroupsProps): ReactNode {
  const found = data.scenarios.filter((scenario) => fits(scenario, search.trim()));
  const groups = [
    { title: 'Your own', scenarios: found.filter(({ isOwn }) => isOwn) },
    { title: 'Guided', scenarios: found.filter((one) => !one.isOwn && !isFree(one)) },
  ];
  const card = (scenario: ScenarioSummary): ReactNode => (
    <li key={scenario.name}>
      <ScenarioCard
        scenario={scenario}
        isOpening={opening === scenario.name}
        isDisabled={opening !== null}
        onOpen={() => onOpen(scenario.name)}
        onDelete={() => onDelete(scenario)}
      />
    </li>
  );
  return (
    <div className="stack loose">
      <ul className="scenario-list">{found.filter((one) => !one.isOwn && isFree(one)).map(card)}</ul>
      {groups.map(({ title, scenarios }) =>
        scenarios.length === 0 ? null : (
          <section key={title} className="stack" aria-label={title}>
            <h2>{title}</h2>
            <ul className="scenario-list">{scenarios.map(card)}</ul>
          </section>
        ),
      )}
      {found.length === 0 ? <p className="muted">No scenario fits “{search.trim()}”.</p> : null}
    </div>
  );
}

function DeleteDialog({
  scenario,
  onClose,
}: {
  readonly scenario: ScenarioSummary;
  readonly onClose: () => void;
}): ReactNode {
  const remove = useAction('rehearsal:deleteScenario');
  return (
    <ConfirmDialog
      title="Delete this scenario?"
      isOpen
      onClose={onClose}
      confirmLabel="Delete scenario"
      isDanger
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ scenario: scenario.name }, { onSuccess: onClose })}
    >
      <p className="wrap-anywhere">
        <strong>{scenario.title}</strong> is deleted from this computer. Export it first if you want to keep
        it.
      </p>
    </ConfirmDialog>
  );
}
