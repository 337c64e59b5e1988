-- The ledger, first version. Keys are UUIDs (two PCs must be able to merge); dates are ISO days,
-- moments ISO with +08:00. Nothing that has history is deleted: deactivated_at is set instead.

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Append-only; each line carries the SHA-256 over the line before and itself.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
);
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- Files kept unmodified under files/ by their SHA-256.
CREATE TABLE files (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  stored_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  doc_number TEXT,
  issued_on TEXT,
  issuer TEXT,
  addressees TEXT,
  contact_name TEXT,
  contact_phone TEXT,
  contact_mailbox TEXT,
  source_name TEXT NOT NULL,
  source_sha256 TEXT NOT NULL REFERENCES files (sha256),
  source_text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  ordinal INTEGER NOT NULL
);

CREATE TABLE pillars (
  id TEXT PRIMARY KEY,
  notice_id TEXT NOT NULL REFERENCES notices (id),
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  deactivated_at TEXT
);
CREATE INDEX pillars_by_notice ON pillars (notice_id, ordinal);

CREATE TABLE measures (
  id TEXT PRIMARY KEY,
  notice_id TEXT NOT NULL REFERENCES notices (id),
  pillar_id TEXT NOT NULL REFERENCES pillars (id),
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  heading TEXT,
  body TEXT NOT NULL,
  deadline_printed TEXT,
  deadline_due_on TEXT,
  place_line INTEGER NOT NULL,
  place_start INTEGER NOT NULL,
  place_end INTEGER NOT NULL,
  place_sha256 TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  deactivated_at TEXT
);
CREATE INDEX measures_by_notice ON measures (notice_id, ordinal);
CREATE INDEX measures_by_pillar ON measures (pillar_id);

CREATE TABLE units (
  id TEXT PRIMARY KEY,
  canonical_name TEXT NOT NULL UNIQUE,
  short_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  initials TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  deactivated_at TEXT
);
CREATE INDEX units_by_order ON units (ordinal);

CREATE TABLE unit_aliases (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES units (id),
  alias TEXT NOT NULL,
  from_on TEXT,
  to_on TEXT,
  UNIQUE (alias, unit_id)
);
CREATE INDEX unit_aliases_by_unit ON unit_aliases (unit_id);

CREATE TABLE unit_groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  ordinal INTEGER NOT NULL
);
CREATE TABLE unit_group_aliases (
  alias TEXT NOT NULL,
  group_id TEXT NOT NULL REFERENCES unit_groups (id),
  PRIMARY KEY (alias, group_id)
) WITHOUT ROWID;
CREATE INDEX unit_group_aliases_by_group ON unit_group_aliases (group_id);
CREATE TABLE unit_group_members (
  group_id TEXT NOT NULL REFERENCES unit_groups (id),
  unit_id TEXT NOT NULL REFERENCES units (id),
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (group_id, unit_id)
) WITHOUT ROWID;
CREATE INDEX unit_group_members_by_unit ON unit_group_members (unit_id);

CREATE TABLE responsibilities (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL REFERENCES measures (id),
  unit_id TEXT REFERENCES units (id),
  group_id TEXT REFERENCES unit_groups (id),
  printed TEXT NOT NULL,
  role TEXT NOT NULL,
  suggested INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  deactivated_at TEXT,
  CHECK ((unit_id IS NULL) <> (group_id IS NULL))
);
CREATE INDEX responsibilities_by_measure ON responsibilities (measure_id, ordinal);
CREATE INDEX responsibilities_by_unit ON responsibilities (unit_id);
CREATE INDEX responsibilities_by_group ON responsibilities (group_id);

CREATE TABLE doubts (
  id TEXT PRIMARY KEY,
  notice_id TEXT NOT NULL REFERENCES notices (id),
  measure_id TEXT REFERENCES measures (id),
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  choices TEXT NOT NULL,
  answer TEXT,
  ordinal INTEGER NOT NULL
);
CREATE INDEX doubts_by_notice ON doubts (notice_id, ordinal);
CREATE INDEX doubts_by_measure ON doubts (measure_id);

