"""Airflow DAGs for many Zendesk accounts: one for each account of a store, made by `zendesk-hub accounts`.

This file goes into Airflow's folder of DAGs, plugins/zendesk_alerts.py into its folder of plugins. It reads a file of accounts (ids
and schedules, no secrets) that the DAG `zendesk-accounts` refreshes from the store; nothing is asked of a database while DAGs
are parsed. See docs/fleet.md.

Settings are environment variables of all Airflow processes:
  ZENDESK_FLEET_ACCOUNTS        the file of accounts; a place that all of them see (AIRFLOW_HOME/zendesk_accounts.json)
  ZENDESK_FLEET_COMMAND         how zendesk-hub is started (zendesk-hub)
  ZENDESK_FLEET_RUN_FLAGS       flags of `zendesk-hub run` (--max-wait 120)
  ZENDESK_FLEET_FORM            dags: a DAG for each account; mapped: groups of accounts, for thousands of tiny ones
  ZENDESK_FLEET_RETRIES, ZENDESK_FLEET_RETRY_SECONDS
                                how often a failed run is tried again, and the first pause (5, 30); pauses double
  ZENDESK_FLEET_DEADLINE        a run is late after so many times the pause between two runs (2)
  ZENDESK_FLEET_ALERT_URL       gets a POST of {"account", "error", "log"} for each run that failed for good, for each that misses
                                its deadline, and for late data
The store's address is Airflow's connection `zendesk_hub_store`, its key the variable `zendesk_hub_secret_key`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import DAG, Asset, AsyncCallback, BaseHook, BaseOperator, DeadlineAlert, DeadlineReference, Param, Variable
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from zendesk_alerts import alert

log = logging.getLogger(__name__)

HOME = Path(os.environ.get("AIRFLOW_HOME", Path.home() / "airflow"))
ACCOUNTS = Path(os.environ.get("ZENDESK_FLEET_ACCOUNTS", HOME / "zendesk_accounts.json"))
COMMAND = shlex.split(os.environ.get("ZENDESK_FLEET_COMMAND", "zendesk-hub"))
RUN_FLAGS = shlex.split(os.environ.get("ZENDESK_FLEET_RUN_FLAGS", "--max-wait 120"))
FORM = os.environ.get("ZENDESK_FLEET_FORM", "dags")
DEADLINE = float(os.environ.get("ZENDESK_FLEET_DEADLINE", "2"))
BEGINNING = datetime(2026, 1, 1, tzinfo=timezone.utc)

# Airflow maps a task over 1,024 values at most (core.max_map_length).
GROUP = 1000

BUSY, WRONG = 75, 78

# First syncs take hours or days: in a pool of their own they keep no regular one waiting.
POOLS = {"first": "zendesk_first", "regular": "zendesk_regular"}

DEFAULTS = {
    "owner": "zendesk",
    "retries": int(os.environ.get("ZENDESK_FLEET_RETRIES", "5")),
    "retry_delay": timedelta(seconds=float(os.environ.get("ZENDESK_FLEET_RETRY_SECONDS", "30"))),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=30),
}


def failed(context) -> None:
    """Airflow calls it when no attempt is left."""
    ti = context["ti"]
    account = getattr(context["task"], "account", ti.task_id)
    alert(str(account), str(context.get("exception") or "failed"), getattr(ti, "log_url", ""))


def environment() -> dict[str, str]:
    """What zendesk-hub needs, from Airflow's secrets, at the time of the run."""
    given = dict(os.environ)
    if "ZENDESK_HUB_STORE" not in given:
        given["ZENDESK_HUB_STORE"] = BaseHook.get_connection("zendesk_hub_store").get_uri()
    if "ZENDESK_HUB_KEY" not in given:
        given["ZENDESK_HUB_KEY"] = Variable.get("zendesk_hub_secret_key")
    return given


class ZendeskSync(BaseOperator):
    """Runs `zendesk-hub run` for one account. It may run twice at once: the account's lease lets one of them sync."""

    template_fields = ("account", "reset")
    ui_color = "#d9ead3"

    def __init__(self, *, account: str, reset="{{ params.reset | join(' ') }}", **kwargs) -> None:
        super().__init__(**kwargs)
        self.account = account
        self.reset = reset
        self.hook: SubprocessHook | None = None

    def execute(self, context) -> None:
        # A retry goes on from where the attempt before it came to: it resets nothing again.
        if self.reset and context["ti"].try_number == 1:
            self.hub(["accounts", "reset", self.account, *self.reset.split()])
        self.hub(["run", self.account, *RUN_FLAGS])

    def hub(self, arguments: list[str]) -> None:
        self.hook = SubprocessHook()
        result = self.hook.run_command([*COMMAND, *arguments], env=environment())
        if result.exit_code == BUSY:
            raise AirflowSkipException(result.output)
        if result.exit_code == WRONG:
            raise AirflowFailException(result.output)
        if result.exit_code != 0:
            raise AirflowException(result.output)

    def on_kill(self) -> None:
        # zendesk-hub loads the page at hand, keeps its state, and gives the lease back.
        if self.hook is not None:
            self.hook.send_sigterm()


def accounts() -> list[dict]:
    """The accounts as they were last refreshed; none before the first time."""
    try:
        return json.loads(ACCOUNTS.read_text())
    except FileNotFoundError:
        return []


