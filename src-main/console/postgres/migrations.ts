// The numbered migrations of the database. One is never changed once it was released: a change of shape is a new one.

/** The tables stand in a schema of their own, beside whatever else the database holds. */
export const SCHEMA = 'twofold';

/**
 * The first one. Times are milliseconds since 1970 in UTC. Texts compare by their bytes (COLLATE "C"), as the program
 * does. `revision` changes with each write of a row: see tracked-table.ts.
 */
const first = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE SEQUENCE twofold.revision;
CREATE SEQUENCE twofold.audit_number;
CREATE SEQUENCE twofold.audit_chain_id MINVALUE 0 START 0;

CREATE TABLE twofold.organization (
  id text PRIMARY KEY,
  name text NOT NULL,
  two_factor_on boolean NOT NULL,
  two_factor_changed_at_ms bigint,
  policy jsonb NOT NULL,
  roll_out_deadline_ms bigint,
  created_at_ms bigint NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);

CREATE TABLE twofold.units (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_key text COLLATE "C" NOT NULL UNIQUE,
  created_at_ms bigint NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);

-- Written at each sign-in, so it has no index on what changes then: what lists are sorted by stands in user_list.
CREATE TABLE twofold.users (
  id text PRIMARY KEY,
  user_name text NOT NULL,
  name_key text COLLATE "C" NOT NULL UNIQUE,
  display_name text NOT NULL,
  role text NOT NULL,
  unit_id text REFERENCES twofold.units,
  administers_unit_id text REFERENCES twofold.units,
  active boolean NOT NULL,
  is_service_account boolean NOT NULL,
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL,
  one_time_password_until_ms bigint,
  trust_epoch integer NOT NULL,
  factor_id text,
  pending_factor_id text,
  backup_proven_at_ms bigint,
  recovery_codes jsonb,
  created_at_ms bigint NOT NULL,
  last_sign_in_at_ms bigint,
  recent_sign_ins jsonb NOT NULL,
  notices jsonb NOT NULL,
  -- Folded by the program, so that a search finds the same over every store.
  display_key text COLLATE "C" NOT NULL,
  search_key text COLLATE "C" NOT NULL,
  name_counter_id text NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
) WITH (fillfactor = 70);
CREATE INDEX users_unit ON twofold.users (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX users_administers ON twofold.users (administers_unit_id) WHERE administers_unit_id IS NOT NULL;
CREATE INDEX users_administrators ON twofold.users (id)
  WHERE role = 'administrator' AND active AND administers_unit_id IS NULL;
CREATE INDEX users_name_counter ON twofold.users (name_counter_id);

CREATE TABLE twofold.factors (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  state text NOT NULL,
  sealed_secret text NOT NULL,
  algorithm text NOT NULL,
  digits integer NOT NULL,
  period_s integer NOT NULL,
  created_at_ms bigint NOT NULL,
  pending_until_ms bigint,
  session_id text,
  activated_at_ms bigint,
  last_used_at_ms bigint,
  last_accepted_step bigint,
  drift_steps integer NOT NULL,
  consecutive_failures integer NOT NULL,
  blocked boolean NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
) WITH (fillfactor = 70);

CREATE TABLE twofold.trusts (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  factor_id text NOT NULL,
  epoch integer NOT NULL,
  series_hash text NOT NULL,
  counter_hash text NOT NULL,
  browser text NOT NULL,
  first_used_at_ms bigint NOT NULL,
  last_used_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
) WITH (fillfactor = 80);
CREATE INDEX trusts_user ON twofold.trusts (user_id);
CREATE INDEX trusts_series ON twofold.trusts (series_hash);
CREATE INDEX trusts_expiry ON twofold.trusts (expires_at_ms);

CREATE TABLE twofold.sessions (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  token_hash text NOT NULL,
  browser text NOT NULL,
  started_at_ms bigint NOT NULL,
  last_used_at_ms bigint NOT NULL,
  ends_at_ms bigint NOT NULL,
  trust_id text,
  notices jsonb NOT NULL,
  keep_secret jsonb,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
) WITH (fillfactor = 80);
CREATE INDEX sessions_user ON twofold.sessions (user_id);
CREATE INDEX sessions_token ON twofold.sessions (token_hash);

CREATE TABLE twofold.challenges (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  token_hash text NOT NULL,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  wrong_codes integer NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);
CREATE INDEX challenges_user ON twofold.challenges (user_id);
CREATE INDEX challenges_token ON twofold.challenges (token_hash);
CREATE INDEX challenges_oldest ON twofold.challenges (revision);

CREATE TABLE twofold.counters (
  id text PRIMARY KEY,
  failures_at_ms jsonb NOT NULL,
  locked_until_ms bigint,
  locks_at_ms jsonb NOT NULL,
  updated_at_ms bigint NOT NULL,
  known boolean NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);
CREATE INDEX counters_oldest ON twofold.counters (revision);
CREATE INDEX counters_unknown ON twofold.counters (revision) WHERE NOT known;
CREATE INDEX counters_locked ON twofold.counters (locked_until_ms) WHERE locked_until_ms IS NOT NULL;

CREATE TABLE twofold.devices (
  id text PRIMARY KEY,
  user_ids jsonb NOT NULL,
  last_used_at_ms bigint NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);

CREATE TABLE twofold.api_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  scopes jsonb NOT NULL,
  prefix text NOT NULL,
  key_hash text NOT NULL UNIQUE,
  created_at_ms bigint NOT NULL,
  created_by text NOT NULL,
  last_used_at_ms bigint,
  expires_at_ms bigint,
  revoked_at_ms bigint,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);

