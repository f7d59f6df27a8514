// The room of the authenticator.
import type { ReactNode } from 'react';
import { Page } from '../../ui/page.tsx';

export function AuthenticatorRoom(): ReactNode {
  return <Page title="Authenticator" />;
}
