-- Layer C: the noisy numbers of the whole community; null where it was not made.
ALTER TABLE release ADD COLUMN totals TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(totals));

-- Releases that turned out to be defective. Their tables stay, and so does what they cost.
CREATE TABLE recall (
  release BLOB PRIMARY KEY NOT NULL REFERENCES release (id),
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER recall_is_never_changed BEFORE UPDATE ON recall
BEGIN SELECT RAISE(ABORT, 'a recall is never changed'); END;
CREATE TRIGGER recall_is_never_deleted BEFORE DELETE ON recall
BEGIN SELECT RAISE(ABORT, 'a recall is never deleted'); END;

-- Whose places entered which release, to keep the promise for a lifetime. It goes with the person.
CREATE TABLE release_entry (
  participant BLOB NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
  release BLOB NOT NULL CHECK (length(release) = 16),
  PRIMARY KEY (participant, release)
) STRICT;