CREATE TABLE rounds (
  id TEXT PRIMARY KEY,
  notice_id TEXT NOT NULL REFERENCES notices (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  due_on TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at TEXT,
  UNIQUE (notice_id, number)
);

-- The expected list, materialised when a round opens: later edits of units do not rewrite history.
CREATE TABLE expected_returns (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  unit_id TEXT NOT NULL REFERENCES units (id),
  unit_name TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'missing',
  entries INTEGER NOT NULL,
  covered INTEGER NOT NULL DEFAULT 0,
  first_received_on TEXT,
  extended_to TEXT,
  extension_reason TEXT,
  resubmit_by TEXT,
  exempt_reason TEXT,
  return_id TEXT REFERENCES returns (id),
  version INTEGER NOT NULL DEFAULT 0,
  chases INTEGER NOT NULL DEFAULT 0,
  paper_copy_on TEXT,
  UNIQUE (round_id, unit_id)
);
CREATE INDEX expected_returns_by_order ON expected_returns (round_id, ordinal);
CREATE INDEX expected_returns_by_state ON expected_returns (round_id, state, ordinal);
CREATE INDEX expected_returns_by_receipt ON expected_returns (round_id, first_received_on, ordinal);
CREATE INDEX expected_returns_exempt ON expected_returns (round_id, ordinal)
  WHERE exempt_reason IS NOT NULL;
CREATE INDEX expected_returns_by_unit ON expected_returns (unit_id);
CREATE INDEX expected_returns_by_return ON expected_returns (return_id);

CREATE TABLE expected_entries (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  expected_return_id TEXT NOT NULL REFERENCES expected_returns (id),
  unit_id TEXT NOT NULL REFERENCES units (id),
  measure_id TEXT NOT NULL REFERENCES measures (id),
  pillar_id TEXT NOT NULL REFERENCES pillars (id),
  role TEXT NOT NULL,
  suggested INTEGER NOT NULL,
  measure_ordinal INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'missing',
  exempt INTEGER NOT NULL DEFAULT 0,
  covered INTEGER NOT NULL DEFAULT 0,
  feedback_id TEXT REFERENCES feedback (id),
  UNIQUE (round_id, measure_id, unit_id)
);
-- Within a measure: lead first, then official order; within a return: printed order of measures.
CREATE INDEX expected_entries_by_measure
  ON expected_entries (round_id, measure_id, role DESC, ordinal);
CREATE INDEX expected_entries_by_round
  ON expected_entries (round_id, measure_ordinal, role DESC, ordinal);
CREATE INDEX expected_entries_by_pillar
  ON expected_entries (round_id, pillar_id, measure_ordinal, role DESC, ordinal);
CREATE INDEX expected_entries_by_return ON expected_entries (expected_return_id, measure_ordinal);
CREATE INDEX expected_entries_by_unit ON expected_entries (unit_id);
CREATE INDEX expected_entries_by_feedback ON expected_entries (feedback_id);

CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  expected_return_id TEXT NOT NULL REFERENCES expected_returns (id),
  version INTEGER NOT NULL,
  received_on TEXT NOT NULL,
  channel TEXT NOT NULL,
  on_behalf INTEGER NOT NULL DEFAULT 0,
  recorded_at TEXT NOT NULL,
  withdrawn_at TEXT,
  filled_by TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  checked_by TEXT NOT NULL DEFAULT '',
  UNIQUE (expected_return_id, version)
);

CREATE TABLE feedback (
  id TEXT PRIMARY KEY,
  return_id TEXT NOT NULL REFERENCES returns (id),
  expected_entry_id TEXT NOT NULL REFERENCES expected_entries (id),
  progress TEXT NOT NULL,
  results TEXT NOT NULL,
  problems TEXT NOT NULL,
  next_steps TEXT NOT NULL,
  completion TEXT,
  saved_at TEXT NOT NULL,
  row_hash TEXT NOT NULL,
  UNIQUE (return_id, expected_entry_id)
);
CREATE INDEX feedback_by_entry ON feedback (expected_entry_id);

