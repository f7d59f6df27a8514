// How sentences about a rehearsal call people: by the name that everybody calls them, not by what they type to sign in.
import type { Cast } from '../../src-shared/contract/index.ts';
import { nameKey } from '../console/directory.ts';

/** From a user name to what the sentences say. Whoever is not of the cast is called by the user name. */
export type NameOf = (userName: string) => string;

/** Two of the same display name are told apart by their user names. */
export function namesOf({ people }: Cast): NameOf {
  const names = new Map(
    people.map(({ name, displayName }) => {
      const isUnique = people.filter((other) => other.displayName === displayName).length === 1;
      return [nameKey(name), isUnique ? displayName : `${displayName} (${name})`];
    }),
  );
  return (userName) => names.get(nameKey(userName)) ?? userName;
}
