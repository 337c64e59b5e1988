"""The commands that keep the ledger: backup, restore, freeze, reopen, handover, merge, chase."""

import argparse
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.cli.answer import AddCommand, Answer, opened, round_of
from hs_credit_desktop.cli.arguments import about_round
from hs_credit_desktop.clock import system_clock
from hs_credit_desktop.errors import UserError
from hs_credit_desktop.paths import DataFolder

if TYPE_CHECKING:
    from hs_credit_desktop.services.backups import Preview
    from hs_credit_desktop.services.workspace import Workspace


def add_commands(command: AddCommand) -> None:
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
    made = command("handover", handover, "制作交接包，给另一台电脑")
    made.add_argument("file", type=Path, metavar="FILE", help="交接包文件")
    made.add_argument("--changes-only", action="store_true", help="只放对方没有的")
    _passphrase(made)
    made = command("merge", merge, "合并另一台电脑的交接包")
    made.add_argument("file", type=Path, metavar="FILE", help="交接包文件")
    made.add_argument("--dry-run", action="store_true", help="只看会怎样，不改动")
    made.add_argument(
        "--keep",
        choices=("here", "there"),
        help="两边都改过的，一律用这边（here）或那边（there）的",
    )
    _passphrase(made)


def _passphrase(made: argparse.ArgumentParser) -> None:
    """A passphrase from a file: on the command line others on this PC could read it."""
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help="口令写在这个文件里")


def _said_passphrase(options: argparse.Namespace) -> str | None:
    if options.passphrase_file is None:
        return None
    try:
        said = str(options.passphrase_file.read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError):
        said = ""
    if not said:
        raise UserError(
            f"口令文件 {options.passphrase_file} 读不出口令", "请把口令写在文件的第一行。"
        )
    return said


def backup(options: argparse.Namespace, root: Path) -> Answer:
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
    return Answer(data, lines, findings=bool(made.findings))


def restore(options: argparse.Namespace, root: Path) -> Answer:
    """Preview a backup, or put it back; also where the ledger is gone or does not open."""
    from hs_credit_desktop.services import backups, closed_restore
    from hs_credit_desktop.services.workspace import open_workspace

    open_again = partial(open_workspace, root, system_clock(), today=options.today)
    try:
        ws = open_again()
    except UserError as error:
        if not closed_restore.may_stand_in(error):
            raise
        shown = closed_restore.preview(root, options.file, system_clock())
        if not options.dry_run:
            closed_restore.restore(root, options.file, system_clock(), open_again).close()
        return _restored(
            options, shown, f"原来的台账打不开，留在 {closed_restore.SET_ASIDE} 文件夹。"
        )
    with closing(ws):
        shown = backups.preview(ws, options.file)
        if not options.dry_run:
            backups.restore(ws, options.file)
    return _restored(options, shown, "还原前的台账已存入备份，可以再还原回来。")


def _restored(options: argparse.Namespace, shown: "Preview", kept: str) -> Answer:
    """would_lose is null where the present could not be read."""
    lost: list[dict[str, Any]] = [asdict(line) for line in shown.would_lose]
    for line in lost:
        line["at"] = line["at"].isoformat()
    data = {"file": shown.file, "sha256": shown.sha256, **asdict(shown.contents)}
    holds = f"备份里有报送件 {shown.contents.returns} 份"
    if shown.present is None:
        did = "可以还原" if options.dry_run else "已还原"
        first = f"{did}，现在的台账读不出来，列不出会失去什么（{holds}）"
    else:
        did = "将会失去" if options.dry_run else "已还原，失去"
        first = f"{did} {len(lost)} 项操作（{holds}，现在有 {shown.present.returns} 份）"
    lines = [
        first,
        *(f"  {line.words}" for line in shown.would_lose),
        *([] if options.dry_run else [kept]),
    ]
    return Answer(data | {"would_lose": lost if shown.present else None}, lines)


def freeze(options: argparse.Namespace, root: Path) -> Answer:
    """Freeze a round."""
    from hs_credit_desktop.services import freezing

    with opened(options, root) as ws:
        freezing.freeze(ws, round_of(ws, options))
        return _round(ws, options, "已封存")


def reopen(options: argparse.Namespace, root: Path) -> Answer:
    """Open a frozen round again."""
    from hs_credit_desktop.services import forms, freezing, reviewing

    with opened(options, root) as ws:
        round_ = round_of(ws, options)
        named = forms.units_named(ws, [options.unit]) if options.unit else []
        unit = reviewing.unit_return(ws, round_, named[0].id) if named else None
        freezing.reopen(ws, round_, reason=options.reason, unit=unit)
        return _round(ws, options, "已解封")


def _round(ws: "Workspace", options: argparse.Namespace, did: str) -> Answer:
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
    return Answer(data, lines + ([f"快照校验 {taken[-1].sha256}"] if taken else []))


def handover(options: argparse.Namespace, root: Path) -> Answer:
    """Write a package for the other PC."""
    from hs_credit_desktop.services import handover as service

    with opened(options, root) as ws:
        made = service.handover(
            ws,
            options.file,
            passphrase=_said_passphrase(options),
            changes_only=options.changes_only,
        )
    data = {"file": made.file, "sha256": made.sha256, "rows": made.rows, "files": made.kept}
    what = "只含改动" if made.changes_only else "完整"
    return Answer(data, [f"已制作交接包（{what}）{made.file}", f"校验 {made.sha256}"])


def merge(options: argparse.Namespace, root: Path) -> Answer:
    """Merge a package; with conflicts and no --keep nothing changes and the status is 1."""
    from hs_credit_desktop.services import handover as service
    from hs_credit_desktop.services.handover import Choice
    from hs_credit_desktop.services.workspace import open_workspace

    passphrase = _said_passphrase(options)
    if not DataFolder(root).ledger.exists() and not options.dry_run:
        ws = service.open_package(
            root,
            options.file,
            lambda: open_workspace(root, system_clock(), today=options.today),
            passphrase=passphrase,
        )
        ws.close()
        return Answer(
            {"new": None, "changed": None, "same": None, "conflicts": []},
            [f"已用交接包建立台账：{ws.folder.ledger}"],
        )
    with opened(options, root) as ws:
        seen = service.preview(ws, options.file, passphrase=passphrase)
        stuck = bool(seen.conflicts) and options.keep is None
        if not options.dry_run and not stuck:
            keep = Choice(options.keep) if options.keep else None
            service.merge_package(ws, options.file, passphrase=passphrase, otherwise=keep)
    data = {"new": seen.new, "changed": seen.changed, "same": seen.same}
    did = "没有合并" if stuck or options.dry_run else "已合并"
    counts = f"新增 {seen.new}，更新 {seen.changed}，相同 {seen.same}，冲突 {len(seen.conflicts)}"
    lines = [
        f"{did}：{counts}",
        *(
            f"  {item.where}·{item.field}　这边：{item.here}　那边：{item.there}".replace(
                "\n", "；"
            )
            for item in seen.conflicts
        ),
    ]
    conflicts = [asdict(item) for item in seen.conflicts]
    return Answer(data | {"conflicts": conflicts}, lines, findings=stuck)
