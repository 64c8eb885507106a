-- What changed, for the indexes in memory. There is one writer, so the order of seq is the order of commits.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  community TEXT NOT NULL REFERENCES community (id),
  what TEXT NOT NULL CHECK (what IN ('community', 'supports', 'neighbourhoods', 'place', 'release')),
  item BLOB CHECK (length(item) = 16),
  CHECK ((item IS NOT NULL) = (what IN ('place', 'release')))
) STRICT;
