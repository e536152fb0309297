"""A source and a connection on Airbyte's platform for each Zendesk account of a file: python connections.py accounts.json

The file has {"destination": {"name": "warehouse", "configuration": {"destinationType": "postgres", …}}, "streams": ["tickets", …],
"accounts": [{"name": "acme", "configuration": {"subdomain": "acme", …}}]}; docs/fleet.md shows one. Each account's tables go into a
schema of their own. Run it again whenever the file or the image has changed: what is there is changed, nothing is made twice, and
nothing is removed.

Settings are environment variables:
  AIRBYTE_API                   the address of the API: https://airbyte.example.com/api/public/v1
  AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
                                an application (in Airbyte: Settings, Applications)
  AIRBYTE_WORKSPACE             the workspace's id
  AIRBYTE_IMAGE                 the image of source-zendesk: registry.example.com/data/source-zendesk:0.1.0
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

API = os.environ["AIRBYTE_API"].rstrip("/")
WORKSPACE = os.environ["AIRBYTE_WORKSPACE"]
DEFINITION = "Zendesk (source-zendesk)"
PAGE = 100
# Airbyte starts the image to see which streams an account has.
PATIENCE_SECONDS = 600
# A token is good for a few minutes.
TOKEN_SECONDS = 60

Json = dict[str, Any]
Call = Callable[..., Any]


def main(path: str) -> None:
    wanted = json.loads(Path(path).read_text(encoding="utf-8"))
    call = signed_in()
    definition = define(call, *os.environ["AIRBYTE_IMAGE"].rsplit(":", 1))
    destination = put(call, "destinations", "destinationId", wanted["destination"])
    for account in wanted["accounts"]:
        actor = {"name": f"zendesk {account['name']}", "configuration": account["configuration"]}
        source = put(call, "sources", "sourceId", actor, definitionId=definition)
        connect(call, account["name"], wanted["streams"], source, destination)
        print(f"{account['name']}: connected", flush=True)


def define(call: Call, repository: str, tag: str) -> str:
    """The id of the connector's definition in this workspace, with this image."""
    path = f"workspaces/{WORKSPACE}/definitions/sources"
    for one in call("GET", path)["data"]:
        if one["name"] == DEFINITION:
            call("PUT", f"{path}/{one['id']}", {"name": DEFINITION, "dockerImageTag": tag})
            return one["id"]
    return call("POST", path, {"name": DEFINITION, "dockerRepository": repository, "dockerImageTag": tag})["id"]


def put(call: Call, kind: str, key: str, actor: Json, **once: str) -> str:
    """The id of the source or destination of this name: changed to this configuration, or made."""
    for one in listed(call, kind):
        if one["name"] == actor["name"]:
            call("PUT", f"{kind}/{one[key]}", actor)
            return one[key]
    return call("POST", kind, {**actor, **once, "workspaceId": WORKSPACE})[key]


def connect(call: Call, account: str, streams: list[str], source: str, destination: str) -> None:
    """Reads these streams each hour, at a minute of the account's own, into a schema of the account's own."""
    offered = call("GET", f"streams?{urlencode({'sourceId': source, 'destinationId': destination})}")
    modes = {one["streamName"]: one["syncModes"] for one in offered}
    if missing := [name for name in streams if name not in modes]:
        raise SystemExit(f"{account} has no stream {', '.join(missing)}.")
    connection = {
        "name": f"zendesk {account}",
        "namespaceDefinition": "custom_format",
        "namespaceFormat": f"zendesk_{account}",
        # New custom fields become columns.
        "nonBreakingSchemaUpdatesBehavior": "propagate_columns",
        "schedule": {"scheduleType": "cron", "cronExpression": f"0 {crc32(account.encode()) % 60} * * * ? UTC"},
        "status": "active",
        "configurations": {"streams": [{"name": name, "syncMode": best(modes[name])} for name in streams]},
    }
    for one in listed(call, "connections"):
        if one["name"] == connection["name"]:
            call("PATCH", f"connections/{one['connectionId']}", connection)
            return
    call("POST", "connections", {**connection, "sourceId": source, "destinationId": destination})


def best(modes: list[str]) -> str:
    return next(mode for mode in ("incremental_deduped_history", "full_refresh_overwrite") if mode in modes)


def listed(call: Call, kind: str) -> Iterator[Json]:
    for offset in range(0, sys.maxsize, PAGE):
        page = call("GET", f"{kind}?{urlencode({'workspaceIds': WORKSPACE, 'limit': PAGE, 'offset': offset})}")["data"]
        yield from page
        if len(page) < PAGE:
            return


def signed_in() -> Call:
    """What calls the API: a method, a path, and a body. Renews the token in time."""
    token, until = "", 0.0

    def call(method: str, path: str, body: Json | None = None) -> Any:
        nonlocal token, until
        if time.monotonic() > until:
            client = {"client_id": os.environ["AIRBYTE_CLIENT_ID"], "client_secret": os.environ["AIRBYTE_CLIENT_SECRET"]}
            token = send("POST", "applications/token", client)["access_token"]
            until = time.monotonic() + TOKEN_SECONDS
        return send(method, path, body, {"authorization": f"Bearer {token}"})

    return call


def send(method: str, path: str, body: Json | None, headers: Json | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{API}/{path}", data, {"content-type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        # A body of ours may hold secrets: it is not shown. What Airbyte answers says what is wrong.
        raise SystemExit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:1000]}") from None


if __name__ == "__main__":
    main(*sys.argv[1:])
