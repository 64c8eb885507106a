-- Who runs a community and how to reach them; and the name by which participants are told of somebody of the staff.
ALTER TABLE community ADD COLUMN run_by TEXT;
ALTER TABLE community ADD COLUMN contact TEXT;
ALTER TABLE staff ADD COLUMN name TEXT;
