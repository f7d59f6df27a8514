// Signed in: one's own account, and for administrators everything else.
import type { ReactNode } from 'react';
import { navigate, useRoute } from '../../app/route.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import { ApiKeysCard } from '../administration/api-keys-card.tsx';
import { AuditBroken } from '../administration/audit-broken.tsx';
import { Audit } from '../administration/audit.tsx';
import { BreakGlassCard } from '../administration/break-glass-card.tsx';
import { DatabaseCard } from '../administration/database-card.tsx';
import { PolicyEditor } from '../administration/policy-editor.tsx';
import { useLimitedToUnit } from '../administration/use-limited-to-unit.ts';
import { Users } from '../administration/users.tsx';
import { AnotherBrowser } from './another-browser.tsx';
import { BreakGlassBanner } from './break-glass-banner.tsx';
import './console.css';
import { MyAccountView } from './my-account.tsx';
import { Notices } from './notices.tsx';
import type { StepOf } from './screen-step.ts';
import { SessionWarning } from './session-warning.tsx';
import './signed-in.css';

const tabIds = ['users', 'audit', 'policy', 'my-account'] as const;
/** Not for administrators of a unit alone. */
const ofOrganization: ReadonlySet<(typeof tabIds)[number]> = new Set(['audit', 'policy']);

export interface SignedInProps {
  readonly step: StepOf<'signed-in'>;
  /** The session has ended; the page waits, with what was typed, for the same person to sign in again. */
  readonly isOver: boolean;
}

export function SignedIn({ step, isOver }: SignedInProps): ReactNode {
  const { isNetwork } = useBridge();
  const signOut = useAction('console:signOut');
  const { path } = useRoute();
  const isAdministrator = step.person.role === 'administrator';
  const isLimited = useLimitedToUnit(isAdministrator);
  const asked = tabIds.find((id) => id === path[0]) ?? 'users';
  const tab = isLimited && ofOrganization.has(asked) ? 'users' : asked;
  const tabs: readonly TabItem<(typeof tabIds)[number]>[] = [
    { id: 'users', label: 'Users', content: <Users step={step} /> },
    { id: 'audit', label: 'Audit', content: <Audit /> },
    {
      id: 'policy',
      label: 'Policy',
      content: (
        <div className="stack loose">
          <PolicyEditor step={step} />
          <BreakGlassCard organization={step.organization} />
          <ApiKeysCard isCodeAsked={step.factorSetUp} />
          {isNetwork ? null : <DatabaseCard isCodeAsked={step.factorSetUp} />}
        </div>
      ),
    },
    { id: 'my-account', label: 'My account', content: <MyAccountView step={step} /> },
  ];
  return (
    <Page
      title={step.organization}
      count="service console"
      actions={
        <>
          <span className="console-address pill">
            <span className="console-where">
              this browser <span aria-hidden="true">·</span> signed in as
            </span>{' '}
            {step.person.userName}
          </span>
          <AnotherBrowser />
          <Button icon="signOut" onPress={() => signOut.mutate({})} isPending={signOut.isPending}>
            Sign out
          </Button>
        </>
      }
    >
      <Notices notices={step.notices} />
      {step.breakGlassAtMs === null ? null : (
        <BreakGlassBanner effectiveAtMs={step.breakGlassAtMs} canCancel={step.factorSetUp} />
      )}
      {isAdministrator && !isLimited ? <AuditBroken /> : null}
      {isOver ? null : <SessionWarning step={step} />}
      {isAdministrator ? (
        <Tabs
          label="Console"
          selected={tab}
          onSelect={(id) => navigate('console', id)}
          tabs={tabs.filter(({ id }) => !isLimited || !ofOrganization.has(id))}
        />
      ) : (
        <MyAccountView step={step} />
      )}
    </Page>
  );
}
