-- Instants are microseconds since 1970 in UTC, hashes SHA-256.
CREATE TABLE community (
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 40),
  title text NOT NULL,
  -- Tags in the order in which they are offered, separated by commas.
  languages text NOT NULL,
  west double precision, south double precision, east double precision, north double precision,
  policy text NOT NULL CHECK (policy IN ('formal', 'closed_group')),
  demo boolean NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  CHECK (num_nulls(west, south, east, north) IN (0, 4)),
  CHECK (west <= east AND south <= north)
);

CREATE TABLE participant (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  language text NOT NULL,
  return_code bytea NOT NULL CHECK (length(return_code) = 32),
  joined_at bigint NOT NULL,
  UNIQUE (community, return_code),
  UNIQUE (id, community)
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$;

-- What somebody agreed to, entry by entry; the newest is in force. Goes with the person, never changes.
CREATE TABLE consent (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  participant uuid NOT NULL REFERENCES participant (id),
  version text NOT NULL,
  language text NOT NULL,
  text_hash bytea NOT NULL CHECK (length(text_hash) = 32),
  research boolean NOT NULL,
  published_maps boolean NOT NULL,
  public_story boolean NOT NULL,
  given_at bigint NOT NULL
);
CREATE INDEX consent_by_participant ON consent (participant, seq);
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION refuse();

CREATE TABLE session (
  token bytea PRIMARY KEY CHECK (length(token) = 32),
  participant uuid NOT NULL,
  community text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  FOREIGN KEY (participant, community) REFERENCES participant (id, community)
);
CREATE INDEX session_by_participant ON session (participant);
