// For other programs: API keys are made, shown once, listed and revoked by administrators of the organization.
import { beforeEach, describe, expect, test } from 'vitest';
import { hashToken } from '../../../src-main/console/tokens.ts';
import { createUnits } from './unit-world.ts';
import { MINUTE, STEP, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const wanted = {
  name: ' Payroll ',
  scopes: ['users:read', 'users:read', 'sign-in'],
  expiresAtMs: null,
} as const;
const input = (code: string | null = null, more: { name?: string; expiresAtMs?: number | null } = {}) => ({
  ...wanted,
  scopes: [...wanted.scopes],
  code,
  ...more,
});

describe('API keys', () => {
  test('a key has 256 random bits behind its prefix and is stored by its hash alone', async () => {
    const administrator = await world.createOrganization();
    const { key, record } = await world.call('administration:makeApiKey', input(), administrator);
    expect(key).toMatch(/^twofold_[A-Za-z0-9_-]{43}$/);
    expect(record).toMatchObject({
      name: 'Payroll',
      scopes: ['users:read', 'sign-in'],
      createdBy: 'maria.keller',
      lastUsedAtMs: null,
      revokedAtMs: null,
    });
    expect(key.startsWith(record.prefix)).toBe(true);
    expect(record.prefix).toHaveLength('twofold_'.length + 6);
    expect(await world.stored()).toContain(hashToken(key));
    expect(await world.stored()).not.toContain(key);
    expect(await world.call('administration:apiKeys', {}, administrator)).toEqual({ keys: [record] });
  });

  test('S10: making and revoking ask the administrator’s own code, which is not used up for nothing', async () => {
    const { administrator, administratorDevice } = await world.enrolled();
    await world.refused('administration:makeApiKey', input(), administrator, 'code-required');
    const past = input(administratorDevice.code(), { expiresAtMs: world.clock.nowMs() });
    await world.refused('administration:makeApiKey', past, administrator, 'conflict');
    const { record } = await world.call(
      'administration:makeApiKey',
      input(administratorDevice.code()),
      administrator,
    );
    const used = { keyId: record.id, code: administratorDevice.code() };
    await world.refused('administration:revokeApiKey', used, administrator, 'code-refused');
    await world.refused(
      'administration:revokeApiKey',
      { keyId: record.id, code: null },
      administrator,
      'code-required',
    );
    world.clock.advance(STEP);
    const revoked = await world.call(
      'administration:revokeApiKey',
      { keyId: record.id, code: administratorDevice.code() },
      administrator,
    );
    expect(revoked.revokedAtMs).toBe(world.clock.nowMs());
  });

  test('two keys in force never have one name; a revoked key’s name is free', async () => {
    const administrator = await world.createOrganization();
    const { record } = await world.call('administration:makeApiKey', input(), administrator);
    const same = input(null, { name: 'PAYROLL' });
    await world.refused('administration:makeApiKey', same, administrator, 'already-exists');
    const revoke = { keyId: record.id, code: null };
    await world.call('administration:revokeApiKey', revoke, administrator);
    world.clock.advance(MINUTE);
    await world.call('administration:makeApiKey', same, administrator);
    const again = await world.call('administration:revokeApiKey', revoke, administrator);
    expect(again.revokedAtMs).toBeLessThan(world.clock.nowMs());
    await world.refused(
      'administration:revokeApiKey',
      { keyId: 'nobodys', code: null },
      administrator,
      'not-found',
    );
    const events = (await world.audit(administrator)).map(({ event }) => event);
    expect(events.filter((event) => event.startsWith('api-key'))).toEqual([
      'api-key-made',
      'api-key-revoked',
      'api-key-made',
    ]);
  });

  test('an administrator of a unit neither sees nor makes nor revokes keys', async () => {
    const { administrator, salesAdministrator } = await createUnits(world);
    const { record } = await world.call('administration:makeApiKey', input(), administrator);
    await world.refused('administration:apiKeys', {}, salesAdministrator, 'not-permitted');
    const other = input(null, { name: 'Other' });
    await world.refused('administration:makeApiKey', other, salesAdministrator, 'not-permitted');
    const revoke = { keyId: record.id, code: null };
    await world.refused('administration:revokeApiKey', revoke, salesAdministrator, 'not-permitted');
  });
});
