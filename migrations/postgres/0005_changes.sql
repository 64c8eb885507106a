-- What changed, for the indexes in memory. The order of seq is not the order of commits: a reader must not
-- go past the oldest transaction that is still open, which is what xid is for.
CREATE TABLE change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  community text NOT NULL REFERENCES community (id),
  what text NOT NULL CHECK (what IN ('community', 'supports', 'neighbourhoods', 'place', 'release')),
  item uuid,
  CHECK ((item IS NOT NULL) = (what IN ('place', 'release')))
);
CREATE INDEX change_by_transaction ON change (xid, seq);