-- Evidence of a feedback entry, or the original file of a return.
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  expected_entry_id TEXT REFERENCES expected_entries (id),
  return_id TEXT REFERENCES returns (id),
  name TEXT NOT NULL,
  sender TEXT,
  received_at TEXT NOT NULL,
  deactivated_at TEXT,
  CHECK ((expected_entry_id IS NULL) <> (return_id IS NULL))
);
CREATE INDEX attachments_by_entry ON attachments (expected_entry_id);
CREATE INDEX attachments_by_return ON attachments (return_id);
CREATE INDEX attachments_by_file ON attachments (sha256);

-- The code (回执码) printed on a unit's form; it stays with its place in the expected list.
CREATE TABLE return_codes (
  code TEXT PRIMARY KEY,
  expected_return_id TEXT NOT NULL UNIQUE REFERENCES expected_returns (id),
  made_at TEXT NOT NULL
) WITHOUT ROWID;

-- The inbox: single files as they came, what was read from them, and what became of each. `reading`
-- and `assigned` are JSON (store/staging.py); nothing here counts as reported.
CREATE TABLE staged_items (
  id TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  sha256 TEXT REFERENCES files (sha256),
  outcome TEXT NOT NULL,
  proposal TEXT NOT NULL,
  how TEXT,
  why TEXT NOT NULL,
  expected_return_id TEXT REFERENCES expected_returns (id),
  received_on TEXT,
  received_at TEXT,
  reason TEXT NOT NULL,
  reading TEXT NOT NULL,
  assigned TEXT NOT NULL,
  findings TEXT NOT NULL,
  return_id TEXT REFERENCES returns (id),
  staged_at TEXT NOT NULL,
  decided_at TEXT
);
CREATE INDEX staged_items_by_order ON staged_items (round_id, staged_at, ordinal);
CREATE INDEX staged_items_by_file ON staged_items (sha256);
CREATE INDEX staged_items_by_outcome ON staged_items (outcome, round_id);
CREATE INDEX staged_items_by_expected ON staged_items (expected_return_id);
CREATE INDEX staged_items_by_return ON staged_items (return_id);

CREATE TABLE reviews (
  id TEXT PRIMARY KEY,
  return_id TEXT NOT NULL REFERENCES returns (id),
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  due_on TEXT,
  reviewer TEXT NOT NULL,
  reviewed_at TEXT NOT NULL
);
CREATE INDEX reviews_by_return ON reviews (return_id, reviewed_at);

CREATE TABLE chases (
  id TEXT PRIMARY KEY,
  expected_return_id TEXT NOT NULL REFERENCES expected_returns (id),
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  caller TEXT NOT NULL,
  answered_by TEXT,
  promise TEXT,
  promised_by TEXT,
  chased_at TEXT NOT NULL
);
CREATE INDEX chases_by_return ON chases (expected_return_id, chased_at);

CREATE TABLE summaries (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  measure_id TEXT REFERENCES measures (id),
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  saved_at TEXT NOT NULL
);
CREATE UNIQUE INDEX summaries_by_place ON summaries (round_id, ifnull(measure_id, ''), version);
CREATE INDEX summaries_by_measure ON summaries (measure_id);

-- Whom to call in a unit; a contact who left is deactivated.
CREATE TABLE unit_contacts (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES units (id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  mailbox TEXT NOT NULL,
  note TEXT NOT NULL,
  since TEXT NOT NULL,
  deactivated_at TEXT
);
CREATE INDEX unit_contacts_by_unit ON unit_contacts (unit_id);

-- A frozen round as it was: the whole ledger of that moment, kept as a file, from which every paper
-- prints again the same. `contents` is the SHA-256 over the rows of the round.
CREATE TABLE snapshots (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  version INTEGER NOT NULL,
  contents TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  frozen_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  UNIQUE (round_id, version)
);
CREATE INDEX snapshots_by_file ON snapshots (sha256);
-- Why a frozen round, or one unit of it, was opened again; closed when it is frozen anew.
CREATE TABLE reopenings (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  expected_return_id TEXT REFERENCES expected_returns (id),
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT
);
CREATE INDEX reopenings_by_round ON reopenings (round_id, closed_at);
CREATE INDEX reopenings_by_return ON reopenings (expected_return_id);

-- Two PCs: every copy of the ledger is a site. Every row of the tables above (but audit) carries
-- `seal` and `stamps` (store/seals.py; the columns are added by the migration). Of another site is
-- known up to which of its audit lines its changes are in here, and the hash of that line.
CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) WITHOUT ROWID;
-- What was deleted here, so that a merge does not bring it back.
CREATE TABLE tombstones (
  tbl TEXT NOT NULL,
  key TEXT NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (tbl, key)
) WITHOUT ROWID;
-- Audit lines of the other sites, as they came.
CREATE TABLE foreign_audit (
  hash TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL
) WITHOUT ROWID;
-- Of each sealed table: how many rows it has, the exclusive or of their seals, and the columns that
-- the seals are over ('' before the first row).
CREATE TABLE table_seals (
  tbl TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  digest BLOB NOT NULL,
  columns TEXT NOT NULL
) WITHOUT ROWID;

