"""The commands backup, restore, freeze and reopen: the same services, as JSON and as lines."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.cli_receiving import AddCommand, Said
from hs_credit_desktop.clock import system_clock

if TYPE_CHECKING:
    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.workspace import Workspace


def add_commands(
    command: AddCommand, about_round: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add the commands with their options."""
    made = command("backup", backup, "备份台账")
    made.add_argument("--out", type=Path, metavar="FILE", help="备份成这个文件，原件放在旁边")
    made = command("restore", restore, "从备份还原台账，先存下现在的")
    made.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    made.add_argument("--dry-run", action="store_true", help="只看会失去什么，不改动")
    about_round(command("freeze", freeze, "封存一轮，此后只读"))
    made = command("reopen", reopen, "解封一轮，或其中一家单位")
    about_round(made)
    made.add_argument("--reason", required=True, metavar="TEXT", help="解封的原因")
    made.add_argument("--unit", metavar="NAME", help="只解封这家单位")


@contextmanager
def opened(
    options: argparse.Namespace, root: Path, *, read_only: bool = False
) -> "Iterator[Workspace]":
    """The ledger of the data folder, closed afterwards."""
    from hs_credit_desktop.services.workspace import open_workspace

    ws = open_workspace(root, system_clock(), read_only=read_only, today=options.today)
    try:
        yield ws
    finally:
        ws.close()


def round_of(ws: "Workspace", options: argparse.Namespace) -> "Round":
    """The round that --notice and --round mean."""
    from hs_credit_desktop.services import overview

    return overview.round_of(ws, overview.notice(ws, options.notice).id, options.round)


def backup(options: argparse.Namespace, root: Path) -> Said:
    """Make a backup and look it through."""
    from hs_credit_desktop.services import backups

    with opened(options, root, read_only=True) as ws:
        made = backups.make(ws, out=options.out)
    data = {"file": made.file, "sha256": made.sha256, **asdict(made.contents), "would_lose": []}
    lines = [
        f"已备份 {made.file}",
        f"报送件 {made.contents.returns} 份，反馈 {made.contents.entries} 条，校验 {made.sha256}",
        *([f"第二份 {made.second}"] if made.second else []),
        *([made.trouble] if made.trouble else []),
        *([f"台账检查发现 {made.findings} 个问题，请用 check 查看"] if made.findings else []),
    ]
    return Said(data, lines, findings=bool(made.findings))


def restore(options: argparse.Namespace, root: Path) -> Said:
    """Preview a backup, or put it back."""
    from hs_credit_desktop.services import backups

    with opened(options, root) as ws:
        shown = backups.preview(ws, options.file)
        if not options.dry_run:
            backups.restore(ws, options.file)
    lost: list[dict[str, Any]] = [asdict(line) for line in shown.would_lose]
    for line in lost:
        line["at"] = line["at"].isoformat()
    data = {"file": shown.file, "sha256": shown.sha256, **asdict(shown.contents)}
    before = "将会失去" if options.dry_run else "已还原，失去"
    counts = f"备份里有报送件 {shown.contents.returns} 份，现在有 {shown.present.returns} 份"
    lines = [
        f"{before} {len(lost)} 项操作（{counts}）",
        *(f"  {line.words}" for line in shown.would_lose),
        *([] if options.dry_run else ["还原前的台账已存入备份，可以再还原回来。"]),
    ]
    return Said(data | {"would_lose": lost}, lines)


def freeze(options: argparse.Namespace, root: Path) -> Said:
    """Freeze a round."""
    from hs_credit_desktop.services import freezing

    with opened(options, root) as ws:
        freezing.freeze(ws, round_of(ws, options))
        return _round(ws, options, "已封存")


def reopen(options: argparse.Namespace, root: Path) -> Said:
    """Open a frozen round again."""
    from hs_credit_desktop.services import forms, freezing, reviewing

    with opened(options, root) as ws:
        round_ = round_of(ws, options)
        named = forms.units_named(ws, [options.unit]) if options.unit else []
        unit = reviewing.unit_return(ws, round_, named[0].id) if named else None
        freezing.reopen(ws, round_, reason=options.reason, unit=unit)
        return _round(ws, options, "已解封")


def _round(ws: "Workspace", options: argparse.Namespace, did: str) -> Said:
    """The round as it stands now, with its newest snapshot and what is open in it."""
    from hs_credit_desktop.services import freezing

    round_ = round_of(ws, options)
    taken = freezing.snapshots_of(ws, round_)
    data = {
        "number": round_.number,
        "name": round_.name,
        "due_on": round_.due_on,
        "state": round_.state.value,
        "sha256": taken[-1].sha256 if taken else None,
        "contents": taken[-1].contents if taken else None,
        "frozen_at": taken[-1].frozen_at.isoformat() if taken else None,
        "reopened": [item.reason for item in freezing.open_reopenings(ws, round_)],
    }
    lines = [f"{round_.name}{did}，现在是{round_.state.label}"]
    return Said(data, lines + ([f"快照校验 {taken[-1].sha256}"] if taken else []))