CREATE TABLE twofold.break_glass (
  id text PRIMARY KEY,
  created_at_ms bigint NOT NULL,
  created_by text NOT NULL,
  code_hashes jsonb NOT NULL,
  delay_ms bigint NOT NULL,
  pending jsonb,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);

-- Where everything was moved to: nothing is added here then.
CREATE TABLE twofold.moved (at_ms bigint NOT NULL, place text NOT NULL);

-- Rows that stand for what no single row holds; whoever decides on it locks its row first.
CREATE TABLE twofold.guards (name text PRIMARY KEY);
INSERT INTO twofold.guards VALUES ('administrators');

-- A chain is taken by one transaction at a time, and by no node for longer. Where it begins stands elsewhere, so that
-- retention waits for nobody.
CREATE TABLE twofold.audit_chains (
  id integer PRIMARY KEY,
  last bigint NOT NULL,
  hash text NOT NULL
) WITH (fillfactor = 20);
CREATE TABLE twofold.audit_starts (
  chain integer PRIMARY KEY,
  origin bigint NOT NULL,
  first bigint NOT NULL,
  before text NOT NULL
);
CREATE TABLE twofold.audit (
  sequence bigint PRIMARY KEY,
  chain integer NOT NULL,
  position bigint NOT NULL,
  at_ms bigint NOT NULL,
  event text NOT NULL,
  subject_id text,
  subject text,
  actor_id text,
  actor text,
  browser text,
  outcome text NOT NULL,
  summary text NOT NULL,
  ties jsonb,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  -- Folded by the program.
  subject_key text,
  actor_key text,
  search_text text COLLATE "C" NOT NULL,
  UNIQUE (chain, position)
);
CREATE INDEX audit_time ON twofold.audit (at_ms);
CREATE INDEX audit_event ON twofold.audit (event, sequence);
CREATE INDEX audit_failures ON twofold.audit (sequence) WHERE outcome = 'failure';
CREATE INDEX audit_subject ON twofold.audit (subject_key, sequence) WHERE subject_key IS NOT NULL;
CREATE INDEX audit_actor ON twofold.audit (actor_key, sequence) WHERE actor_key IS NOT NULL;
CREATE INDEX audit_search ON twofold.audit USING gin (search_text gin_trgm_ops);

