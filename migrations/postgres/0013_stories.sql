-- What a steward said last of the story of a place, and of what exactly: whatever changes afterwards is read anew.
-- It goes with the place. `id` is the story's name in public, which tells nobody the place's own.
CREATE TABLE story (
  place uuid PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
  id uuid NOT NULL UNIQUE,
  shown bytea NOT NULL CHECK (octet_length(shown) = 32),
  decision text NOT NULL CHECK (decision IN ('published', 'asked_back', 'declined')),
  reason text CHECK ((reason IS NULL) = (decision = 'published')),
  who text NOT NULL,
  at bigint NOT NULL
);
