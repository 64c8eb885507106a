-- Whether anybody may join, or who holds an invitation; when somebody checked whom to call; and what the community
-- asks about a place beside the usual, as its parsed JSON.
ALTER TABLE community ADD COLUMN joining text NOT NULL DEFAULT 'open' CHECK (joining IN ('open', 'invited'));
ALTER TABLE community ADD COLUMN crisis_confirmed_at bigint;
ALTER TABLE community ADD COLUMN questions text;

-- Who joined by which is not kept.
CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  code bytea NOT NULL CHECK (length(code) = 32),
  uses bigint NOT NULL CHECK (uses >= 1),
  used bigint NOT NULL CHECK (used BETWEEN 0 AND uses),
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  UNIQUE (community, code)
);

-- Streets and named features of the map, for the search by name.
CREATE TABLE map_name (
  community text NOT NULL REFERENCES community (id),
  source text NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('street', 'feature')),
  name text NOT NULL,
  -- Lines of positions in ten-millionths of a degree, as JSON; a single position stands for a point.
  lines text NOT NULL,
  PRIMARY KEY (community, source, seq)
);

ALTER TABLE change DROP CONSTRAINT change_what_check;
ALTER TABLE change ADD CONSTRAINT change_what_check
  CHECK (what IN ('community', 'supports', 'neighbourhoods', 'names', 'place', 'release'));
