// One valid input for every method of the contract: the ground on which the malformed ones are made.
import { defaultPolicy } from '../../src-main/console/policy.ts';
import type { Input, MethodName } from '../../src-shared/contract/index.ts';
import { sampleSettings } from '../fakes/sample-settings.ts';

const query = {
  search: 'maria',
  filter: 'all',
  unitId: null,
  sort: 'user-name',
  descending: false,
} as const;

const auditQuery = {
  search: 'code',
  events: ['signed-in'],
  outcome: 'success' as const,
  person: 'maria.keller',
  fromMs: 1_800_000_000_000,
  toMs: null,
};

const namedDatabase = {
  url: 'postgres://twofold@db.example/console',
  authorities: null,
  password: 'glass otter',
};

const onUser = { userId: 'user-1', code: '123456' };

export const samples: { readonly [M in MethodName]: Input<M> } = {
  'rehearsal:scenarios': {},
  'rehearsal:world': {},
  'rehearsal:open': { scenario: 'free-play' },
  'rehearsal:close': {},
  'rehearsal:step': {},
  'rehearsal:finish': {},
  'rehearsal:act': { action: { do: 'lose-device', device: 'Old phone' } },
  'rehearsal:run': { isRunning: true },
  'rehearsal:call': { worldId: 1, actor: 'Office laptop', method: 'console:step', input: '{}' },
  'rehearsal:report': { format: 'html' },
  'rehearsal:saveOwn': { title: 'Lost in a taxi' },
  'rehearsal:exportScenario': { scenario: 'lost-in-a-taxi' },
  'rehearsal:importScenario': { content: '{"format":"twofold-scenario-1"}' },
  'rehearsal:deleteScenario': { scenario: 'lost-in-a-taxi' },
  'app:status': {},
  'app:choosePassphrase': { passphrase: 'correct horse battery' },
  'app:enterPassphrase': { passphrase: 'correct horse battery' },
  'app:retryKeys': {},
  'app:moveKeys': { to: 'passphrase', passphrase: 'correct horse battery' },
  'app:lock': {},
  'app:active': {},
  'app:changePassphrase': { present: 'correct horse battery', next: 'paper walnut harbour' },
  'app:useCamera': { isOpen: true },
  'app:dismissNotice': { id: 'notice-1' },
  'app:saveSettings': {
    theme: 'dark',
    ...sampleSettings,
    timeServers: ['time.example'],
    timeFallbacks: ['https://time.example/'],
  },
  'app:openBrowser': {},
  'authenticator:list': {},
  'authenticator:codes': { ids: ['account-1'] },
  'authenticator:details': { id: 'account-1' },
  'authenticator:addManually': {
    type: 'totp',
    issuer: 'Northwind',
    name: 'maria.keller',
    secret: 'JBSW Y3DP EHPK 3PXP',
    algorithm: 'SHA-1',
    digits: 6,
    periodS: 30,
    counter: 0,
  },
  'authenticator:edit': {
    id: 'account-1',
    issuer: 'Northwind',
    name: 'maria',
    tags: ['work'],
    note: 'Asked for at the VPN too.',
    algorithm: 'SHA-1',
    digits: 6,
    periodS: 30,
    counter: null,
  },
  'authenticator:pin': { id: 'account-1', pinned: true },
  'authenticator:move': { id: 'account-1', beforeId: 'account-2' },
  'authenticator:renameTag': { from: 'work', to: 'office' },
  'authenticator:advance': { id: 'account-1' },
  'authenticator:trash': {},
  'authenticator:deleteForever': { ids: ['account-1'] },
  'authenticator:reveal': { id: 'account-1', passphrase: null },
  'transfer:readFile': {
    previewId: null,
    jobId: 'job-1',
    name: 'screen.png',
    content: new Uint8Array([1, 2, 3]),
    password: null,
  },
  'transfer:readText': {
    previewId: 'preview-1',
    text: 'otpauth://totp/Northwind:maria?secret=JBSWY3DPEHPK3PXP',
  },
  'transfer:preview': { previewId: 'preview-1' },
  'transfer:discard': { previewId: 'preview-1' },
  'transfer:cancel': { jobId: 'job-1' },
  'transfer:add': { previewId: 'preview-1', choices: [{ id: 'candidate-1', action: 'add' }] },
  'transfer:undo': { undoId: 'undo-1' },
  'transfer:export': { format: 'aegis', ids: ['account-1'], password: null, passphrase: null },
  'transfer:migrationPages': { ids: null, passphrase: null },
  'backup:status': {},
  'backup:setUp': {
    password: 'correct horse battery',
    plan: { folder: '/home/maria/backups', automatic: true, generations: 10 },
  },
  'backup:changePlan': { folder: '/home/maria/backups', automatic: true, generations: 10 },
  'backup:chooseFolder': {},
  'backup:now': {},
  'backup:test': { password: 'correct horse battery' },
  'backup:remindLater': {},
  'authenticator:delete': { id: 'account-1' },
  'authenticator:restore': { id: 'account-1' },
  'authenticator:copyCode': { id: 'account-1', which: 'current' },
  'clock:status': {},
  'clock:check': {},
  'clock:history': {},
  'console:step': {},
  'console:passwordStrength': { password: 'glass otter 42 lantern', about: ['maria'] },
  'console:createOrganization': {
    organization: 'Northwind',
    displayName: 'Maria Keller',
    userName: 'maria.keller',
    password: 'glass otter 42 lantern',
  },
  'console:createSample': {},
  'console:signIn': { userName: 'maria.keller', password: 'glass otter 42 lantern' },
  'console:changePassword': { newPassword: 'glass otter 42 lantern' },
  'console:submitCode': { code: '123456', trustBrowser: true },
  'console:resynchronize': { first: '123456', second: '654321', trustBrowser: false },
  'console:lostDevice': {},
  'console:submitRecoveryCode': { code: 'ABCD-EFGH-JKLM-NPQR' },
  'console:useBreakGlass': { code: 'ABCD-EFGH-JKLM-NPQR' },
  'console:proveBackup': { code: '123456' },
  'console:makeRecoveryCodes': { code: '123456' },
  'console:cancelBreakGlass': { code: '123456' },
  'console:confirmSetUp': { code: '123456' },
  'console:secretFile': { format: 'pdf' },
  'console:finishSetUp': {},
  'console:cancelSignIn': {},
  'console:signOut': {},
  'console:myAccount': {},
  'console:changeMyPassword': {
    currentPassword: 'old',
    newPassword: 'glass otter 42 lantern',
    code: '123456',
  },
  'console:startReset': { code: '123456' },
  'console:confirmReset': { code: '123456' },
  'console:cancelReset': {},
  'console:revokeTrustedBrowsers': { id: 'browser-1', code: '123456' },
  'console:endMySession': { id: 'session-1' },
  'administration:directory': { ...query, offset: 0, limit: 50 },
  'administration:user': { userId: 'user-1' },
  'administration:addUser': { userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user', unitId: null },
  'administration:editUser': {
    ...onUser,
    userName: 'jonas.frei',
    displayName: 'Jonas Frei',
    unitId: 'unit-1',
  },
  'administration:deleteUser': onUser,
  'administration:newOneTimePassword': onUser,
  'administration:setRole': { ...onUser, role: 'administrator', administersUnitId: null },
  'administration:setActive': { ...onUser, active: false },
  'administration:setServiceAccount': { ...onUser, isServiceAccount: true },
  'administration:resetFactor': onUser,
  'administration:resetTrustedBrowsers': onUser,
  'administration:endSessions': onUser,
  'administration:unlock': onUser,
  'administration:previewTwoFactor': { turnOn: true },
  'administration:setTwoFactor': { turnOn: true, code: '123456' },
  'administration:explain': { userId: 'user-1', atMs: null, browser: 'unknown' },
  'administration:audit': { ...auditQuery, beforeSequence: null, limit: 50 },
  'administration:exportAudit': { ...auditQuery, format: 'csv' },
  'administration:verifyAudit': {},
  'administration:lastAuditCheck': {},
  'administration:rollOut': {},
  'administration:setDeadline': { deadlineMs: 1_800_000_000_000, code: '123456' },
  'administration:policy': {},
  'administration:judgePolicy': defaultPolicy,
  'administration:savePolicy': { policy: defaultPolicy, code: '123456' },
  'administration:bulk': {
    action: 'end-sessions',
    users: { kind: 'named', ids: ['user-1'] },
    unitId: null,
    code: '123456',
  },
  'administration:previewUserImport': { content: 'jonas.frei,Jonas Frei' },
  'administration:importUsers': { content: 'jonas.frei,Jonas Frei', jobId: 'job-1', code: '123456' },
  'administration:exportUsers': query,
  'administration:addUnit': { name: 'Zürich' },
  'administration:renameUnit': { unitId: 'unit-1', name: 'Zürich' },
  'administration:removeUnit': { unitId: 'unit-1' },
  'administration:apiKeys': {},
  'administration:makeApiKey': {
    name: 'Provisioning',
    scopes: ['users:read'],
    expiresAtMs: null,
    code: '123456',
  },
  'administration:revokeApiKey': { keyId: 'key-1', code: '123456' },
  'administration:breakGlass': {},
  'administration:makeBreakGlass': { code: '123456' },
  'administration:removeBreakGlass': { code: '123456' },
  'administration:renameOrganization': { name: 'Northwind' },
  'database:place': {},
  'database:test': namedDatabase,
  'database:move': { to: namedDatabase, isDryRun: true, jobId: 'job-1', code: '123456' },
};

/** A malformed input and what is wrong with it. */
export interface Malformed {
  readonly what: string;
  readonly input: unknown;
}

const MEGABYTE_OF_TEXT = 'x'.repeat(1_000_001);
const LONE_SURROGATE = 'maria\ud800';

/** Every way of spoiling a valid input that the contract must refuse: shapes, unknown fields, types, sizes, text. */
export function malform(sample: object): Malformed[] {
  const shapes: Malformed[] = [null, undefined, 'text', 42, [], MEGABYTE_OF_TEXT].map((input) => ({
    what: `the input is ${typeof input === 'string' ? `a string of ${input.length}` : JSON.stringify(input)}`,
    input,
  }));
  const fields = Object.entries(sample).flatMap(([field, value]: [string, unknown]) => {
    const spoil = (what: string, wrong: unknown): Malformed => ({
      what: `${field} is ${what}`,
      input: { ...sample, [field]: wrong },
    });
    const ofAnyField = [
      spoil('an object', { nested: true }),
      spoil('NaN', Number.NaN),
      spoil('a function', () => value),
    ];
    const ofText =
      typeof value === 'string'
        ? [
            spoil('a string of a megabyte', MEGABYTE_OF_TEXT),
            spoil('a lone surrogate', LONE_SURROGATE),
            spoil('a number', 7),
          ]
        : [spoil('a string', LONE_SURROGATE)];
    const ofList = Array.isArray(value)
      ? [spoil('a list of objects', [{}]), spoil('a list with a lone surrogate', [LONE_SURROGATE])]
      : [];
    const { [field]: _left, ...without } = Object.fromEntries(Object.entries(sample));
    return [...ofAnyField, ...ofText, ...ofList, { what: `${field} is missing`, input: without }];
  });
  return [
    ...shapes,
    { what: 'an unknown field is there', input: { ...sample, surprise: 1 } },
    { what: 'an own __proto__ field is there', input: JSON.parse('{"__proto__":{"admin":true}}') },
    ...fields,
  ];
}
