"""Who hears of a Zendesk account whose sync failed, or is late. Belongs into Airflow's folder of plugins.

It is a module of its own, and not part of zendesk_fleet.py, because Airflow's triggerer calls `late`: the triggerer reads no DAGs, but
like all of Airflow's processes it can import what is in the folder of plugins.
  ZENDESK_FLEET_ALERT_URL       gets a POST of {"account", "error", "log"}; without it, alerts are in Airflow's logs only
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import urllib.request

log = logging.getLogger(__name__)


def alert(account: str, error: str, link: str = "") -> None:
    """Tells whoever has to know. Raises if nobody could be told."""
    log.warning("%s: %s", account, error)
    url = os.environ.get("ZENDESK_FLEET_ALERT_URL", "")
    if url == "":
        return
    body = json.dumps({"account": account, "error": error, "log": link}).encode()
    request = urllib.request.Request(url, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10):
        pass


async def late(account: str, context: dict) -> None:
    """The triggerer calls it when a run has missed its deadline: also while no worker is left that could tell.

    A run that failed before its deadline was told of then, and the next one may have healed it.
    """
    run, deadline = context["dag_run"], context["deadline"]["deadline_time"]
    if run["state"] not in ("queued", "running"):
        return
    text = f"Its run is late: it is {run['state']} since {run['queued_at']}, and was to be done by {deadline}."
    await asyncio.to_thread(alert, account, text)
