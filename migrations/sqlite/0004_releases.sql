-- The privacy ledger, in the order of charging.
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  -- The release that it pays for, which may never come to be.
  release BLOB NOT NULL CHECK (length(release) = 16),
  layer TEXT NOT NULL,
  sensitivity_squared INTEGER NOT NULL CHECK (sensitivity_squared >= 0),
  sigma INTEGER NOT NULL CHECK (sigma >= 0),
  rho_billionths INTEGER NOT NULL CHECK (rho_billionths >= 0),
  domain BLOB NOT NULL CHECK (length(domain) = 32),
  code TEXT NOT NULL,
  on_demand INTEGER NOT NULL CHECK (on_demand IN (0, 1)),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_by_community ON ledger (community, seq);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the privacy ledger is append only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the privacy ledger is append only'); END;

CREATE TABLE release (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  made_at INTEGER NOT NULL,
  on_demand INTEGER NOT NULL CHECK (on_demand IN (0, 1)),
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  neighbourhoods TEXT NOT NULL CHECK (json_valid(neighbourhoods))
) STRICT;
CREATE INDEX release_by_community ON release (community, made_at);
CREATE TRIGGER release_is_never_changed BEFORE UPDATE ON release
BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_is_never_deleted BEFORE DELETE ON release
BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END;
