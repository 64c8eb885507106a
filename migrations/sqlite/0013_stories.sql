-- What a steward said last of the story of a place, and of what exactly: whatever changes afterwards is read anew.
-- It goes with the place. `id` is the story's name in public, which tells nobody the place's own.
CREATE TABLE story (
  place BLOB PRIMARY KEY NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  shown BLOB NOT NULL CHECK (length(shown) = 32),
  decision TEXT NOT NULL CHECK (decision IN ('published', 'asked_back', 'declined')),
  reason TEXT CHECK ((reason IS NULL) = (decision = 'published')),
  who TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
