"""Airbyte's own tools try the program; run.sh starts this and says with what."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from checks import Checks
from lines import check_lines
from program import Tools


PARTS = ("lines", "programs")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without any")
    for name in ("node", "dist", "work", "lines"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    parts = given.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(unknown)}")
    print(f"PyAirbyte {version('airbyte')}, CDK {version('airbyte-cdk')}, Python {platform.python_version()}", flush=True)
    tools = Tools(given.node, given.dist, given.work)
    checks = Checks()
    if "lines" in parts:
        check_lines(checks, given.lines)
    if "programs" in parts:
        # They load PyAirbyte, which takes seconds.
        from programs import check_programs

        check_programs(checks, tools)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 0 if checks.failed == 0 else 1


sys.exit(main())
