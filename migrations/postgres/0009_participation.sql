-- What a participant writes about a place, day by day. It goes with the place.
CREATE TABLE diary (
  id uuid PRIMARY KEY,
  place uuid NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  -- As YYYY-MM-DD.
  day text NOT NULL CHECK (length(day) = 10),
  text text NOT NULL,
  feelings jsonb NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);
CREATE INDEX diary_by_place ON diary (place, day);
