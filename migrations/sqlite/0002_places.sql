-- A place lives in its owner's community.
CREATE TABLE place (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL,
  owner BLOB NOT NULL,
  -- The GeoJSON feature without an id.
  content TEXT NOT NULL CHECK (json_valid(content)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  FOREIGN KEY (owner, community) REFERENCES participant (id, community)
) STRICT;
CREATE INDEX place_by_community ON place (community, id);
CREATE INDEX place_by_owner ON place (owner, id);

-- Which place a request made, in case it is sent twice. The place may be gone since.
CREATE TABLE idempotency (
  participant BLOB NOT NULL REFERENCES participant (id),
  key BLOB NOT NULL CHECK (length(key) = 32),
  body BLOB NOT NULL CHECK (length(body) = 32),
  place BLOB NOT NULL CHECK (length(place) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (participant, key)
) STRICT;

-- Hashes of the ids of what was erased, to be erased again after a restore. Names nobody.
CREATE TABLE erasure (
  erased BLOB PRIMARY KEY NOT NULL CHECK (length(erased) = 32),
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER erasure_is_never_changed BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'the erasure ledger is append only'); END;
CREATE TRIGGER erasure_is_never_deleted BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'the erasure ledger is append only'); END;
