// The tables of the console's records: their schemas, ids and indexes, the same for every store.
import { Table } from './embedded-table.ts';
import {
  ApiKeyRecord,
  BreakGlassRecord,
  Challenge,
  Counter,
  Device,
  Factor,
  Organization,
  SealingKeys,
  Session,
  TrustRecord,
  Unit,
  User,
} from './records.ts';

export const ORGANIZATION = 'organization';
export const BREAK_GLASS = 'break-glass';
export const SEALING_KEYS = 'sealing-keys';

const idOf = (record: { readonly id: string }): string => record.id;

/** Empty ones, in the order in which they are filled: units before the users who belong to them. */
export const createRecordTables = () => ({
  units: new Table<Unit>({ name: 'units', schema: Unit, idOf, indexes: {} }),
  organization: new Table<Organization>({
    name: 'organization',
    schema: Organization,
    idOf: () => ORGANIZATION,
    indexes: {},
  }),
  users: new Table<User>({
    name: 'users',
    schema: User,
    idOf,
    indexes: {
      name: (user) => user.nameKey,
      // S20 asks for one who can help everybody: an administrator of a unit alone does not count. Of users nobody asks.
      activeRole: (user) =>
        user.role === 'administrator' && user.active && user.administersUnitId === null ? user.role : null,
      unit: (user) => user.unitId,
    },
  }),
  factors: new Table<Factor>({ name: 'factors', schema: Factor, idOf, indexes: {} }),
  trusts: new Table<TrustRecord>({
    name: 'trusted-browsers',
    schema: TrustRecord,
    idOf,
    indexes: { series: (trust) => trust.seriesHash, user: (trust) => trust.userId },
  }),
  sessions: new Table<Session>({
    name: 'sessions',
    schema: Session,
    idOf,
    indexes: { token: (session) => session.tokenHash, user: (session) => session.userId },
  }),
  challenges: new Table<Challenge>({
    name: 'challenges',
    schema: Challenge,
    idOf,
    indexes: { token: (challenge) => challenge.tokenHash, user: (challenge) => challenge.userId },
  }),
  counters: new Table<Counter>({
    name: 'counters',
    schema: Counter,
    idOf,
    indexes: { known: ({ known }) => (known ? null : 'unknown') },
  }),
  devices: new Table<Device>({ name: 'devices', schema: Device, idOf, indexes: {} }),
  apiKeys: new Table<ApiKeyRecord>({
    name: 'api-keys',
    schema: ApiKeyRecord,
    idOf,
    indexes: { hash: (key) => key.keyHash },
  }),
  breakGlass: new Table<BreakGlassRecord>({
    name: 'break-glass',
    schema: BreakGlassRecord,
    idOf: () => BREAK_GLASS,
    indexes: {},
  }),
  sealingKeys: new Table<SealingKeys>({
    name: SEALING_KEYS,
    schema: SealingKeys,
    idOf: () => SEALING_KEYS,
    indexes: {},
  }),
});
export type RecordTables = ReturnType<typeof createRecordTables>;
