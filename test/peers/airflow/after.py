"""What runs after an account's sync: a DAG of dbt would stand here."""

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

with DAG(
    "after_zendesk",
    schedule=[Asset("zendesk/account-1")],
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    is_paused_upon_creation=False,
):
    EmptyOperator(task_id="build")
