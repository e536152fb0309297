"""`pyab validate`, PyAirbyte's command that tries a connector."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from checks import Checks, fail_on
from program import Account, Tools, sandbox


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


def _validate(tools: Tools, config: Path) -> subprocess.CompletedProcess[str]:
    pyab = Path(sys.executable).with_name("pyab")
    arguments = [f"--connector={tools.wrapper()}", f"--config={config}"]
    return subprocess.run([pyab, "validate", *arguments], capture_output=True, text=True, check=False, timeout=600)
