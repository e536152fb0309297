"""Dagster's definitions for many Zendesk accounts: a partition for each account of a store, made by `zendesk-hub accounts`.

The sensor asks the store each minute which accounts there are and which are due, and asks for a run of each of those. See
docs/fleet.md. dagster.yaml beside this file lets one run of an account go at a time.

Settings are environment variables of all of Dagster's processes, beside ZENDESK_HUB_STORE and ZENDESK_HUB_KEY:
  ZENDESK_FLEET_COMMAND         how zendesk-hub is started (zendesk-hub)
  ZENDESK_FLEET_RUN_FLAGS       flags of `zendesk-hub run` (--max-wait 120)
  ZENDESK_FLEET_RETRIES, ZENDESK_FLEET_RETRY_SECONDS
                                how often a failed run is tried again, and the first pause (5, 30); pauses double
"""

import json
import os
import shlex
import subprocess

import dagster as dg

COMMAND = shlex.split(os.environ.get("ZENDESK_FLEET_COMMAND", "zendesk-hub"))
RUN_FLAGS = shlex.split(os.environ.get("ZENDESK_FLEET_RUN_FLAGS", "--max-wait 120"))
BUSY, WRONG = 75, 78

accounts = dg.DynamicPartitionsDefinition(name="zendesk_accounts")
retries = dg.RetryPolicy(
    max_retries=int(os.environ.get("ZENDESK_FLEET_RETRIES", "5")),
    delay=float(os.environ.get("ZENDESK_FLEET_RETRY_SECONDS", "30")),
    backoff=dg.Backoff.EXPONENTIAL,
)


def listed(*flags: str) -> list[dict]:
    """Accounts of the store, without secrets."""
    shown = subprocess.run([*COMMAND, "accounts", "list", "--json", *flags], check=True, stdout=subprocess.PIPE)
    return json.loads(shown.stdout)


def run(account: str) -> int:
    """Its exit code. If Dagster ends this run, zendesk-hub loads the page at hand, keeps its state, and gives the lease back."""
    process = subprocess.Popen([*COMMAND, "run", account, *RUN_FLAGS])
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


@dg.asset(partitions_def=accounts, retry_policy=retries, output_required=False, group_name="zendesk")
def zendesk(context: dg.AssetExecutionContext):
    """The tables of one account. An account that another process has, or that is paused, is not materialized."""
    account = context.partition_key
    code = run(account)
    if code == 0:
        yield dg.MaterializeResult(metadata={"account": account})
    elif code == BUSY:
        context.log.info("%s is paused, or another process has it.", account)
    else:
        raise dg.Failure(f"zendesk-hub run {account} ended with {code}.", allow_retries=code != WRONG)


@dg.sensor(target=zendesk, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
def due_accounts(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """A partition for each account, and a run for each that is due."""
    known = set(context.instance.get_dynamic_partitions(accounts.name))
    there = {one["id"] for one in listed()}
    changes: list = []
    if there - known:
        changes.append(accounts.build_add_request(sorted(there - known)))
    if known - there:
        changes.append(accounts.build_delete_request(sorted(known - there)))
    runs = [
        # The same key asks for no second run.
        dg.RunRequest(run_key=f"{one['id']} {one['dueAt']}", partition_key=one["id"], tags={"zendesk/account": one["id"]})
        for one in listed("--due")
    ]
    return dg.SensorResult(run_requests=runs, dynamic_partitions_requests=changes)


# A run is one process: its one step has a program to wait for, and nothing to compute beside others.
defs = dg.Definitions(assets=[zendesk], sensors=[due_accounts], executor=dg.in_process_executor)
