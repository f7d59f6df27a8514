// Whether the administrator who is signed in is one of a unit alone: then what concerns the whole organization is hidden.
import { useCall } from '../../bridge/queries.tsx';
import { everyone, pageInput } from './use-user-pages.ts';

/** False until it is known. Asks what the list of users asks first, and so costs nothing beside it. */
export function useLimitedToUnit(isAdministrator: boolean): boolean {
  const { data } = useCall('administration:directory', pageInput(everyone, 0), { enabled: isAdministrator });
  return data !== undefined && data.limitedToUnitId !== null;
}
