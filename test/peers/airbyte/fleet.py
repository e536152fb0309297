"""Many accounts on Airbyte's platform: deploy/airbyte/connections.py with the file that docs/fleet.md shows, asked what Airbyte's client asks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import jsonschema_rs
from airbyte._util.api_util import get_bearer_token
from airbyte.secrets.base import SecretString
from airbyte_api import models
from checks import Checks, fail_on
from official_models import lost
from platform_api import WORKSPACE, Platform
from program import Account, Json, Tools, run_source, sandbox

PROJECT = Path(__file__).parents[3]
SCRIPT = PROJECT / "deploy/airbyte/connections.py"
CLIENT = {"client_id": "an application", "client_secret": "its secret"}
IMAGE = "registry.example.com/data/source-zendesk"
# More than a page of each: what comes behind it has to be found too.
OTHERS = 130


def check_fleet(checks: Checks, tools: Tools) -> None:
    with checks.needed("a sandbox for a fleet"), sandbox(tools, "--tickets", "20") as account:
        wanted = shown()
        # One that is read whole.
        wanted["streams"].append("account_overview")
        checks.run("the file of docs/fleet.md is right by the connector's and the destination's forms", partial(fits, tools, wanted))
        modes: dict[str, list[Json]] = {}
        platform = Platform(lambda config: modes.setdefault(config["subdomain"], discovered(tools, account, config)))
        try:
            for kind, key in (("destinations", "destinationId"), ("sources", "sourceId"), ("connections", "connectionId")):
                for nth in range(OTHERS):
                    platform.keep(kind, key, {"name": f"another {nth}"})
            checks.run("a source and a connection for each account", partial(makes, tools, platform, wanted))
            checks.run("all that it asks is what Airbyte's client asks", lambda: fail_on(platform.faults))
            checks.run("it signs in as PyAirbyte does", partial(signs_in, platform))
            checks.run("once more, with a new image and one more account", partial(again, tools, platform, wanted))
            checks.run("a stream that an account lacks is named", partial(lacks, tools, platform, wanted))
        finally:
            platform.close()


def shown() -> Json:
    page = (PROJECT / "docs/fleet.md").read_text(encoding="utf-8")
    return json.loads(re.search(r"^```json\n(\{\n *\"destination\".*?)^```", page, re.DOTALL | re.MULTILINE)[1])


def fits(tools: Tools, wanted: Json) -> None:
    [spec] = [json.loads(line)["spec"] for line in run_source(tools, "spec").lines]
    form = jsonschema_rs.validator_for(spec["connectionSpecification"])
    faults = [f"{one['name']}: {error.message}" for one in wanted["accounts"] for error in form.iter_errors(one["configuration"])]
    given = wanted["destination"]["configuration"]
    read = json.loads(models.DestinationPostgres.from_dict(given).to_json())
    fail_on([*faults, *lost(given, read)])


def discovered(tools: Tools, account: Account, config: Json) -> list[Json]:
    """What Airbyte shows of a source's streams: the sandbox is the account, whatever its name."""
    here = {**account.config, "subdomain": config["subdomain"]}
    lines = run_source(tools, "discover", "--config", tools.file("fleet.json", here)).lines
    [catalog] = [message["catalog"] for message in map(json.loads, lines) if message["type"] == "CATALOG"]
    return [{"streamName": stream["name"], "syncModes": list(modes_of(stream))} for stream in catalog["streams"]]


def modes_of(stream: Json) -> list[str]:
    """Together with a destination that knows all modes."""
    both = ["full_refresh_overwrite", "full_refresh_append"]
    if "incremental" in stream["supported_sync_modes"]:
        both.append("incremental_append")
        if stream.get("source_defined_primary_key"):
            both.append("incremental_deduped_history")
    return both


def run(tools: Tools, platform: Platform, wanted: Json, tag: str = "0.1.0") -> subprocess.CompletedProcess[str]:
    settings = {
        "AIRBYTE_API": platform.url,
        "AIRBYTE_CLIENT_ID": CLIENT["client_id"],
        "AIRBYTE_CLIENT_SECRET": CLIENT["client_secret"],
        "AIRBYTE_WORKSPACE": WORKSPACE,
        "AIRBYTE_IMAGE": f"{IMAGE}:{tag}",
    }
    arguments = [sys.executable, SCRIPT, tools.file("accounts.json", wanted)]
    return subprocess.run(arguments, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=300)


def makes(tools: Tools, platform: Platform, wanted: Json) -> str:
    done = run(tools, platform, wanted)
    names = [one["name"] for one in wanted["accounts"]]
    expected = ["definitions Zendesk (source-zendesk)", "destinations warehouse"]
    expected += [f"{kind} zendesk {name}" for name in names for kind in ("sources", "connections")]
    if done.returncode != 0 or platform.made != expected:
        fail_on([f"exit code {done.returncode}", *done.stderr.splitlines()[-5:], *platform.made])
    connections = [one for one in platform.kept["connections"].values() if one["name"].startswith("zendesk ")]
    faults = [fault for one in connections for fault in faults_of(platform, one, wanted)]
    fail_on(faults)
    return f"{len(connections)} connections"


def faults_of(platform: Platform, connection: Json, wanted: Json) -> list[str]:
    streams = {one["name"]: one["syncMode"] for one in connection["configurations"]["streams"]}
    source = platform.kept["sources"][connection["sourceId"]]
    faults = []
    modes = ["full_refresh_overwrite" if name == "account_overview" else "incremental_deduped_history" for name in wanted["streams"]]
    if streams != dict(zip(wanted["streams"], modes, strict=True)):
        faults.append(f"{streams}")
    if source["name"] != connection["name"] or source["definitionId"] not in platform.kept["definitions"]:
        faults.append(f"{connection['name']} reads {source}")
    if connection["destinationId"] not in platform.kept["destinations"]:
        faults.append(f"{connection['name']} writes nowhere")
    return faults


def signs_in(platform: Platform) -> None:
    ours = list(platform.signed_in)
    secret = {name: SecretString(value) for name, value in CLIENT.items()}
    get_bearer_token(**secret, api_root=platform.url)
    theirs = platform.signed_in[len(ours) :]
    if not ours or len(theirs) != 1 or any(one != theirs[0] for one in ours):
        fail_on([f"ours: {ours}", f"PyAirbyte's: {theirs}"])


def again(tools: Tools, platform: Platform, wanted: Json) -> None:
    platform.made.clear()
    [first, *_] = wanted["accounts"]
    more = {**first, "name": "third", "configuration": {**first["configuration"], "subdomain": "third"}}
    done = run(tools, platform, {**wanted, "accounts": [*wanted["accounts"], more]}, tag="0.2.0")
    tags = {one["dockerImageTag"] for one in platform.kept["definitions"].values()}
    made = ["sources zendesk third", "connections zendesk third"]
    if done.returncode != 0 or platform.made != made or tags != {"0.2.0"}:
        fail_on([f"exit code {done.returncode}", *done.stderr.splitlines()[-5:], *platform.made, *tags])
    fail_on(platform.faults)


def lacks(tools: Tools, platform: Platform, wanted: Json) -> None:
    done = run(tools, platform, {**wanted, "streams": ["tickets", "no_such_stream"]})
    if done.returncode == 0 or "has no stream no_such_stream" not in done.stderr:
        fail_on([f"exit code {done.returncode}", done.stderr])
