-- Whether anybody may join, or who holds an invitation; when somebody checked whom to call; and what the community
-- asks about a place beside the usual, as its parsed JSON.
ALTER TABLE community ADD COLUMN joining TEXT NOT NULL DEFAULT 'open' CHECK (joining IN ('open', 'invited'));
ALTER TABLE community ADD COLUMN crisis_confirmed_at INTEGER;
ALTER TABLE community ADD COLUMN questions TEXT CHECK (json_valid(questions));

-- Who joined by which is not kept.
CREATE TABLE invitation (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  code BLOB NOT NULL CHECK (length(code) = 32),
  uses INTEGER NOT NULL CHECK (uses >= 1),
  used INTEGER NOT NULL CHECK (used BETWEEN 0 AND uses),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  UNIQUE (community, code)
) STRICT;

-- Streets and named features of the map, for the search by name.
CREATE TABLE map_name (
  community TEXT NOT NULL REFERENCES community (id),
  source TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('street', 'feature')),
  name TEXT NOT NULL,
  -- Lines of positions in ten-millionths of a degree, as JSON; a single position stands for a point.
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  PRIMARY KEY (community, source, seq)
) STRICT;

-- SQLite alters no constraint, so the table is made anew: names change, too.
CREATE TABLE change_0010 (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  community TEXT NOT NULL REFERENCES community (id),
  what TEXT NOT NULL
    CHECK (what IN ('community', 'supports', 'neighbourhoods', 'names', 'place', 'release')),
  item BLOB CHECK (length(item) = 16),
  CHECK ((item IS NOT NULL) = (what IN ('place', 'release')))
) STRICT;
INSERT INTO change_0010 (seq, community, what, item) SELECT seq, community, what, item FROM change;
DROP TABLE change;
ALTER TABLE change_0010 RENAME TO change;
