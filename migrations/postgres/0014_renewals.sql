-- An agreement by which somebody who was in as many releases as one may be goes on: the number that they were shown.
-- NULL for every other agreement.
ALTER TABLE consent ADD COLUMN renewed_at BIGINT CHECK (renewed_at >= 1);
