// Contract: what administrators do. One file for each part, together one domain.
import { z } from 'zod';
import { accessMethods } from './administration/access.ts';
import { auditMethods } from './administration/audit.ts';
import { organizationMethods } from './administration/organization.ts';
import { userMethods } from './administration/users.ts';
import { Id } from './define.ts';

export const administration = {
  ...userMethods,
  ...organizationMethods,
  ...auditMethods,
  ...accessMethods,
} as const;

export const administrationEvents = {
  /** Of a long piece of work: an import of users. */
  'administration:progress': z.strictObject({ jobId: Id, share: z.number().min(0).max(1) }),
} as const;

export * from './administration/access.ts';
export * from './administration/audit.ts';
export * from './administration/organization.ts';
export * from './administration/users.ts';
