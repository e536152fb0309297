"""Every line that the destination writes, held against Airbyte's models: spec, check, discover, write and replay."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import partial

from airbyte_protocol.models import AirbyteMessage
from airbyte_cdk.models import AirbyteMessageSerializer
from checks import Checks, fail_on
from official_models import extras_of
from pydantic import ValidationError
from program import Account, Json, Tools, sandbox
from serpyco_rs import SchemaValidationError

PAYLOADS = {
    "STATE": "state",
    "LOG": "log",
    "SPEC": "spec",
    "CONNECTION_STATUS": "connectionStatus",
    "TRACE": "trace",
    "DESTINATION_CATALOG": "destination_catalog",
}


def check_destination(checks: Checks, tools: Tools) -> None:
    with checks.needed("a sandbox to write to"), sandbox(tools, "--tickets", "20", "--seed", "5") as account:
        checks.run("destination: spec, check and discover", partial(describe, tools, account))
        checks.run("destination: write, with rows that are rejected, and their replay", partial(writes, tools, account))
        checks.run("destination: what ends a write", partial(failures, tools, account))


def run(tools: Tools, arguments: list[str], messages: list[Json] | None = None) -> tuple[list[bytes], int]:
    program = [str(tools.node), str(tools.dist / "destination-zendesk.js"), *arguments]
    text = "".join(f"{json.dumps(message)}\n" for message in messages or [])
    done = subprocess.run(program, input=text.encode(), capture_output=True, check=False, timeout=300, cwd=tools.work)
    if done.stderr:
        raise ValueError(done.stderr.decode()[:500])
    return done.stdout.splitlines(), done.returncode


def faults_of(line: bytes) -> Iterator[str]:
    """What either model refuses or does not know, and what the protocol says in words."""
    shown = line[:200].decode(errors="replace")
    message = json.loads(line)
    if message.keys() != {"type", PAYLOADS.get(message.get("type"))}:
        yield f"a message with the keys {', '.join(message)}: {shown}"
    try:
        AirbyteMessageSerializer.load(message)
    except SchemaValidationError as error:
        yield f"the CDK refuses it: {error}: {shown}"
    try:
        yield from (f"not in the models: {where}: {shown}" for where in extras_of(AirbyteMessage.model_validate_json(line, strict=True)))
    except ValidationError as error:
        yield f"the models refuse it: {error}: {shown}"
    if message["type"] == "STATE" and b'"destinationStats":{"recordCount":' not in line:
        yield f"no destinationStats: {shown}"


def held(lines: list[bytes]) -> Counter[str]:
    fail_on([fault for line in lines for fault in faults_of(line)])
    return Counter(json.loads(line)["type"] for line in lines)


def config_of(tools: Tools, account: Account, **more: object) -> str:
    config = {**account.config, "folder": str(tools.work / "destination"), "rate_limit_percent": 100, **more}
    return str(tools.file("destination-config.json", config))


def catalog_of(tools: Tools, **stream: object) -> str:
    configured = {
        "stream": {"name": "users", "json_schema": {}, "supported_sync_modes": ["full_refresh"]},
        "sync_mode": "full_refresh",
        "destination_sync_mode": "append_dedup",
        "primary_key": [["external_id"]],
        **stream,
    }
    return str(tools.file("destination-catalog.json", {"streams": [configured]}))


def describe(tools: Tools, account: Account) -> str:
    config = config_of(tools, account, allow_deletes=True)
    told = []
    for arguments in (["spec"], ["check", "--config", config], ["discover", "--config", config]):
        lines, code = run(tools, arguments)
        told.append(f"{arguments[0]} {dict(held(lines))}")
        fail_on([f"{arguments[0]} ended with {code}"] if code else [])
    catalog = json.loads(lines[-1])["destination_catalog"]
    modes = {(one["object_name"], one["sync_mode"]) for one in catalog["operations"]}
    fail_on([f"no operation {one}" for one in (("users", "append_dedup"), ("tickets", "soft_delete")) if one not in modes])
    return f"{len(modes)} operations"


def state(mark: int) -> Json:
    stream = {"stream_descriptor": {"name": "users"}, "stream_state": {"mark": mark}}
    return {"type": "STATE", "state": {"type": "STREAM", "stream": stream, "sourceStats": {"recordCount": 3.0}}}


def record(**data: object) -> Json:
    return {"type": "RECORD", "record": {"stream": "users", "emitted_at": 1700000000000, "data": data}}


def writes(tools: Tools, account: Account) -> str:
    config = config_of(tools, account)
    rows = [record(external_id=f"a-{nth}", name=f"A {nth}", email=f"a-{nth}@example.com" if nth else "none") for nth in range(3)]
    lines, code = run(tools, ["write", "--config", config, "--catalog", catalog_of(tools)], [*rows, state(1), state(2)])
    kinds = held(lines)
    fail_on([f"ended with {code}"] if code else [])
    fail_on([] if kinds["STATE"] == 2 else [f"{kinds['STATE']} states"])
    [file] = (tools.work / "destination/rejected").iterdir()
    again, code = run(tools, ["replay", str(file), "--config", config])
    held(again)
    return f"{sum(kinds.values())} lines"


def failures(tools: Tools, account: Account) -> str:
    config = config_of(tools, account)
    kinds: Counter[str] = Counter()
    for catalog in (catalog_of(tools, destination_sync_mode="overwrite"), catalog_of(tools, destination_object_name="nothing")):
        lines, code = run(tools, ["write", "--config", config, "--catalog", catalog])
        fail_on([] if code == 1 else [f"ended with {code}"])
        kinds += held(lines)
    return f"{kinds['TRACE']} errors"
