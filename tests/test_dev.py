"""dev.py: what it says, what it installs, and when it leaves things alone."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

DEV = Path(__file__).resolve().parent.parent / "dev.py"
FROM_NOTHING = [".venv", "requirements.lock", "."]  # what the set-up asks of venv and pip
posix = pytest.mark.skipif(os.name == "nt", reason="Debian packages and root exist on Linux only")


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", DEV)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- old Pythons ---------------------------------------------------------------------------


def test_an_old_python_can_read_it() -> None:
    tree = ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 7))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [node.names[0].name])
    }
    assert imported <= sys.stdlib_module_names


def test_other_versions_get_a_sentence_and_status_2(dev, monkeypatch, capsys) -> None:
    monkeypatch.setattr(dev, "SUPPORTED", ((2, 99),))
    assert dev.main(["run"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("This program needs Python 3.11, 3.12 or 3.13; this is Python 3.")


def test_the_sentence_names_a_python_that_is_there(dev, monkeypatch) -> None:
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "run", "--", "demo", "X"])
    said = dev.python_problem((3, 9), "python3.12")
    assert "this is Python 3.9. Type instead: python3.12 dev.py run -- demo X" in said
    assert "python3" in dev.python_problem((3, 14), None)


@posix
def test_a_launcher_without_its_python_is_not_offered(dev, monkeypatch, tmp_path) -> None:
    for name, status in (("python3.13", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.other_python() == "python3.12"


# --- the window or a command -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--data", "DIR"], True),
        (["--data=DIR", "--today", "2024-11-29"], True),
        (["--data", "DIR", "status", "--round", "2"], False),
        (["notice", "FILE", "--json"], False),
        (["--help"], False),
        (["--self-test"], False),
    ],
)
def test_only_no_command_opens_the_window(dev, arguments, window) -> None:
    assert dev.opens_window(arguments) is window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_without_a_display_it_says_what_works(dev) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run([sys.executable, str(DEV), "run"], env=env, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert "没有图形显示" in said
    assert "python3 dev.py run -- demo DIR" in said


def test_headless_asks_for_no_window_libraries(dev, monkeypatch) -> None:
    installed: list[list[str]] = []
    started: list[list[str]] = []
    monkeypatch.setattr(dev, "venv_packages", lambda: ["python3-venv"])
    monkeypatch.setattr(dev, "window_packages", lambda: ["libegl1"])
    monkeypatch.setattr(dev, "install_packages", installed.append)
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "has_display", lambda: True)
    monkeypatch.setattr(dev, "hand_over", lambda command: started.append(command) or 5)
    monkeypatch.setattr(dev, "WINDOWS", False)
    assert dev.main(["run", "--", "demo", "DIR"]) == 5
    assert dev.main(["run"]) == 5
    assert installed == [["python3-venv"], ["python3-venv", "libegl1"]]
    assert [command[1:] for command in started] == [
        ["-m", "hs_credit_desktop", "demo", "DIR"],
        ["-m", "hs_credit_desktop"],
    ]


@pytest.mark.parametrize("windows", [False, True] if os.name == "posix" else [True])
@pytest.mark.parametrize("status", [0, 7])
def test_exit_status_and_output_are_the_programs_own(status: int, windows: bool) -> None:
    child = f"print('only this'); raise SystemExit({status})"
    parent = (
        f"import importlib.util as u, sys; s = u.spec_from_file_location('dev', {str(DEV)!r});"
        f"d = u.module_from_spec(s); s.loader.exec_module(d); d.WINDOWS = {windows};"
        f"sys.exit(d.hand_over([sys.executable, '-c', {child!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (status, "only this\n")


def test_chatter_of_the_set_up_goes_to_standard_error(dev, capfd) -> None:
    command = "import sys; print('chatter'); sys.exit(3)"
    assert dev.quietly([sys.executable, "-c", command]) == 3
    dev.say("word")
    assert capfd.readouterr() == ("", "chatter\nword\n")


# --- system packages -------------------------------------------------------------------------


@posix
@pytest.mark.parametrize(("sudo", "start"), [("/usr/bin/sudo", "sudo sh -c"), (None, "su - -c")])
def test_anyone_but_root_gets_one_command_to_type(dev, monkeypatch, sudo, start) -> None:
    which = {"apt-get": "/usr/bin/apt-get", "sudo": sudo}
    monkeypatch.setattr(dev.shutil, "which", which.get)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(dev.StopError) as stop:
        dev.install_packages(["libegl1", "xvfb"])
    command = str(stop.value).splitlines()[1].strip()
    assert command.startswith(start)
    assert command.endswith("libegl1 xvfb'")


@posix
def test_root_installs_by_itself_and_hears_of_a_failure(dev, monkeypatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "quietly", lambda command, **_: commands.append(command) or 0)
    dev.install_packages(["libegl1"])
    assert [command[-1] for command in commands] == ["update", "libegl1"]
    monkeypatch.setattr(dev, "quietly", lambda command, **_: 100)
    with pytest.raises(dev.StopError, match="could not install libegl1"):
        dev.install_packages(["libegl1"])


@posix
def test_nothing_missing_means_nothing_done(dev, monkeypatch) -> None:
    monkeypatch.setattr(dev, "quietly", lambda *_, **__: pytest.fail("ran something"))
    dev.install_packages([])


@posix
def test_window_packages_are_the_missing_libraries(dev, monkeypatch) -> None:
    known = " ".join(library for library, package in dev.WINDOW_LIBRARIES if package != "libgl1")
    monkeypatch.setattr(dev, "known_libraries", lambda: known)
    monkeypatch.setattr(dev, "has_chinese_font", lambda: True)
    assert dev.window_packages() == ["libgl1"]
    monkeypatch.setattr(dev, "has_chinese_font", lambda: False)
    assert dev.window_packages() == ["libgl1", "fontconfig", "fonts-noto-cjk"]


@posix
@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ([], ["libreoffice-calc-nogui", "libreoffice-writer-nogui"]),
        (["libvclplug_genlo.so", "libswlo.so"], ["libreoffice-calc"]),
        (["libsclo.so", "libswlo.so"], []),
    ],
)
def test_an_installed_office_is_completed_not_replaced(
    dev, monkeypatch, tmp_path, files, missing
) -> None:
    for name in files:
        (tmp_path / name).touch()
    monkeypatch.setattr(dev, "OFFICE", tmp_path)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert dev.test_packages() == missing


# --- the virtual environment -------------------------------------------------------------------


@pytest.fixture
def asked(dev, monkeypatch, tmp_path) -> list[str]:
    """What a project folder of its own has asked of venv and pip since it was set up once."""
    done: list[str] = []
    (tmp_path / "requirements.lock").write_text("a==1")
    (tmp_path / "pyproject.toml").write_text("[project]")

    def quietly(command: list[str]) -> int:
        done.append(command[-1] if command[-1] == "." else Path(command[-1]).name)
        if command[1:3] == ["-m", "venv"]:
            python = Path(dev.venv_program("python"))
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)
        return 0

    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "dev-stamp.json")
    monkeypatch.setattr(dev, "quietly", quietly)
    dev.set_up()
    assert done == FROM_NOTHING
    done.clear()
    return done


@posix
def test_set_up_is_done_once(dev, asked) -> None:
    dev.set_up()
    assert asked == []


@posix
def test_a_changed_project_is_only_registered_again(dev, asked) -> None:
    (dev.ROOT / "pyproject.toml").write_text("[project]\n# changed")
    dev.set_up()
    dev.set_up()
    assert asked == ["."]


@posix
@pytest.mark.parametrize("harm", ["lock", "no stamp", "broken stamp", "other python", "no python"])
def test_anything_else_rebuilds(dev, asked, harm) -> None:
    if harm == "lock":
        (dev.ROOT / "requirements.lock").write_text("a==2")
    elif harm == "no stamp":  # a set-up that was interrupted
        dev.STAMP.unlink()
    elif harm == "broken stamp":
        dev.STAMP.write_text("{")
    elif harm == "other python":
        stamp = json.loads(dev.STAMP.read_text())
        dev.STAMP.write_text(json.dumps({**stamp, "python": "3.0.0"}))
    else:
        Path(dev.venv_program("python")).unlink()
    dev.set_up()
    dev.set_up()
    assert asked == FROM_NOTHING


@posix
def test_a_failed_install_leaves_no_stamp(dev, asked, monkeypatch) -> None:
    (dev.ROOT / "pyproject.toml").write_text("[project]\n# changed")
    monkeypatch.setattr(dev, "quietly", lambda _: 1)
    with pytest.raises(dev.StopError, match="pip could not install"):
        dev.set_up()
    assert dev.read_stamp() == {}


# --- the other commands -----------------------------------------------------------------------


def test_every_step_runs_and_the_failed_ones_are_named(dev, capfd, monkeypatch) -> None:
    steps = [[sys.executable, "-c", f"print({n}); raise SystemExit({n})"] for n in (0, 1, 0)]
    assert dev.in_turn(steps) == 1
    out, err = capfd.readouterr()
    assert out.split() == ["0", "1", "0"]
    assert err.count("FAILED:") == 1
    assert dev.in_turn(steps[:1]) == 0


def test_arguments_go_to_pytest_alone(dev, monkeypatch) -> None:
    ran: list[list[list[str]]] = []
    monkeypatch.setattr(dev, "set_up_tests", lambda: None)
    monkeypatch.setattr(dev, "in_turn", lambda steps: ran.append(steps) or 0)
    assert dev.main(["test", "--", "tests/domain", "-q"]) == 0
    assert [step[1:] for step in ran[0]] == [["-m", "pytest", "tests/domain", "-q"]]
    assert dev.main(["test"]) == 0
    assert ran[1][:-1] == dev.lint_steps()
    assert "--cov" in ran[1][-1]


def test_help_offers_only_what_exists(dev, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    assert dev.main(["help"]) == 0
    assert "build" not in capsys.readouterr().out.split()
    assert dev.main(["build"]) == 2
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "build.py").touch()
    assert dev.main([]) == 0
    assert "build" in capsys.readouterr().out.split()


LOG = "# 更新记录\n\n## 0.2.0（未发布）\n\n- 乙\n- 丙\n\n## 0.1.0（2024-12-01）\n\n- 甲\n"


@pytest.mark.parametrize(
    ("asked", "printed"), [([], "- 乙\n- 丙\n"), (["0.2.0"], "- 乙\n- 丙\n"), (["0.1.0"], "- 甲\n")]
)
def test_release_notes_are_a_section_of_the_change_log(
    dev, monkeypatch, tmp_path, capfdbinary, asked, printed
) -> None:
    (tmp_path / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    assert dev.main(["notes", *asked]) == 0
    assert capfdbinary.readouterr().out.decode() == printed
    assert dev.main(["notes", "9"]) == 2
    assert b"0.2.0, 0.1.0" in capfdbinary.readouterr().err


def test_the_newest_notes_are_of_this_version(dev) -> None:
    from hs_credit_desktop import __version__

    text = (dev.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert next(iter(dev.release_notes(text))) == __version__
