// API keys of other programs: made with what they open, shown once, and revoked.
import { type ReactNode, useState } from 'react';
import type { ApiKey, AppStatus, Output } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useBridge, useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { exactTime, whenWords } from '../console/time-words.ts';
import './api-keys.css';
import { keyState, scopesInWords } from './api-key-words.ts';
import { ApiKeyDialog } from './api-key-dialog.tsx';
import { MakeApiKeyDialog } from './make-api-key-dialog.tsx';

/** For administrators of the whole organization; nothing for those of a unit. */
export function ApiKeysCard({ isCodeAsked }: { readonly isCodeAsked: boolean }): ReactNode {
  const { data, error, refetch } = useCall('administration:apiKeys', {});
  const { isNetwork } = useBridge();
  const { data: status } = useCall('app:status', {}, { enabled: !isNetwork });
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Output<'administration:makeApiKey'> | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  if (hasCode(error, 'not-permitted')) return null;
  return (
    <Card
      title="API keys"
      description={`For programs ${isNetwork ? '' : 'on this machine '}that add users, follow the roll-out, or verify codes. A key acts for the whole organization, also after whoever made it has left.`}
      actions={
        <Button icon="plus" onPress={() => setMaking(true)} isDisabled={data === undefined}>
          Make a key
        </Button>
      }
    >
      <div className="stack">
        {data === undefined ? (
          error === null ? (
            <Skeleton rows={2} height={56} />
          ) : (
            <ErrorNote error={error} onRetry={() => void refetch()} />
          )
        ) : data.keys.length === 0 ? (
          <p className="muted">There is no key. No program can use the console.</p>
        ) : (
          <ul className="api-keys" aria-label="API keys">
            {data.keys.map((key) => (
              <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoked(key)} />
            ))}
          </ul>
        )}
        {isNetwork ? <WhereItAnswers host="network" /> : null}
        {status === undefined ? null : <WhereItAnswers host={status.host} />}
      </div>
      {isMaking ? (
        <MakeApiKeyDialog
          isCodeAsked={isCodeAsked}
          onMade={(value) => {
            setMaking(false);
            setMade(value);
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {made === null ? null : <ApiKeyDialog made={made} onClose={() => setMade(null)} />}
      {revoked === null ? null : (
        <CodedDialog
          title={`Revoke ${revoked.name}`}
          method="administration:revokeApiKey"
          inputOf={(code) => ({ keyId: revoked.id, code })}
          isCodeAlwaysAsked={isCodeAsked}
          confirmLabel="Revoke"
          isDanger
          onDone={() => {
            setRevoked(null);
            showToast({ message: 'The key opens nothing any more.', tone: 'right' });
          }}
          onClose={() => setRevoked(null)}
        >
          <p>The program that uses it is refused from now on. A revoked key cannot be taken back.</p>
        </CodedDialog>
      )}
    </Card>
  );
}

function WhereItAnswers({ host }: { readonly host: AppStatus['host'] | 'network' }): ReactNode {
  return (
    <p className="muted small">
      {host === 'loopback' || host === 'network' ? (
        <>
          Programs are answered {host === 'loopback' ? 'on this machine alone, ' : ''}at{' '}
          <span className="mono wrap-anywhere">{window.location.origin}/api/v1</span>. The operations are
          described at <span className="mono">/api/v1/openapi.json</span>.
        </>
      ) : (
        <>
          Programs are answered on this machine alone, while Twofold runs with{' '}
          <span className="mono">twofold serve</span>. This window does not answer them.
        </>
      )}
    </p>
  );
}

interface KeyRowProps {
  readonly apiKey: ApiKey;
  readonly onRevoke: () => void;
}

function KeyRow({ apiKey, onRevoke }: KeyRowProps): ReactNode {
  const state = keyState(apiKey);
  return (
    <li className="api-key">
      <div className="api-key-words">
        <div className="api-key-name">
          <span className="table-title wrap-anywhere">{apiKey.name}</span>
          <span className="mono small muted">{apiKey.prefix}…</span>
          {state === 'in force' ? null : (
            <Badge tone={state === 'revoked' ? 'wrong' : 'neutral'} withShape={state === 'revoked'}>
              {state === 'revoked' ? 'Revoked' : 'Expired'}
            </Badge>
          )}
        </div>
        <div className="table-subtitle">{scopesInWords(apiKey.scopes)}</div>
        <div className="table-subtitle">
          Made <span title={exactTime(apiKey.createdAtMs)}>{whenWords(apiKey.createdAtMs)}</span> by{' '}
          {apiKey.createdBy} · last used {whenWords(apiKey.lastUsedAtMs)} · {endWords(apiKey)}
        </div>
      </div>
      {state === 'in force' ? (
        <Button size="small" aria-label={`Revoke ${apiKey.name}`} onPress={onRevoke}>
          Revoke
        </Button>
      ) : null}
    </li>
  );
}

function endWords({ revokedAtMs, expiresAtMs }: ApiKey): string {
  if (revokedAtMs !== null) return `revoked ${whenWords(revokedAtMs)}`;
  return expiresAtMs === null ? 'does not expire' : `expires ${whenWords(expiresAtMs)}`;
}
