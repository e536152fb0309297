"""Checks that are printed and counted."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

SHOWN = 12


class Failed(Exception):
    """What a check found, a line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


def fail_on(faults: Iterable[str]) -> None:
    """Raises if there is any fault; tells the first ones, and how many there are."""
    found = list(faults)
    if len(found) > SHOWN:
        found[SHOWN - 1 :] = [f"... and {len(found) - SHOWN + 1} more"]
    if found:
        raise Failed(found)


class Checks:
    """Runs checks one by one: one that fails does not keep the others from running."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def run(self, name: str, check: Callable[[], str | None]) -> None:
        """Runs one check. It raises where something is wrong, and may return a note on what it saw."""
        start = time.monotonic()
        with self.needed(name):
            note = check()
            self.passed += 1
            print(f"ok      {name} ({time.monotonic() - start:.1f} s){f'; {note}' if note else ''}", flush=True)

    @contextmanager
    def needed(self, name: str) -> Iterator[None]:
        """Counts as a failed check if the block raises: for what the checks in it stand on."""
        try:
            yield
        except Exception as error:  # noqa: BLE001
            self.failed += 1
            print(f"FAILED  {name}", flush=True)
            for line in _told(error):
                print(f"          {line[:600]}", flush=True)

    def skip(self, name: str, why: str) -> None:
        print(f"SKIPPED {name}: {why}", flush=True)


def _told(error: Exception) -> Iterator[str]:
    if isinstance(error, Failed):
        yield from str(error).splitlines()
        return
    yield from islice(f"{type(error).__name__}: {error}".splitlines(), SHOWN)
    yield from (line.strip() for line in traceback.format_tb(error.__traceback__)[-2:])
