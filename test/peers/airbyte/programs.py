"""Airbyte's own programs and models against ours, with sandboxes."""

from checks import Checks
from destination import check_destination
from fleet import check_fleet
from program import Tools
from protocol import check_protocol
from pyab import check_pyab
from warehouse import check_warehouse


def check_programs(checks: Checks, tools: Tools) -> None:
    check_protocol(checks, tools)
    check_destination(checks, tools)
    check_pyab(checks, tools)
    check_warehouse(checks, tools)
    check_fleet(checks, tools)
