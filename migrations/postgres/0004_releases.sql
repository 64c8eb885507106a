-- The privacy ledger, in the order of charging.
CREATE TABLE ledger (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  community text NOT NULL REFERENCES community (id),
  -- The release that it pays for, which may never come to be.
  release uuid NOT NULL,
  layer text NOT NULL,
  sensitivity_squared bigint NOT NULL CHECK (sensitivity_squared >= 0),
  sigma bigint NOT NULL CHECK (sigma >= 0),
  rho_billionths bigint NOT NULL CHECK (rho_billionths >= 0),
  domain bytea NOT NULL CHECK (length(domain) = 32),
  code text NOT NULL,
  on_demand boolean NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX ledger_by_community ON ledger (community, seq);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE OR DELETE ON ledger
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON ledger EXECUTE FUNCTION refuse();

CREATE TABLE release (
  id uuid PRIMARY KEY,
  community text NOT NULL REFERENCES community (id),
  made_at bigint NOT NULL,
  on_demand boolean NOT NULL,
  -- json, not jsonb: the text as it was published, number by number.
  parameters json NOT NULL,
  cells json NOT NULL,
  neighbourhoods json NOT NULL
);
CREATE INDEX release_by_community ON release (community, made_at);
CREATE TRIGGER release_is_never_changed BEFORE UPDATE OR DELETE ON release
  FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER release_is_never_emptied BEFORE TRUNCATE ON release EXECUTE FUNCTION refuse();
