"""`pyab validate`, PyAirbyte's command that tries a connector."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from airbyte.cli.pyab import cli
from checks import Checks, fail_on
from program import Account, Tools, sandbox

sys.path.append(str(Path(__file__).parents[1]))
from forks import become  # noqa: E402


def check_pyab(checks: Checks, tools: Tools) -> None:
    with checks.needed("a sandbox for pyab"), sandbox(tools, "--tickets", "20") as account:
        checks.run("pyab validate", partial(passes, tools, account))
        checks.run("pyab validate refuses a wrong token", partial(refuses_a_wrong_token, tools, account))


def passes(tools: Tools, account: Account) -> None:
    done = _validate(tools, tools.file("pyab.json", account.config))
    if done.returncode != 0 or "Connection check succeeded" not in done.stderr:
        fail_on([f"exit code {done.returncode}", *done.stdout.splitlines()[-5:], *done.stderr.splitlines()[-5:]])


def refuses_a_wrong_token(tools: Tools, account: Account) -> None:
    credentials = {**account.config["credentials"], "api_token": "x" * 40}
    done = _validate(tools, tools.file("pyab.json", {**account.config, "credentials": credentials}))
    # It runs discover before check.
    if done.returncode == 0 or "AirbyteConnectorFailedError" not in done.stderr:
        fail_on([f"exit code {done.returncode}", *done.stderr.splitlines()[-10:]])


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def _validate(tools: Tools, config: Path) -> Done:
    """In a fork of this process, which has loaded PyAirbyte: that takes longer than the command does."""
    stdout, stderr = (tools.work / f"pyab.{name}" for name in ("stdout", "stderr"))
    arguments = ["validate", f"--connector={tools.wrapper()}", f"--config={config}"]
    process = get_context("fork").Process(target=_pyab, args=(arguments, str(tools.work), str(stdout), str(stderr)))
    process.start()
    process.join(600)
    return Done(process.exitcode, stdout.read_text(encoding="utf-8"), stderr.read_text(encoding="utf-8"))


def _pyab(arguments: list[str], folder: str, stdout: str, stderr: str) -> None:
    become("pyab", arguments, folder, dict(os.environ), stdout, stderr)
    sys.exit(cli())
