-- Layer C: the noisy numbers of the whole community; null where it was not made.
ALTER TABLE release ADD COLUMN totals json NOT NULL DEFAULT 'null';

-- Releases that turned out to be defective. Their tables stay, and so does what they cost.
CREATE TABLE recall (
  release uuid PRIMARY KEY REFERENCES release (id),
  reason text NOT NULL,
  at bigint NOT NULL
);
CREATE TRIGGER recall_is_never_changed BEFORE UPDATE OR DELETE ON recall
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER recall_is_never_emptied BEFORE TRUNCATE ON recall EXECUTE FUNCTION refuse();

-- Whose places entered which release, to keep the promise for a lifetime. It goes with the person.
CREATE TABLE release_entry (
  participant uuid NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
  release uuid NOT NULL,
  PRIMARY KEY (participant, release)
);
