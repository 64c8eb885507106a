CREATE TABLE support (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  lon REAL NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat REAL NOT NULL CHECK (lat BETWEEN -90 AND 90),
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
  UNIQUE (community, source, source_id)
) STRICT;

CREATE TABLE neighbourhood (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  community TEXT NOT NULL REFERENCES community (id),
  name TEXT NOT NULL,
  source_id TEXT,
  population INTEGER CHECK (population >= 0),
  -- A MultiPolygon as well-known binary (OGC 06-103r4), little-endian, degrees.
  shape BLOB NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX neighbourhood_by_source_id ON neighbourhood (community, source_id)
  WHERE source_id IS NOT NULL;
CREATE UNIQUE INDEX neighbourhood_by_name ON neighbourhood (community, name) WHERE source_id IS NULL;
CREATE INDEX neighbourhood_by_community ON neighbourhood (community, name, id);
