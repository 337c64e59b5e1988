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


# No seal: lines hashed one over the other, what is counted or indexed anew, and the seals' sums.
UNSEALED = ("audit", "return_tallies", "entry_tallies", "table_seals")


def seal_new_tables(db: Database) -> None:
    """Give every new table the columns of store/seals.py and its line in table_seals."""
    for name in db.table_names():
        if name in UNSEALED or name.startswith(("search_", "_sqlite")):
            continue
        columns = db[name].columns
        if any(item.is_pk for item in columns) and not any(item.name == "seal" for item in columns):
            db.execute(f"ALTER TABLE {name} ADD COLUMN seal BLOB")
            db.execute(f"ALTER TABLE {name} ADD COLUMN stamps TEXT")
            held = db[name].count
            db.execute("INSERT INTO table_seals VALUES (?, ?, zeroblob(16), '')", [name, held])


@ledger()
def m0001_ledger(db: Database) -> None:
    """Everything of the first release."""
    run_script(db, "0001_ledger.sql")
    seal_new_tables(db)


@ledger()
def m0002_second_release(db: Database) -> None:
    """What the second release added, a file a topic."""
    for topic in ("composing", "papers", "figures", "register", "editing", "lists"):
        run_script(db, f"0002_{topic}.sql")
    seal_new_tables(db)
