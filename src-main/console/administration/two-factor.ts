// 2FA for the whole organization: the preview (S19), the switch (G1, G16), and the organization's name.
import type { BlastRadius } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { requireOrganization } from '../directory.ts';
import { blastRadius, switchTwoFactor } from '../two-factor-switch.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, onOrganization, requireWholeOrganization } from './action.ts';

/** S19. */
export const previewTwoFactor = (
  context: ConsoleContext,
  { turnOn }: { turnOn: boolean },
  caller: Caller,
): Promise<BlastRadius> =>
  look(context, caller, (visit, { user }) => {
    requireWholeOrganization(user);
    return blastRadius(visit, user, turnOn);
  });

/** G1, G16. Needs the administrator's own code when there is a factor. */
export async function setTwoFactor(
  context: ConsoleContext,
  { turnOn, code }: { turnOn: boolean; code: string | null },
  caller: Caller,
): Promise<Record<string, never>> {
  const purpose = turnOn ? 'turning two-factor authentication on' : 'turning two-factor authentication off';
  await onOrganization(context, caller, { code, purpose }, (visit, actor) =>
    switchTwoFactor(visit, actor, turnOn),
  );
  return {};
}

/** Authenticators that are set up keep the old name; new set-ups show the new one. */
export async function renameOrganization(
  context: ConsoleContext,
  { name }: { name: string },
  caller: Caller,
): Promise<Record<string, never>> {
  await look(context, caller, async (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    const organization = await requireOrganization(visit);
    await visit.tx.putOrganization({ ...organization, name: name.trim() });
    await audit(visit, {
      event: 'organization-renamed',
      subject: null,
      actor,
      summary: `The organization is now named ${name.trim()}.`,
    });
  });
  context.events.emit('console:changed', {});
  return {};
}