-- What lists of users are filtered and sorted by; kept by triggers, so that no writer can forget it.
CREATE TABLE twofold.user_list (
  user_id text PRIMARY KEY,
  name_key text COLLATE "C" NOT NULL,
  display_key text COLLATE "C" NOT NULL,
  unit_id text,
  -- 0: administrator
  role_rank smallint NOT NULL,
  -- 0: active
  active_rank smallint NOT NULL,
  -- 0 blocked, 1 nothing in force, 3 set up, 4 service account
  state_rank smallint NOT NULL,
  -- End of a set-up under way where nothing is in force; 0 without one.
  pending_until_ms bigint NOT NULL,
  set_up_at_ms bigint,
  -- 0: never
  last_sign_in_at_ms bigint NOT NULL,
  backup_proven_at_ms bigint NOT NULL,
  trusts smallint NOT NULL,
  created_at_ms bigint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX user_list_name ON twofold.user_list (name_key);
CREATE INDEX user_list_display ON twofold.user_list (display_key, name_key);
CREATE INDEX user_list_display_down ON twofold.user_list (display_key DESC, name_key);
CREATE INDEX user_list_role ON twofold.user_list (role_rank, name_key);
CREATE INDEX user_list_role_down ON twofold.user_list (role_rank DESC, name_key);
CREATE INDEX user_list_active ON twofold.user_list (active_rank, name_key);
CREATE INDEX user_list_active_down ON twofold.user_list (active_rank DESC, name_key);
CREATE INDEX user_list_state ON twofold.user_list (state_rank, name_key);
CREATE INDEX user_list_seen ON twofold.user_list (last_sign_in_at_ms, name_key);
CREATE INDEX user_list_seen_down ON twofold.user_list (last_sign_in_at_ms DESC, name_key);
CREATE INDEX user_list_proven ON twofold.user_list (backup_proven_at_ms, name_key);
CREATE INDEX user_list_proven_down ON twofold.user_list (backup_proven_at_ms DESC, name_key);
CREATE INDEX user_list_trusts ON twofold.user_list (trusts, name_key);
CREATE INDEX user_list_trusts_down ON twofold.user_list (trusts DESC, name_key);
CREATE INDEX user_list_created ON twofold.user_list (created_at_ms, name_key);
CREATE INDEX user_list_created_down ON twofold.user_list (created_at_ms DESC, name_key);
CREATE INDEX user_list_unit ON twofold.user_list (unit_id, name_key) WHERE unit_id IS NOT NULL;
CREATE INDEX user_list_pending ON twofold.user_list (pending_until_ms) WHERE pending_until_ms > 0;
CREATE INDEX user_list_set_up ON twofold.user_list (set_up_at_ms)
  WHERE active_rank = 0 AND state_rank <> 4 AND set_up_at_ms IS NOT NULL;
CREATE INDEX user_list_people ON twofold.user_list (created_at_ms) WHERE active_rank = 0 AND state_rank <> 4;

-- Apart from user_list, whose rows change at each sign-in.
CREATE TABLE twofold.user_search (user_id text PRIMARY KEY, search_key text COLLATE "C" NOT NULL);
CREATE INDEX user_search_words ON twofold.user_search USING gin (search_key gin_trgm_ops);

-- How many users there are of each kind, as a sum of changes: nobody waits for a row that others change. See compact_counts.
CREATE TABLE twofold.user_counts (
  unit_id text,
  role_rank smallint NOT NULL,
  active_rank smallint NOT NULL,
  state_rank smallint NOT NULL,
  is_proven boolean NOT NULL,
  n bigint NOT NULL
);

CREATE FUNCTION twofold.list_user(who text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO twofold.user_list
  SELECT u.id, u.name_key, u.display_key, u.unit_id,
    CASE u.role WHEN 'administrator' THEN 0 ELSE 1 END,
    CASE WHEN u.active THEN 0 ELSE 1 END,
    CASE WHEN u.is_service_account THEN 4 WHEN f.id IS NULL THEN 1 WHEN f.blocked THEN 0 ELSE 3 END,
    CASE WHEN u.is_service_account OR f.id IS NOT NULL THEN 0 ELSE coalesce(p.pending_until_ms, 0) END,
    CASE WHEN f.id IS NOT NULL THEN coalesce(f.activated_at_ms, f.created_at_ms) END,
    coalesce(u.last_sign_in_at_ms, 0),
    coalesce(u.backup_proven_at_ms, 0),
    (SELECT count(*) FROM twofold.trusts t WHERE t.user_id = u.id),
    u.created_at_ms
  FROM twofold.users u
  LEFT JOIN twofold.factors f ON f.id = u.factor_id
  LEFT JOIN twofold.factors p ON p.id = u.pending_factor_id
  WHERE u.id = who
  ON CONFLICT (user_id) DO UPDATE SET
    name_key = excluded.name_key, display_key = excluded.display_key, unit_id = excluded.unit_id,
    role_rank = excluded.role_rank, active_rank = excluded.active_rank, state_rank = excluded.state_rank,
    pending_until_ms = excluded.pending_until_ms, set_up_at_ms = excluded.set_up_at_ms,
    last_sign_in_at_ms = excluded.last_sign_in_at_ms, backup_proven_at_ms = excluded.backup_proven_at_ms,
    trusts = excluded.trusts, created_at_ms = excluded.created_at_ms
  WHERE user_list IS DISTINCT FROM excluded;
$$;

CREATE FUNCTION twofold.user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM twofold.user_list WHERE user_id = OLD.id;
    DELETE FROM twofold.user_search WHERE user_id = OLD.id;
    RETURN NULL;
  END IF;
  PERFORM twofold.list_user(NEW.id);
  IF TG_OP = 'INSERT' OR NEW.search_key IS DISTINCT FROM OLD.search_key THEN
    INSERT INTO twofold.user_search VALUES (NEW.id, NEW.search_key)
      ON CONFLICT (user_id) DO UPDATE SET search_key = excluded.search_key;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER user_added AFTER INSERT OR DELETE ON twofold.users
  FOR EACH ROW EXECUTE FUNCTION twofold.user_changed();
CREATE TRIGGER user_changed AFTER UPDATE ON twofold.users FOR EACH ROW
  WHEN ((OLD.name_key, OLD.display_key, OLD.search_key, OLD.unit_id, OLD.role, OLD.active, OLD.is_service_account,
         OLD.factor_id, OLD.pending_factor_id, OLD.last_sign_in_at_ms, OLD.backup_proven_at_ms, OLD.created_at_ms)
    IS DISTINCT FROM
        (NEW.name_key, NEW.display_key, NEW.search_key, NEW.unit_id, NEW.role, NEW.active, NEW.is_service_account,
         NEW.factor_id, NEW.pending_factor_id, NEW.last_sign_in_at_ms, NEW.backup_proven_at_ms, NEW.created_at_ms))
  EXECUTE FUNCTION twofold.user_changed();

CREATE FUNCTION twofold.users_thing_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM twofold.list_user(OLD.user_id); END IF;
  IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.user_id <> OLD.user_id) THEN
    PERFORM twofold.list_user(NEW.user_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER factor_added AFTER INSERT OR DELETE ON twofold.factors
  FOR EACH ROW EXECUTE FUNCTION twofold.users_thing_changed();
CREATE TRIGGER factor_changed AFTER UPDATE ON twofold.factors FOR EACH ROW
  WHEN ((OLD.user_id, OLD.blocked, OLD.activated_at_ms, OLD.created_at_ms, OLD.pending_until_ms)
    IS DISTINCT FROM (NEW.user_id, NEW.blocked, NEW.activated_at_ms, NEW.created_at_ms, NEW.pending_until_ms))
  EXECUTE FUNCTION twofold.users_thing_changed();
CREATE TRIGGER trust_added AFTER INSERT OR DELETE ON twofold.trusts
  FOR EACH ROW EXECUTE FUNCTION twofold.users_thing_changed();
CREATE TRIGGER trust_moved AFTER UPDATE ON twofold.trusts FOR EACH ROW WHEN (OLD.user_id <> NEW.user_id)
  EXECUTE FUNCTION twofold.users_thing_changed();

CREATE FUNCTION twofold.count_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO twofold.user_counts VALUES
      (OLD.unit_id, OLD.role_rank, OLD.active_rank, OLD.state_rank, OLD.backup_proven_at_ms > 0, -1);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO twofold.user_counts VALUES
      (NEW.unit_id, NEW.role_rank, NEW.active_rank, NEW.state_rank, NEW.backup_proven_at_ms > 0, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER user_listed AFTER INSERT OR DELETE ON twofold.user_list
  FOR EACH ROW EXECUTE FUNCTION twofold.count_user();
CREATE TRIGGER user_relisted AFTER UPDATE ON twofold.user_list FOR EACH ROW
  WHEN ((OLD.unit_id, OLD.role_rank, OLD.active_rank, OLD.state_rank, OLD.backup_proven_at_ms > 0)
    IS DISTINCT FROM (NEW.unit_id, NEW.role_rank, NEW.active_rank, NEW.state_rank, NEW.backup_proven_at_ms > 0))
  EXECUTE FUNCTION twofold.count_user();

-- Adds the changes up where they have become many; others go on meanwhile.
CREATE FUNCTION twofold.compact_counts(most bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM twofold.user_counts LIMIT most + 1) counted) <= most THEN RETURN; END IF;
  IF NOT pg_try_advisory_xact_lock(hashtext('twofold counts')) THEN RETURN; END IF;
  WITH changes AS (DELETE FROM twofold.user_counts RETURNING *)
  INSERT INTO twofold.user_counts
  SELECT unit_id, role_rank, active_rank, state_rank, is_proven, sum(n) FROM changes
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0;
END $$;
`;

/** Which key seals the shared secrets, and each secret's own. */
const sealingKeys = `
ALTER TABLE twofold.factors ADD COLUMN sealed_by text;
CREATE TABLE twofold.sealing_keys (
  id text PRIMARY KEY,
  current jsonb NOT NULL,
  rotation jsonb,
  revision bigint NOT NULL DEFAULT nextval('twofold.revision')
);
`;

/** Of a million users, a list of a few thousand is put in order without a look at each one's row. */
const lists = `
-- Those who have not set up, and the other states that few are in: with all that lists are put in order by. Sign-ins with
-- a code do not touch it.
CREATE INDEX user_list_few ON twofold.user_list (state_rank, name_key)
  INCLUDE (active_rank, role_rank, unit_id, pending_until_ms, display_key, last_sign_in_at_ms, backup_proven_at_ms,
    trusts, created_at_ms)
  WHERE state_rank <> 3;
-- The same for a unit of many.
DROP INDEX twofold.user_list_unit;
CREATE INDEX user_list_unit ON twofold.user_list (unit_id, name_key)
  INCLUDE (active_rank, role_rank, state_rank, pending_until_ms, display_key, last_sign_in_at_ms, backup_proven_at_ms,
    trusts, created_at_ms)
  WHERE unit_id IS NOT NULL;
DROP INDEX twofold.user_list_pending;
CREATE INDEX user_list_pending ON twofold.user_list (pending_until_ms) INCLUDE (active_rank, state_rank, unit_id)
  WHERE pending_until_ms > 0;
`;

/** Migration n, from 1, lifts version n - 1 to n. */
export const migrations: readonly string[] = [first, sealingKeys, lists];
