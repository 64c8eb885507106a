-- Layer E4: the noisy numbers of each neighbourhood by activity; null where it was not made.
ALTER TABLE release ADD COLUMN activities json NOT NULL DEFAULT 'null';
-- Where the neighbourhoods of a release were and how many lived there, so that a later import does not change what it
-- says; null for releases made before this was kept.
ALTER TABLE release ADD COLUMN ground json NOT NULL DEFAULT 'null';
