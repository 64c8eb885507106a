-- Questions that researchers keep to ask again. What they found is not kept.
CREATE TABLE study_query (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  staff BLOB NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  question TEXT NOT NULL CHECK (json_valid(question)),
  created_at INTEGER NOT NULL,
  UNIQUE (community, staff, name)
) STRICT;
