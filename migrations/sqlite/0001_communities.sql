-- Instants are microseconds since 1970 in UTC, identifiers the 16 bytes of a UUID, hashes SHA-256.
CREATE TABLE community (
  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 40),
  title TEXT NOT NULL,
  -- Tags in the order in which they are offered, separated by commas.
  languages TEXT NOT NULL,
  west REAL, south REAL, east REAL, north REAL,
  policy TEXT NOT NULL CHECK (policy IN ('formal', 'closed_group')),
  demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((west IS NULL) = (south IS NULL) AND (west IS NULL) = (east IS NULL)
    AND (west IS NULL) = (north IS NULL)),
  CHECK (west <= east AND south <= north)
) STRICT;

CREATE TABLE participant (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  language TEXT NOT NULL,
  return_code BLOB NOT NULL CHECK (length(return_code) = 32),
  joined_at INTEGER NOT NULL,
  UNIQUE (community, return_code),
  UNIQUE (id, community)
) STRICT;

-- What somebody agreed to, entry by entry; the newest is in force. Goes with the person, never changes.
CREATE TABLE consent (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  participant BLOB NOT NULL REFERENCES participant (id),
  version TEXT NOT NULL,
  language TEXT NOT NULL,
  text_hash BLOB NOT NULL CHECK (length(text_hash) = 32),
  research INTEGER NOT NULL CHECK (research IN (0, 1)),
  published_maps INTEGER NOT NULL CHECK (published_maps IN (0, 1)),
  public_story INTEGER NOT NULL CHECK (public_story IN (0, 1)),
  given_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_by_participant ON consent (participant, seq);
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent
BEGIN SELECT RAISE(ABORT, 'the history of consent is never changed'); END;

CREATE TABLE session (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  participant BLOB NOT NULL,
  community TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  FOREIGN KEY (participant, community) REFERENCES participant (id, community)
) STRICT;
CREATE INDEX session_by_participant ON session (participant);
