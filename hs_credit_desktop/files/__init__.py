"""Files that come in: notices, returns, mails; with reports the only place for Office libraries."""
