"""Airflow DAGs for tap-zendesk under Meltano: one for each environment of a Meltano project, which stands for an account.

This file goes into Airflow's folder of DAGs, for those who load with Meltano in place of zendesk-hub. Meltano's database keeps each
account's state, and which runs are under way: it has to be one that all workers reach. See docs/fleet.md.

Settings are environment variables of all Airflow processes:
  MELTANO_FLEET_PROJECT         the project's folder, the same on all workers
  MELTANO_FLEET_COMMAND         how Meltano is started (meltano)
  MELTANO_FLEET_RUN             what it runs (tap-zendesk target-postgres)
  MELTANO_FLEET_SCHEDULE        when all accounts are due, in cron's words (17 * * * *); empty: when somebody triggers them
  MELTANO_FLEET_RETRIES, MELTANO_FLEET_RETRY_SECONDS
                                how often a failed run is tried again, and after how long (3, 360): Meltano takes a run that was killed
                                for one that goes on, until it has not heard from it for five minutes
The address of Meltano's database is Airflow's variable `meltano_database_secret`; what the project's files must not say of the account
acme, such as {"TAP_ZENDESK_CLIENT_SECRET": "…"}, is the variable `zendesk_secret_acme`, in JSON.
"""

from __future__ import annotations

import os
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml
from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import DAG, Asset, BaseOperator, Variable
from airflow.sdk.exceptions import AirflowException

PROJECT = Path(os.environ["MELTANO_FLEET_PROJECT"])
COMMAND = shlex.split(os.environ.get("MELTANO_FLEET_COMMAND", "meltano"))
RUN = shlex.split(os.environ.get("MELTANO_FLEET_RUN", "tap-zendesk target-postgres"))
RETRIES = int(os.environ.get("MELTANO_FLEET_RETRIES", "3"))
RETRY = timedelta(seconds=float(os.environ.get("MELTANO_FLEET_RETRY_SECONDS", "360")))


class MeltanoRun(BaseOperator):
    """Runs `meltano run` in the environment of one account. Meltano refuses while another run of the account goes on."""

    def __init__(self, *, account: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.account = account
        self.hook: SubprocessHook | None = None

    def execute(self, context) -> None:
        secrets = Variable.get(f"zendesk_secret_{self.account}", deserialize_json=True)
        env = {**os.environ, "MELTANO_DATABASE_URI": Variable.get("meltano_database_secret"), **secrets}
        self.hook = SubprocessHook()
        result = self.hook.run_command([*COMMAND, f"--environment={self.account}", "run", *RUN], env=env, cwd=str(PROJECT))
        if result.exit_code != 0:
            raise AirflowException(result.output)

    def on_kill(self) -> None:
        # The tap ends with the page at hand.
        if self.hook is not None:
            self.hook.send_sigterm()


for account in [one["name"] for one in yaml.safe_load((PROJECT / "meltano.yml").read_text())["environments"]]:
    with DAG(
        dag_id=f"meltano_{account}",
        schedule=os.environ.get("MELTANO_FLEET_SCHEDULE", "17 * * * *") or None,
        start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        catchup=False,
        max_active_runs=1,
        tags=["meltano"],
        default_args={"owner": "zendesk", "retries": RETRIES, "retry_delay": RETRY},
        is_paused_upon_creation=False,
    ):
        MeltanoRun(task_id="run", account=account, outlets=[Asset(f"zendesk/{account}")])
