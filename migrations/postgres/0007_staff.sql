-- Researchers, planners, stewards and operators. An account without a password was never activated.
CREATE TABLE staff (
  id uuid PRIMARY KEY,
  -- In lower case.
  email text NOT NULL UNIQUE,
  -- Argon2id, in the PHC format.
  password text,
  -- The TOTP secret, sealed with the key of the installation.
  totp bytea,
  -- The newest time step whose code was used: a code works once.
  totp_step bigint NOT NULL,
  created_at bigint NOT NULL,
  CHECK ((password IS NULL) = (totp IS NULL))
);

CREATE TABLE staff_role (
  staff uuid NOT NULL REFERENCES staff (id),
  community text NOT NULL REFERENCES community (id),
  role text NOT NULL CHECK (role IN ('researcher', 'planner', 'steward', 'operator')),
  added_at bigint NOT NULL,
  PRIMARY KEY (staff, community, role)
);

-- One-time links, at most one an account, and the credentials that were chosen by it and wait for a first code.
CREATE TABLE staff_link (
  token bytea PRIMARY KEY CHECK (length(token) = 32),
  staff uuid NOT NULL UNIQUE REFERENCES staff (id),
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  password text,
  totp bytea,
  -- Hashes of recovery codes, one behind the other.
  recovery bytea,
  CHECK ((password IS NULL) = (totp IS NULL) AND (password IS NULL) = (recovery IS NULL))
);

CREATE TABLE staff_recovery (
  staff uuid NOT NULL REFERENCES staff (id),
  code bytea NOT NULL CHECK (length(code) = 32),
  PRIMARY KEY (staff, code)
);

CREATE TABLE staff_session (
  token bytea PRIMARY KEY CHECK (length(token) = 32),
  id uuid NOT NULL UNIQUE,
  staff uuid NOT NULL REFERENCES staff (id),
  -- The browser in a few words, so that its holder knows it again.
  device text NOT NULL,
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  -- When the second factor was last shown.
  confirmed_at bigint NOT NULL
);
CREATE INDEX staff_session_by_staff ON staff_session (staff);

CREATE TABLE staff_token (
  token bytea PRIMARY KEY CHECK (length(token) = 32),
  id uuid NOT NULL UNIQUE,
  staff uuid NOT NULL REFERENCES staff (id),
  -- Separated by commas.
  scopes text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  -- The day, not the moment; NULL for never.
  last_used text
);
CREATE INDEX staff_token_by_staff ON staff_token (staff);

-- How far ahead of time somebody is with attempts (GCRA). Keys are keyed hashes that change every day.
CREATE TABLE throttle (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  due bigint NOT NULL
);
CREATE INDEX throttle_by_due ON throttle (due);

-- Who read places that participants share for research: append only, each row holds the hash of the one before.
CREATE TABLE access_log (
  community text NOT NULL REFERENCES community (id),
  seq bigint NOT NULL CHECK (seq >= 1),
  at bigint NOT NULL,
  staff uuid NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  places bigint NOT NULL CHECK (places >= 0),
  -- SHA-256 of the row's entries in access_entry.
  entries bytea NOT NULL CHECK (length(entries) = 32),
  previous bytea NOT NULL CHECK (length(previous) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (community, seq)
);
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE OR DELETE ON access_log
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER access_log_is_never_emptied BEFORE TRUNCATE ON access_log EXECUTE FUNCTION refuse();

-- Which places a read was of: both columns are hashes under a key of the owner's (access_key).
CREATE TABLE access_entry (
  community text NOT NULL,
  seq bigint NOT NULL,
  owner bytea NOT NULL CHECK (length(owner) = 32),
  place bytea NOT NULL CHECK (length(place) = 32),
  PRIMARY KEY (community, seq, place),
  FOREIGN KEY (community, seq) REFERENCES access_log (community, seq)
);
CREATE INDEX access_entry_by_owner ON access_entry (owner, seq);
CREATE TRIGGER access_entry_is_never_changed BEFORE UPDATE OR DELETE ON access_entry
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER access_entry_is_never_emptied BEFORE TRUNCATE ON access_entry EXECUTE FUNCTION refuse();

-- Goes with the participant; without it nobody can tell whose the entries were, and the chain stays whole.
CREATE TABLE access_key (
  participant uuid PRIMARY KEY REFERENCES participant (id),
  key bytea NOT NULL CHECK (length(key) = 32)
);
