-- Editing the notice by hand and next year's notice.

-- What a doubt is about (JSON list), so that an answer given later can act on it.
ALTER TABLE doubts ADD COLUMN names TEXT;
-- The measure of an earlier notice that this one goes on with.
ALTER TABLE measures ADD COLUMN previous_id TEXT REFERENCES measures (id);
CREATE INDEX measures_by_previous ON measures (previous_id);

-- Entries can leave an expected list, and go with their measure to another pillar.
CREATE TRIGGER return_tallies_delete AFTER DELETE ON expected_returns
BEGIN
  UPDATE return_tallies
  SET returns = returns - 1, entries = entries - old.entries, covered = covered - old.covered
  WHERE round_id = old.round_id AND state = old.state
    AND exempt = (old.exempt_reason IS NOT NULL)
    AND first_received_on = ifnull(old.first_received_on, '');
  DELETE FROM return_tallies
  WHERE round_id = old.round_id AND state = old.state
    AND exempt = (old.exempt_reason IS NOT NULL)
    AND first_received_on = ifnull(old.first_received_on, '') AND returns = 0;
END;
CREATE TRIGGER entry_tallies_delete AFTER DELETE ON expected_entries
BEGIN
  UPDATE entry_tallies SET entries = entries - 1
  WHERE round_id = old.round_id AND measure_id = old.measure_id AND state = old.state
    AND exempt = old.exempt AND covered = old.covered;
  DELETE FROM entry_tallies
  WHERE round_id = old.round_id AND measure_id = old.measure_id AND state = old.state
    AND exempt = old.exempt AND covered = old.covered AND entries = 0;
END;
CREATE TRIGGER entry_tallies_move AFTER UPDATE OF pillar_id ON expected_entries
WHEN old.pillar_id <> new.pillar_id
BEGIN
  UPDATE entry_tallies SET pillar_id = new.pillar_id
  WHERE round_id = new.round_id AND measure_id = new.measure_id;
END;
