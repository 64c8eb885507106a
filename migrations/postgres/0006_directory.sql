-- Where a community is: whose holidays count, whom to call, and the zone of its clocks.
ALTER TABLE community ADD COLUMN country text CHECK (length(country) = 2);
ALTER TABLE community ADD COLUMN time_zone text;

-- Online, telephone and confidential supports have no location.
ALTER TABLE support ALTER COLUMN lon DROP NOT NULL;
ALTER TABLE support ALTER COLUMN lat DROP NOT NULL;
ALTER TABLE support ADD CHECK (num_nulls(lon, lat) IN (0, 2));
-- Every further field by its name.
ALTER TABLE support ADD COLUMN more jsonb NOT NULL DEFAULT '{}';
-- The names of fields that a steward edited.
ALTER TABLE support ADD COLUMN curated jsonb NOT NULL DEFAULT '[]';
ALTER TABLE support ADD COLUMN missing_since bigint;
ALTER TABLE support ADD COLUMN merged_into uuid;
ALTER TABLE support ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version >= 1);

-- What became of each support, in the order of the changes.
CREATE TABLE support_change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  support uuid NOT NULL,
  at bigint NOT NULL,
  -- The steward; nobody for an import.
  who text,
  op text NOT NULL CHECK (op IN ('add', 'edit', 'merge', 'close', 'import')),
  -- The fields before and after; nothing before it was there.
  before jsonb,
  after jsonb NOT NULL
);
CREATE INDEX support_change_by_support ON support_change (support, seq);
