"""The ledger's schema, one migration a version; `user_version` is the number of those applied."""

from pathlib import Path
from sqlite3 import complete_statement

from sqlite_utils import Database, Migrations

ledger = Migrations("ledger")
HERE = Path(__file__).parent


def run_script(db: Database, name: str) -> None:
    """Run the statements of a .sql file inside the migration's own transaction."""
    statement = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            db.execute(statement)
            statement = ""


@ledger()
def m0001_ledger(db: Database) -> None:
    """Everything of the first release."""
    run_script(db, "0001_ledger.sql")
