-- Photos of places, re-encoded, with a small picture of each. They go with the place.
CREATE TABLE photo (
  id uuid PRIMARY KEY,
  place uuid NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  -- What is said of it: caption, alt, showed, people, share.
  said jsonb NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  jpeg bytea NOT NULL,
  thumb bytea NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX photo_by_place ON photo (place, created_at);
