// A console with two units and administrators of the organization and of one of them.
import { PASSWORD, type TestBrowser, type World } from './world.ts';

export interface UnitWorld {
  /** Of the whole organization. */
  readonly administrator: TestBrowser;
  readonly salesId: string;
  readonly labId: string;
  /** Administers Sales alone, and belongs to it. */
  readonly salesAdministrator: TestBrowser;
  readonly salesAdministratorId: string;
  /** A user of Sales. */
  readonly insideId: string;
  /** A user of the lab. */
  readonly outsideId: string;
}

/** Nobody has a factor, and 2FA is off. */
export async function createUnits(world: World): Promise<UnitWorld> {
  const administrator = await world.createOrganization();
  const addUnit = async (name: string): Promise<string> =>
    (await world.call('administration:addUnit', { name }, administrator)).id;
  const salesId = await addUnit('Sales');
  const labId = await addUnit('Lab');
  const addTo = async (unitId: string, userName: string): Promise<string> => {
    const userId = await world.addUser(administrator, userName);
    await world.call(
      'administration:editUser',
      { userId, userName, displayName: userName, unitId, code: null },
      administrator,
    );
    return userId;
  };
  const salesAdministratorId = await addTo(salesId, 'sara.sales');
  await world.call(
    'administration:setRole',
    { userId: salesAdministratorId, role: 'administrator', administersUnitId: salesId, code: null },
    administrator,
  );
  const insideId = await addTo(salesId, 'ines.inside');
  const outsideId = await addTo(labId, 'otto.outside');
  const salesAdministrator = world.browser('Sales');
  await world.signIn(salesAdministrator, 'sara.sales', PASSWORD);
  return { administrator, salesId, labId, salesAdministrator, salesAdministratorId, insideId, outsideId };
}
