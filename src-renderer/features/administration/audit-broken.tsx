// The standing notice to administrators of a broken audit: it stays until a check finds the chain whole.
import type { ReactNode } from 'react';
import { navigate } from '../../app/route.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';

/** Shows nothing where all is well, and to administrators of a unit, who have no part in the audit. */
export function AuditBroken(): ReactNode {
  const verdict = useCall('administration:lastAuditCheck', {}).data?.verdict;
  if (verdict?.kind !== 'broken') return null;
  return (
    <Note
      tone="wrong"
      actions={
        <Button size="small" onPress={() => navigate('console', 'audit')}>
          Open the audit
        </Button>
      }
    >
      <strong>
        The audit is broken from record {verdict.firstBrokenSequence.toLocaleString('en-GB')} on.
      </strong>{' '}
      {verdict.reason} Somebody or something has changed the data file past the console. Nothing was repaired,
      and retention removes nothing. Keep the file and its backups, and export the audit.
    </Note>
  );
}
