"""Airbyte's own tools try the program; run.sh starts this and says with what."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from checks import Checks
from destination import check_destination
from fleet import check_fleet
from program import Tools
from protocol import check_protocol
from pyab import check_pyab
from warehouse import check_warehouse


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("node", "dist", "work", "lines"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    print(f"PyAirbyte {version('airbyte')}, CDK {version('airbyte-cdk')}, Python {platform.python_version()}", flush=True)
    tools = Tools(given.node, given.dist, given.work)
    checks = Checks()
    check_protocol(checks, tools, given.lines)
    check_destination(checks, tools)
    check_pyab(checks, tools)
    check_warehouse(checks, tools)
    check_fleet(checks, tools)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 0 if checks.failed == 0 else 1


sys.exit(main())
