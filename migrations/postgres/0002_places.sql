-- A place lives in its owner's community.
CREATE TABLE place (
  id uuid PRIMARY KEY,
  community text NOT NULL,
  owner uuid NOT NULL,
  -- The GeoJSON feature without an id.
  content jsonb NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  version bigint NOT NULL CHECK (version >= 1),
  FOREIGN KEY (owner, community) REFERENCES participant (id, community)
);
CREATE INDEX place_by_community ON place (community, id);
CREATE INDEX place_by_owner ON place (owner, id);

-- Which place a request made, in case it is sent twice. The place may be gone since.
CREATE TABLE idempotency (
  participant uuid NOT NULL REFERENCES participant (id),
  key bytea NOT NULL CHECK (length(key) = 32),
  body bytea NOT NULL CHECK (length(body) = 32),
  place uuid NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (participant, key)
);

-- Hashes of the ids of what was erased, to be erased again after a restore. Names nobody.
CREATE TABLE erasure (
  erased bytea PRIMARY KEY CHECK (length(erased) = 32),
  at bigint NOT NULL
);
CREATE TRIGGER erasure_is_never_changed BEFORE UPDATE OR DELETE ON erasure
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER erasure_is_never_emptied BEFORE TRUNCATE ON erasure EXECUTE FUNCTION refuse();
