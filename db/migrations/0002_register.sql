-- Register of units: contacts, mergers, names over time.
-- A unit that went into another one is deactivated and says which and since when.
ALTER TABLE units ADD COLUMN merged_into TEXT REFERENCES units (id);
ALTER TABLE units ADD COLUMN merged_on TEXT;
CREATE INDEX units_by_merger ON units (merged_into);
-- alias: another printed name; former: its own name until to_on; merged: of a unit that went in.
ALTER TABLE unit_aliases ADD COLUMN kind TEXT NOT NULL DEFAULT 'alias';
-- Members over time: one that left has the day in to_on.
ALTER TABLE unit_group_members ADD COLUMN from_on TEXT;
ALTER TABLE unit_group_members ADD COLUMN to_on TEXT;
