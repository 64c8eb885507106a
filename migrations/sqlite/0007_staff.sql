-- Researchers, planners, stewards and operators. An account without a password was never activated.
CREATE TABLE staff (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  -- In lower case.
  email TEXT NOT NULL UNIQUE,
  -- Argon2id, in the PHC format.
  password TEXT,
  -- The TOTP secret, sealed with the key of the installation.
  totp BLOB,
  -- The newest time step whose code was used: a code works once.
  totp_step INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK ((password IS NULL) = (totp IS NULL))
) STRICT;

CREATE TABLE staff_role (
  staff BLOB NOT NULL REFERENCES staff (id),
  community TEXT NOT NULL REFERENCES community (id),
  role TEXT NOT NULL CHECK (role IN ('researcher', 'planner', 'steward', 'operator')),
  added_at INTEGER NOT NULL,
  PRIMARY KEY (staff, community, role)
) STRICT;

-- One-time links, at most one an account, and the credentials that were chosen by it and wait for a first code.
CREATE TABLE staff_link (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  staff BLOB NOT NULL UNIQUE REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  password TEXT,
  totp BLOB,
  -- Hashes of recovery codes, one behind the other.
  recovery BLOB,
  CHECK ((password IS NULL) = (totp IS NULL) AND (password IS NULL) = (recovery IS NULL))
) STRICT;

CREATE TABLE staff_recovery (
  staff BLOB NOT NULL REFERENCES staff (id),
  code BLOB NOT NULL CHECK (length(code) = 32),
  PRIMARY KEY (staff, code)
) STRICT;

CREATE TABLE staff_session (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  staff BLOB NOT NULL REFERENCES staff (id),
  -- The browser in a few words, so that its holder knows it again.
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- When the second factor was last shown.
  confirmed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_session_by_staff ON staff_session (staff);

CREATE TABLE staff_token (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  staff BLOB NOT NULL REFERENCES staff (id),
  -- Separated by commas.
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- The day, not the moment; NULL for never.
  last_used TEXT
) STRICT;
CREATE INDEX staff_token_by_staff ON staff_token (staff);

-- How far ahead of time somebody is with attempts (GCRA). Keys are keyed hashes that change every day.
CREATE TABLE throttle (
  key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 32),
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_by_due ON throttle (due);

-- Who read places that participants share for research: append only, each row holds the hash of the one before.
CREATE TABLE access_log (
  community TEXT NOT NULL REFERENCES community (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  at INTEGER NOT NULL,
  staff BLOB NOT NULL CHECK (length(staff) = 16),
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  places INTEGER NOT NULL CHECK (places >= 0),
  -- SHA-256 of the row's entries in access_entry.
  entries BLOB NOT NULL CHECK (length(entries) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (community, seq)
) STRICT;
CREATE TRIGGER access_log_is_never_changed BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append only'); END;
CREATE TRIGGER access_log_is_never_deleted BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append only'); END;

-- Which places a read was of: both columns are hashes under a key of the owner's (access_key).
CREATE TABLE access_entry (
  community TEXT NOT NULL,
  seq INTEGER NOT NULL,
  owner BLOB NOT NULL CHECK (length(owner) = 32),
  place BLOB NOT NULL CHECK (length(place) = 32),
  PRIMARY KEY (community, seq, place),
  FOREIGN KEY (community, seq) REFERENCES access_log (community, seq)
) STRICT;
CREATE INDEX access_entry_by_owner ON access_entry (owner, seq);
CREATE TRIGGER access_entry_is_never_changed BEFORE UPDATE ON access_entry
BEGIN SELECT RAISE(ABORT, 'the access log is append only'); END;
CREATE TRIGGER access_entry_is_never_deleted BEFORE DELETE ON access_entry
BEGIN SELECT RAISE(ABORT, 'the access log is append only'); END;

-- Goes with the participant; without it nobody can tell whose the entries were, and the chain stays whole.
CREATE TABLE access_key (
  participant BLOB PRIMARY KEY NOT NULL REFERENCES participant (id),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
