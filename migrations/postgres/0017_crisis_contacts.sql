-- Whom to call in a crisis as the community's steward says, as JSON; NULL for what comes with the program.
ALTER TABLE community ADD COLUMN crisis_contacts text;
