-- Photos of places, re-encoded, with a small picture of each. They go with the place.
CREATE TABLE photo (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  place BLOB NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  -- What is said of it: caption, alt, showed, people, share.
  said TEXT NOT NULL CHECK (json_valid(said)),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  jpeg BLOB NOT NULL,
  thumb BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_by_place ON photo (place, created_at);
