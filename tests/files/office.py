"""Drives LibreOffice headless: fills in forms and saves them again, many files in one call.

A Basic macro in a throw-away profile does the work, so that nothing of ours touches the files.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_XLB = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:{kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{kind}.dtd">
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{code}</script:module>
"""
_BASIC = """
Sub Main()
  Dim oAccess, oStream, oDoc, aParts, sText, oTable, nRow
  Dim aHidden(0) As New com.sun.star.beans.PropertyValue
  Dim aHow(0) As New com.sun.star.beans.PropertyValue
  On Error GoTo Failed
  oAccess = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  oStream = createUnoService("com.sun.star.io.TextInputStream")
  oStream.setInputStream(oAccess.openFileRead(Environ("HS_PLAN")))
  oStream.setEncoding("UTF-8")
  Do While Not oStream.isEOF()
    sText = oStream.readLine()
    aParts = Split(sText, Chr(9))
    If UBound(aParts) >= 1 Then
      Select Case aParts(0)
        Case "open"
          aHidden(0).Name = "Hidden"
          aHidden(0).Value = True
          oDoc = StarDesktop.loadComponentFromURL(aParts(1), "_blank", 0, aHidden())
        Case "cell"
          oDoc.Sheets.getByIndex(0).getCellByPosition(CLng(aParts(1)), CLng(aParts(2))).setString( _
            Join(Split(aParts(3), "\\n"), Chr(10)))
        Case "label"
          oTable = oDoc.TextTables.getByIndex(CLng(aParts(1)))
          For nRow = 0 To oTable.Rows.Count - 1
            If oTable.getCellByPosition(0, nRow).String = aParts(2) Then
              oTable.getCellByPosition(1, nRow).setString(Join(Split(aParts(3), "\\n"), Chr(10)))
            End If
          Next
        Case "save"
          aHow(0).Name = "FilterName"
          aHow(0).Value = aParts(2)
          oDoc.storeToURL(aParts(1), aHow())
          oDoc.close(True)
      End Select
    End If
  Loop
  oStream.closeInput()
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open Environ("HS_PLAN_SAID") For Output As #1
  Print #1, Error$ & " " & Erl & " " & sText
  Close #1
  StarDesktop.terminate()
End Sub
"""
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".docx": "MS Word 2007 XML",
}
_COLUMNS = {"progress": 4, "results": 5, "problems": 6, "next_steps": 7, "completion": 8}
_LABELS = {
    "progress": "进展情况",
    "results": "主要成效",
    "problems": "存在问题",
    "next_steps": "下一步打算",
    "completion": "完成情况",
}
_FIRST_ROW = 4


@dataclass(frozen=True)
class Job:
    """Fill `source` and save it as `target`. answers: per measure row, field → words."""

    source: Path
    target: Path
    answers: Sequence[Mapping[str, str]] = ()


def run(jobs: Sequence[Job], work: Path) -> None:
    """Do all jobs in one call of LibreOffice; work: an empty folder for profile and plan."""
    profile, plan = work / "profile", work / "plan.tsv"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # The first start of a profile writes its own empty library: ours goes in afterwards.
    start = [*command, "--terminate_after_init"]
    subprocess.run(start, check=True, capture_output=True, timeout=120)
    _install(profile)
    steps = [line for job in jobs for line in _lines(job)]
    plan.write_text("\n".join([*steps, "end"]), "utf-8")  # the last line comes with an odd mark
    environment = {**os.environ, "HS_PLAN": plan.as_uri(), "HS_PLAN_SAID": str(work / "said")}
    command.append("macro:///Standard.Module1.Main")
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=150)
    said = work / "said"
    assert not said.exists(), said.read_text("utf-8", "replace")
    missing = [job.target.name for job in jobs if not job.target.exists()]
    assert not missing, missing


def _lines(job: Job) -> list[str]:
    lines = [f"open\t{job.source.as_uri()}"]
    for at, answer in enumerate(job.answers):
        for field, words in answer.items():
            said = words.replace("\n", "\\n")
            if job.source.suffix == ".docx":
                lines.append(f"label\t{at}\t{_LABELS[field]}\t{said}")
            else:
                lines.append(f"cell\t{_COLUMNS[field]}\t{_FIRST_ROW + at}\t{said}")
    return [*lines, f"save\t{job.target.as_uri()}\t{FILTERS[job.target.suffix]}"]


def _install(profile: Path) -> None:
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    library = 'xmlns:library="http://openoffice.org/2000/library"'
    code = _BASIC.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    (folder / "Module1.xba").write_text(_MODULE.format(code=code), "utf-8")
    for name, items in (("script", '<library:element library:name="Module1"/>'), ("dialog", "")):
        (folder / f"{name}.xlb").write_text(
            f'{_XLB.format(kind="library")}<library:library {library} library:name="Standard" '
            f'library:readonly="false" library:passwordprotected="false">{items}'
            "</library:library>",
            "utf-8",
        )
        (folder.parent / f"{name}.xlc").write_text(
            f"{_XLB.format(kind='libraries')}<library:libraries {library} "
            'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
            f'xlink:href="$(USER)/basic/Standard/{name}.xlb/" xlink:type="simple" '
            'library:link="false"/></library:libraries>',
            "utf-8",
        )
