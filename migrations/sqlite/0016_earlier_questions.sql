-- The questions that a community asked before, as JSON, the newest last: places keep the answers that were given to them.
ALTER TABLE community ADD COLUMN earlier_questions TEXT CHECK (json_valid(earlier_questions));