-- Days the office knows better than the shipped calendar: 1 working day, 0 day off.
CREATE TABLE holidays (
  day TEXT PRIMARY KEY,
  workday INTEGER NOT NULL,
  name TEXT NOT NULL
) WITHOUT ROWID;

-- A key column of a WITHOUT ROWID table stands before the others: quick_check of SQLite 3.40
-- mistakes a later one for NULL.
-- Tallies kept by triggers, so that no card or tree scans a list (`check` recounts them).
CREATE TABLE return_tallies (
  round_id TEXT NOT NULL,
  state TEXT NOT NULL,
  exempt INTEGER NOT NULL,
  first_received_on TEXT NOT NULL,
  returns INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  PRIMARY KEY (round_id, state, exempt, first_received_on)
) WITHOUT ROWID;

CREATE TRIGGER return_tallies_insert AFTER INSERT ON expected_returns
BEGIN
  INSERT INTO return_tallies
  VALUES (new.round_id, new.state, new.exempt_reason IS NOT NULL,
          ifnull(new.first_received_on, ''), 1, new.entries, new.covered)
  ON CONFLICT DO UPDATE SET
    returns = returns + 1, entries = entries + excluded.entries,
    covered = covered + excluded.covered;
END;
CREATE TRIGGER return_tallies_update
AFTER UPDATE OF state, entries, covered, first_received_on, exempt_reason ON expected_returns
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
  INSERT INTO return_tallies
  VALUES (new.round_id, new.state, new.exempt_reason IS NOT NULL,
          ifnull(new.first_received_on, ''), 1, new.entries, new.covered)
  ON CONFLICT DO UPDATE SET
    returns = returns + 1, entries = entries + excluded.entries,
    covered = covered + excluded.covered;
END;

CREATE TABLE entry_tallies (
  round_id TEXT NOT NULL,
  measure_id TEXT NOT NULL,
  state TEXT NOT NULL,
  exempt INTEGER NOT NULL,
  covered INTEGER NOT NULL,
  pillar_id TEXT NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (round_id, measure_id, state, exempt, covered)
) WITHOUT ROWID;

CREATE TRIGGER entry_tallies_insert AFTER INSERT ON expected_entries
BEGIN
  INSERT INTO entry_tallies
  VALUES (new.round_id, new.measure_id, new.state, new.exempt, new.covered, new.pillar_id, 1)
  ON CONFLICT DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER entry_tallies_update
AFTER UPDATE OF state, exempt, covered ON expected_entries
BEGIN
  UPDATE entry_tallies SET entries = entries - 1
  WHERE round_id = old.round_id AND measure_id = old.measure_id AND state = old.state
    AND exempt = old.exempt AND covered = old.covered;
  DELETE FROM entry_tallies
  WHERE round_id = old.round_id AND measure_id = old.measure_id AND state = old.state
    AND exempt = old.exempt AND covered = old.covered AND entries = 0;
  INSERT INTO entry_tallies
  VALUES (new.round_id, new.measure_id, new.state, new.exempt, new.covered, new.pillar_id, 1)
  ON CONFLICT DO UPDATE SET entries = entries + 1;
END;

-- Search: one document a current feedback, measure or unit. Each character is one token (its code
-- point in hex), so that a phrase query finds any substring; FTS5 trigram finds no two-character
-- word and unicode61 drops punctuation. The text itself stays where it belongs.
CREATE TABLE search_documents (
  doc INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE search_index USING fts5 (body, content = '', tokenize = 'ascii');
