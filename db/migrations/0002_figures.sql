-- Figure ledger (数字台账): what the clerk said about a figure of a text. A figure is known by its
-- entry, the part it stands in, its sentence and its place there, so that what was said holds as
-- long as the sentence stands.
CREATE TABLE figure_marks (
  id TEXT PRIMARY KEY,
  expected_entry_id TEXT NOT NULL REFERENCES expected_entries (id),
  part TEXT NOT NULL,
  sentence TEXT NOT NULL,
  place INTEGER NOT NULL,
  printed TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL,
  marked_at TEXT NOT NULL,
  UNIQUE (expected_entry_id, part, sentence, place)
);
