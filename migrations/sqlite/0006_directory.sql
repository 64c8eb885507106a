-- Where a community is: whose holidays count, whom to call, and the zone of its clocks.
ALTER TABLE community ADD COLUMN country TEXT CHECK (length(country) = 2);
ALTER TABLE community ADD COLUMN time_zone TEXT;

-- Online, telephone and confidential supports have no location. SQLite alters no column, so the table is made anew.
CREATE TABLE support_0006 (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  lon REAL CHECK (lon BETWEEN -180 AND 180),
  lat REAL CHECK (lat BETWEEN -90 AND 90),
  name TEXT,
  category TEXT NOT NULL,
  -- One bit a type, lowest first: emotional, instrumental, informational, appraisal.
  support_types INTEGER NOT NULL CHECK (support_types BETWEEN 0 AND 15),
  price TEXT NOT NULL CHECK (price IN ('free', 'low', 'paid', 'unknown')),
  opening_hours TEXT,
  address TEXT,
  phone TEXT,
  website TEXT,
  wheelchair TEXT,
  updated_at INTEGER NOT NULL,
  -- Every further field by its name.
  more TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(more)),
  -- The names of fields that a steward edited.
  curated TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(curated)),
  missing_since INTEGER,
  merged_into BLOB CHECK (length(merged_into) = 16),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  UNIQUE (community, source, source_id),
  CHECK ((lon IS NULL) = (lat IS NULL))
) STRICT;
INSERT INTO support_0006 (id, community, source, source_id, lon, lat, name, category, support_types, price,
    opening_hours, address, phone, website, wheelchair, updated_at)
  SELECT id, community, source, source_id, lon, lat, name, category, support_types, price,
    opening_hours, address, phone, website, wheelchair, updated_at FROM support;
DROP TABLE support;
ALTER TABLE support_0006 RENAME TO support;

-- What became of each support, in the order of the changes.
CREATE TABLE support_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  community TEXT NOT NULL REFERENCES community (id),
  support BLOB NOT NULL CHECK (length(support) = 16),
  at INTEGER NOT NULL,
  -- The steward; nobody for an import.
  who TEXT,
  op TEXT NOT NULL CHECK (op IN ('add', 'edit', 'merge', 'close', 'import')),
  -- The fields before and after; nothing before it was there.
  before TEXT CHECK (json_valid(before)),
  after TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX support_change_by_support ON support_change (support, seq);
