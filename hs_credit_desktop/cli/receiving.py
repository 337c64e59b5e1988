"""The commands forms, receive and review: the same services, as JSON and as lines for people."""

import argparse
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hs_credit_desktop.cli.answer import AddCommand, Answer, opened, round_of
from hs_credit_desktop.cli.arguments import about_round, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hs_credit_desktop.domain.rounds import Round
    from hs_credit_desktop.services.look import Look
    from hs_credit_desktop.services.workspace import Workspace


def add_commands(command: AddCommand) -> None:
    """Add the three commands with their options."""
    made = command("forms", forms, "制作反馈表和交付清单")
    about_round(made)
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="放到哪个文件夹")
    made.add_argument("--format", choices=("xlsx", "docx", "pdf"), help="全部用这一种格式")
    made.add_argument("--unit", action="append", metavar="NAME", help="只做这家单位，可写多次")
    made = command("receive", receive, "收件：读入文件、文件夹、压缩包、邮件")
    made.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="收到的文件或文件夹")
    about_round(made)
    made.add_argument("--accept", action="store_true", help="确定无疑的直接登记")
    made.add_argument("--received-on", type=day, metavar="DATE", help="收到日期（邮件以信头为准）")
    made = command("review", review, "审核一家单位的报送件")
    made.add_argument("unit", metavar="UNIT", help="单位名称、简称、别名或拼音首字母")
    about_round(made)
    made.add_argument("decision", choices=tuple(_DECISIONS), help="通过、退回补报或存疑")
    made.add_argument("--reason", default="", metavar="TEXT", help="退回或存疑的原因")
    made.add_argument("--due", type=day, metavar="DATE", help="补报日期")


_DECISIONS = {"accept": "accepted", "send-back": "sent_back", "hold": "on_hold"}


@contextmanager
def _round(options: argparse.Namespace, root: Path) -> "Iterator[tuple[Workspace, Round]]":
    """The ledger, open for writing, and the round that the options mean."""
    with opened(options, root) as ws:
        yield ws, round_of(ws, options)


def forms(options: argparse.Namespace, root: Path) -> Answer:
    """Write the return forms and the delivery list."""
    from hs_credit_desktop.services import forms as service

    with _round(options, root) as (ws, round_):
        units = service.units_named(ws, options.unit or ())
        made = service.make_forms(
            ws,
            round_,
            options.out,
            fmt=options.format,
            unit_ids={unit.id for unit in units} if options.unit else None,
        )
    lines = [f"{file.unit}　{file.return_code}　{file.path}" for file in made.forms]
    lines.append(f"共 {len(made.forms)} 份，交付清单：{made.delivery}")
    files = [asdict(file) for file in made.forms]
    return Answer({"files": files, "delivery": made.delivery}, lines)


def receive(options: argparse.Namespace, root: Path) -> Answer:
    """Read files into the inbox, and with --accept take in what is certain."""
    from hs_credit_desktop.services import backups, inbox, receiving

    inbound = receiving.read_files(options.paths)
    with _round(options, root) as (ws, round_):
        if options.accept:
            backups.if_changed(ws, backups.Kind.BEFORE_IMPORT)
        batch = receiving.stage(ws, inbound, round_, received_on=options.received_on)
        if options.accept:
            inbox.settle_certain(ws, round_, batch.id)
        shown = inbox.tray(ws, round_, batch.id)
        items = [_item(ws, round_, look) for look in shown]
    counted = inbox.totals(look.item for look in shown)
    data = asdict(counted) | {"items": items, "ignored": list(inbound.ignored)}
    lines = [_line(look) for look in shown]
    lines += [f"未计入：{name}（临时文件或系统文件）" for name in inbound.ignored]
    lines.append(
        f"收到 {counted.files_in} ＝ 已接收 {counted.accepted} ＋ 暂存 {counted.staged}"
        f" ＋ 拒收 {counted.refused} ＋ 其他 {counted.other}"
    )
    return Answer(data, lines, findings=counted.refused > 0)


def _item(ws: "Workspace", round_: "Round", look: "Look") -> dict[str, Any]:
    from hs_credit_desktop.services import reviewing

    item, expected = look.item, look.expected
    accepted = [
        line.version
        for line in (reviewing.history(ws, expected.id).versions if expected else ())
        if line.id == item.return_id
    ]
    following = expected.version + 1 if expected else None
    return {
        "file": item.name,
        "outcome": item.outcome.value,
        "unit": expected.unit_name if expected else None,
        "round": round_.number,
        "version": accepted[0] if accepted else following,
        "received_on": item.received_on,
        "how": item.how.value if item.how else None,
        "reason": item.reason or look.proposed_reason or None,
        "findings": [
            {"kind": found.kind.value, "where": found.where, "text": found.text}
            for found in look.findings
        ],
    }


def _line(look: "Look") -> str:
    unit = look.expected.unit_name if look.expected else "—"
    words = [look.item.name, unit, look.item.outcome.label, look.item.reason or look.item.why]
    return "　".join(word for word in words if word)


def review(options: argparse.Namespace, root: Path) -> Answer:
    """Accept, send back or hold one return."""
    from hs_credit_desktop.domain.returns import ReturnState
    from hs_credit_desktop.services import forms as naming
    from hs_credit_desktop.services import returns, reviewing

    with _round(options, root) as (ws, round_):
        [unit] = naming.units_named(ws, [options.unit])
        place = reviewing.unit_return(ws, round_, unit.id)
        returns.review(
            ws,
            expected_return_id=place.id,
            decision=ReturnState(_DECISIONS[options.decision]),
            reason=options.reason,
            resubmit_by=options.due,
        )
        place = reviewing.unit_return(ws, round_, unit.id)
        flags = reviewing.flags(ws, place.id)
    data = {
        "unit": place.unit_name,
        "round": round_.number,
        "state": place.state.value,
        "version": place.version,
        "received_on": place.first_received_on,
        "reason": options.reason or None,
        "resubmit_by": place.resubmit_by,
        "entries_expected": place.entries,
        "entries_covered": place.covered,
        "flags": [
            {"kind": flag.kind.value, "measure": flag.measure_number, "text": flag.text}
            for flag in flags
        ],
    }
    lines = [f"{place.unit_name}：{place.state.label}", *(f"  {flag.text}" for flag in flags)]
    return Answer(data, lines)
