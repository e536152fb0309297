"""Prefect's flows for many Zendesk accounts: `python zendesk_fleet.py` serves them, on each machine that should sync.

`zendesk-due` asks the store each minute which accounts are due, and asks for a run of `zendesk-account` for each. See
docs/fleet.md.

Settings are environment variables, beside PREFECT_API_URL, ZENDESK_HUB_STORE and ZENDESK_HUB_KEY:
  ZENDESK_FLEET_COMMAND         how zendesk-hub is started (zendesk-hub)
  ZENDESK_FLEET_RUN_FLAGS       flags of `zendesk-hub run` (--max-wait 120)
  ZENDESK_FLEET_SLOTS           how many runs go at the same time on this machine (8)
  ZENDESK_FLEET_SECONDS         between two looks for accounts that are due (60)
  ZENDESK_FLEET_RETRIES, ZENDESK_FLEET_RETRY_SECONDS
                                how often a failed run is tried again, and the first pause (5, 30); pauses double
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess

from prefect import flow, serve, task
from prefect.deployments import run_deployment
from prefect.states import Completed
from prefect.tasks import exponential_backoff

COMMAND = shlex.split(os.environ.get("ZENDESK_FLEET_COMMAND", "zendesk-hub"))
RUN_FLAGS = shlex.split(os.environ.get("ZENDESK_FLEET_RUN_FLAGS", "--max-wait 120"))
BUSY, WRONG = 75, 78


class Wrong(Exception):
    """The configuration is wrong: another attempt does not help."""


def run(account: str) -> int:
    """Its exit code. If Prefect cancels the run, zendesk-hub loads the page at hand, keeps its state, and gives the lease back."""
    process = subprocess.Popen([*COMMAND, "run", account, *RUN_FLAGS])
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


async def helps(task, task_run, state) -> bool:
    """Whether another attempt helps."""
    return not isinstance(await state.aresult(raise_on_failure=False), Wrong)


@task(
    retries=int(os.environ.get("ZENDESK_FLEET_RETRIES", "5")),
    retry_delay_seconds=exponential_backoff(float(os.environ.get("ZENDESK_FLEET_RETRY_SECONDS", "30"))),
    retry_condition_fn=helps,
    task_run_name="{account}",
)
def sync(account: str) -> int:
    """Runs an account until it is done, or another process has it."""
    code = run(account)
    if code == WRONG:
        raise Wrong(f"The configuration of {account} is wrong, or its tokens are lost.")
    if code not in (0, BUSY):
        raise RuntimeError(f"zendesk-hub run {account} ended with {code}.")
    return code


@flow(name="zendesk-account", flow_run_name="{account}")
def account_flow(account: str):
    """One account. It may run twice at once: the account's lease lets one of them sync."""
    if sync(account) == BUSY:
        return Completed(name="Skipped", message=f"{account} is paused, or another process has it.")
    return Completed(message=f"{account} is done.")


@flow(name="zendesk-due")
def due_flow() -> int:
    """Asks for a run of each account that is due; for the same one once only."""
    shown = subprocess.run([*COMMAND, "accounts", "list", "--due", "--json"], check=True, stdout=subprocess.PIPE)
    due = json.loads(shown.stdout)
    for one in due:
        run_deployment(
            "zendesk-account/fleet",
            parameters={"account": one["id"]},
            idempotency_key=f"{one['id']} {one['dueAt']}",
            timeout=0,
            as_subflow=False,
        )
    return len(due)


if __name__ == "__main__":
    serve(
        account_flow.to_deployment("fleet"),
        due_flow.to_deployment("fleet", interval=float(os.environ.get("ZENDESK_FLEET_SECONDS", "60"))),
        limit=int(os.environ.get("ZENDESK_FLEET_SLOTS", "8")),
        # Other machines go on.
        pause_on_shutdown=False,
    )
