-- What a participant writes about a place, day by day. It goes with the place.
CREATE TABLE diary (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  place BLOB NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  -- As YYYY-MM-DD.
  day TEXT NOT NULL CHECK (length(day) = 10),
  text TEXT NOT NULL,
  feelings TEXT NOT NULL CHECK (json_valid(feelings)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX diary_by_place ON diary (place, day);
