// A user name made from a person's name.

/** 'Maria Keller' → 'maria.keller', 'José Núñez' → 'jose.nunez'; empty when nothing usable is in it. */
export const suggestUserName = (displayName: string): string =>
  displayName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_@-]+/gu, '.')
    .replaceAll(/^\.+|\.+$/g, '')
    .slice(0, 64);