def schedule_of(account: dict):
    """`every 6h`, `every 15m` and `cron 30 2 * * *` as Airflow has them."""
    schedule = account["schedule"]
    if schedule == "manual":
        return None
    every = re.fullmatch(r"every (\d+)([hm])", schedule)
    if every is None:
        return schedule.removeprefix("cron ")
    number, unit = every.groups()
    return timedelta(**{"hours" if unit == "h" else "minutes": int(number)})


def deadline_of(name: str, account: dict) -> DeadlineAlert | None:
    """When Airflow raises an alert for a run that has not ended, even one that no worker ever took.

    None where nothing is promised: for first syncs, which take what they take, and for what runs by hand.
    """
    if account["tier"] == "first" or account["pauseSeconds"] is None:
        return None
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(seconds=DEADLINE * account["pauseSeconds"]),
        callback=AsyncCallback("zendesk_alerts.late", kwargs={"account": name}),
        name=f"{name} is late",
    )


def asset_of(account: str) -> Asset:
    """What a DAG of dbt waits for: `schedule=[Asset("zendesk/acme")]`."""
    return Asset(f"zendesk/{account}")


def account_dag(account: dict) -> DAG:
    name, tier = account["id"], account["tier"]
    with DAG(
        dag_id=f"zendesk_{name}",
        description=f"Zendesk account {account['subdomain']} into {account['destination']}",
        schedule=schedule_of(account),
        start_date=BEGINNING,
        catchup=False,
        max_active_runs=1,
        tags=["zendesk", tier],
        deadline=deadline_of(name, account),
        params={"reset": Param([], type="array", items={"type": "string"}, description="streams to read anew")},
        default_args=DEFAULTS,
        is_paused_upon_creation=False,
    ) as dag:
        ZendeskSync(
            task_id="sync",
            account=name,
            pool=POOLS[tier],
            outlets=[asset_of(name)],
            on_failure_callback=failed,
        )
    return dag


def group_dag(number: int, group: list[dict]) -> DAG:
    """Accounts that are small and alike: a task for each, in one DAG. A slow one holds up the next run of them all."""
    with DAG(
        dag_id=f"zendesk-group-{number}",
        schedule=schedule_of(group[0]),
        start_date=BEGINNING,
        catchup=False,
        max_active_runs=1,
        max_active_tasks=64,
        deadline=deadline_of(f"group {number}", group[0]),
        tags=["zendesk", "mapped"],
        default_args=DEFAULTS,
        is_paused_upon_creation=False,
    ) as dag:
        ZendeskSync.partial(
            task_id="sync",
            pool=POOLS["regular"],
            reset="",
            map_index_template="{{ task.account }}",
            on_failure_callback=failed,
        ).expand(account=[one["id"] for one in group])
    return dag


class RefreshAccounts(BaseOperator):
    """Writes the file of accounts anew, and raises an alert for data that is late."""

    def execute(self, context) -> None:
        hook = SubprocessHook()
        # Airflow's log takes what is printed, and a list of thousands does not belong there.
        target = ACCOUNTS.with_name(f"{ACCOUNTS.name}.{os.getpid()}")
        command = f"{shlex.join([*COMMAND, 'accounts', 'list', '--json'])} > {shlex.quote(str(target))}"
        result = hook.run_command(["sh", "-c", command], env=environment())
        if result.exit_code != 0:
            target.unlink(missing_ok=True)
            raise AirflowException(result.output)
        target.replace(ACCOUNTS)
        late = [one for one in accounts() if is_late(one)]
        for one in late:
            alert(one["id"], f"Its data is late: complete at {one['completeAt']}. {one.get('error') or ''}")
        if late:
            self.log.warning("Late: %s", ", ".join(one["id"] for one in late))


def is_late(account: dict) -> bool:
    """Whether the second run that was planned since all was complete should have begun. First syncs take what they take."""
    late = account["lateAt"]
    return not account["isPaused"] and late is not None and datetime.now(timezone.utc) > datetime.fromisoformat(late)


with DAG(
    dag_id="zendesk-accounts",
    description="Which accounts there are, and whose data is late",
    schedule=timedelta(minutes=10),
    start_date=BEGINNING,
    catchup=False,
    max_active_runs=1,
    tags=["zendesk"],
    default_args={**DEFAULTS, "retries": 1},
    is_paused_upon_creation=False,
):
    RefreshAccounts(task_id="refresh")


def add(dag_id: str, make, *arguments) -> None:
    """Adds a DAG to this file. One whose account cannot be understood, such as its schedule, is left out; all others are there."""
    try:
        globals()[dag_id] = make(*arguments)
    except Exception:
        log.exception("There is no DAG %s", dag_id)


active = [one for one in accounts() if not one["isPaused"]]
alone = [one for one in active if FORM != "mapped" or one["tier"] == "first"]
for one in alone:
    add(f"zendesk_{one['id']}", account_dag, one)
if FORM == "mapped":
    by_schedule: dict[str, list[dict]] = {}
    for one in active:
        if one["tier"] == "regular":
            by_schedule.setdefault(one["schedule"], []).append(one)
    number = 0
    for same in by_schedule.values():
        for start in range(0, len(same), GROUP):
            add(f"zendesk-group-{number}", group_dag, number, same[start : start + GROUP])
            number += 1
