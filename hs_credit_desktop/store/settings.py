"""Settings of the office and the office's own table of holidays."""

from collections.abc import Mapping
from datetime import date

from hs_credit_desktop.store.ledger import Ledger


def get(ledger: Ledger, key: str, default: str = "") -> str:
    """The value of a setting, or `default`."""
    found = ledger.value("SELECT value FROM settings WHERE key = ?", key)
    return default if found is None else str(found)


def put(ledger: Ledger, key: str, value: str) -> None:
    """Set a value inside the open transaction."""
    ledger.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        key,
        value,
    )


def remove(ledger: Ledger, key: str) -> None:
    """Forget a setting inside the open transaction."""
    ledger.execute("DELETE FROM settings WHERE key = ?", key)


def starting_with(ledger: Ledger, prefix: str) -> tuple[tuple[str, str], ...]:
    """(key, value) of the settings whose keys begin so, by key."""
    rows = ledger.query(
        "SELECT key, value FROM settings WHERE substr(key, 1, ?) = ? ORDER BY key",
        len(prefix),
        prefix,
    )
    return tuple((row["key"], row["value"]) for row in rows)


def holidays(ledger: Ledger) -> dict[date, tuple[bool, str]]:
    """The office's own days: day → (working day, name)."""
    rows = ledger.query("SELECT day, workday, name FROM holidays ORDER BY day")
    return {date.fromisoformat(row["day"]): (bool(row["workday"]), row["name"]) for row in rows}


def replace_holidays(ledger: Ledger, days: Mapping[date, tuple[bool, str]]) -> None:
    """Replace the whole table inside the open transaction."""
    ledger.execute("DELETE FROM holidays")
    ledger.insert_many(
        "holidays",
        ("day", "workday", "name"),
        [(day.isoformat(), workday, name) for day, (workday, name) in days.items()],
    )
