-- Papers that leave the office: what was published, document numbers, seal log, the office's seal.
-- None of them belongs to what a frozen round says: a paper is printed, sealed and filed afterwards.

CREATE TABLE published_papers (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL REFERENCES rounds (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  pages INTEGER,
  number TEXT NOT NULL,
  published_at TEXT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX published_papers_by_round ON published_papers (round_id, published_at);

-- 发文登记. Two PCs may take the same number: the register then shows it twice, so it is no key.
CREATE TABLE document_numbers (
  id TEXT PRIMARY KEY,
  word TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  round_id TEXT REFERENCES rounds (id),
  taken_on TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  voided_at TEXT,
  void_reason TEXT
);
CREATE INDEX document_numbers_by_number ON document_numbers (word, year, number);
CREATE INDEX document_numbers_by_round ON document_numbers (round_id);

-- 用印登记. sha256: of the paper as it was printed.
CREATE TABLE seal_log (
  id TEXT PRIMARY KEY,
  round_id TEXT REFERENCES rounds (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  copies INTEGER NOT NULL,
  sealed_by TEXT NOT NULL,
  sealed_on TEXT NOT NULL,
  purpose TEXT NOT NULL,
  image INTEGER NOT NULL DEFAULT 0,
  logged_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  voided_at TEXT,
  void_reason TEXT
);
CREATE INDEX seal_log_by_round ON seal_log (round_id, logged_at);

-- Scans of the sealed paper, kept under files/ by their SHA-256.
CREATE TABLE seal_scans (
  id TEXT PRIMARY KEY,
  seal_log_id TEXT NOT NULL REFERENCES seal_log (id),
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  deactivated_at TEXT
);
CREATE INDEX seal_scans_by_log ON seal_scans (seal_log_id);
CREATE INDEX seal_scans_by_file ON seal_scans (sha256);

-- The office's own seal as a picture, under a passphrase (store/sealed_box.py); width in mm.
CREATE TABLE seal_images (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  width REAL NOT NULL,
  added_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  deactivated_at TEXT
);
