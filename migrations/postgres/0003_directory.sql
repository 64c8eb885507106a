CREATE TABLE support (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  source text NOT NULL,
  source_id text NOT NULL,
  lon double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
  name text,
  category text NOT NULL,
  -- One bit a type, lowest first: emotional, instrumental, informational, appraisal.
  support_types bigint NOT NULL CHECK (support_types BETWEEN 0 AND 15),
  price text NOT NULL CHECK (price IN ('free', 'low', 'paid', 'unknown')),
  opening_hours text,
  address text,
  phone text,
  website text,
  wheelchair text,
  updated_at bigint NOT NULL,
  UNIQUE (community, source, source_id)
);

CREATE TABLE neighbourhood (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  name text NOT NULL,
  source_id text,
  population bigint CHECK (population >= 0),
  -- A MultiPolygon as well-known binary (OGC 06-103r4), little-endian, degrees.
  shape bytea NOT NULL,
  updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX neighbourhood_by_source_id ON neighbourhood (community, source_id)
  WHERE source_id IS NOT NULL;
CREATE UNIQUE INDEX neighbourhood_by_name ON neighbourhood (community, name) WHERE source_id IS NULL;
CREATE INDEX neighbourhood_by_community ON neighbourhood (community, name COLLATE "C", id);
