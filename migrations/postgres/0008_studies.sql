-- Questions that researchers keep to ask again. What they found is not kept.
CREATE TABLE study_query (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  staff uuid NOT NULL REFERENCES staff (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  question jsonb NOT NULL,
  created_at bigint NOT NULL,
  UNIQUE (community, staff, name)
);
