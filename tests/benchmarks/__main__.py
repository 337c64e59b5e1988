"""Runs the speed figures: python -m tests.benchmarks [name]; name is that of bench_NAME.py."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.benchmarks as here


def names() -> list[str]:
    """Return the names of all benchmarks, sorted."""
    found = (module.name for module in pkgutil.iter_modules(here.__path__))
    return sorted(name.removeprefix("bench_") for name in found if name.startswith("bench_"))


def main(arguments: list[str]) -> int:
    """Run the named benchmarks or all; 0: goals reached, 1: missed or void, 2: no such name."""
    if unknown := [name for name in arguments if name not in names()]:
        print(f"No benchmark {', '.join(unknown)}. There are: {', '.join(names()) or 'none yet'}")
        return 2
    status = 0
    for name in arguments or names():
        for result in importlib.import_module(f"{here.__name__}.bench_{name}").run():
            print(result.line(), flush=True)
            status |= result.void or result.missed
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
