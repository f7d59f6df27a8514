// What a killed program has said of its actions, and what may be found stored after that.

export interface Known {
  /** The fingerprints of which one must be found: what was acknowledged, or a commit of what was under way. */
  readonly possible: readonly string[];
  readonly kinds: readonly string[];
  /** The kind of the action that was cut off. */
  readonly interrupted: string | null;
}

/** Follows what the writer says of one console from what was stored before it started. */
export function follow(before: string, said: readonly string[]): Known {
  let acknowledged = before;
  let pending: { kind: string; after: readonly string[] } | null = null;
  const kinds: string[] = [];
  for (const line of said) {
    if (line === 'done') {
      acknowledged = pending?.after.at(-1) ?? acknowledged;
      pending = null;
      continue;
    }
    const [, after = '', kind = ''] = /^begin (\S*) (.*)$/.exec(line) ?? [];
    pending = { kind, after: after === '' ? [] : after.split(',') };
    kinds.push(kind);
  }
  return { possible: [acknowledged, ...(pending?.after ?? [])], kinds, interrupted: pending?.kind ?? null };
}
