"""What the program writes, held against Airbyte's models, the protocol's rules of order, and the program's own schemas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import jsonschema_rs
import orjson
from airbyte.types import CONVERSION_MAP, SQLTypeConversionError, _get_airbyte_type
from checks import Checks, fail_on
from official_models import faults_of_lines
from program import Account, Json, Run, Tools, run_source, sandbox

# Those that are there at least, and go into a warehouse.
STREAMS = [
    "tickets",
    "ticket_metrics",
    "ticket_audits",
    "ticket_comments",
    "ticket_metric_events",
    "ticket_fields",
    "ticket_forms",
    "users",
    "organizations",
    "groups",
]
FINAL = ("COMPLETE", "INCOMPLETE")


def check_protocol(checks: Checks, tools: Tools) -> None:
    with checks.needed("a sandbox for the lines"), sandbox(tools, "--tickets", "200", "--seed", "11") as account:
        checks.run("spec", partial(spec, tools))
        checks.run("check, with a config that works and with others", partial(check, tools, account))
        checks.run("discover", partial(discover, tools, account))
        checks.run("read of all streams, of what changed, of nothing", partial(reads, tools, account))
        checks.run("read with full_refresh, of some columns", partial(full_refresh, tools, account))
        checks.run("read with a wrong token", partial(read_without_access, tools, account))


def spec(tools: Tools) -> str:
    run = run_source(tools, "spec")
    fail_on(_faults_of_run(run, {"SPEC": 1}))
    schema = _messages(run)[0]["spec"]["connectionSpecification"]
    jsonschema_rs.meta.validate(schema)
    return f"{len(schema['properties'])} properties"


def check(tools: Tools, account: Account) -> None:
    credentials = account.config["credentials"]
    cases = {
        "SUCCEEDED": account.config,
        "FAILED with a wrong token": {**account.config, "credentials": {**credentials, "api_token": "x" * 40}},
        "FAILED with a wrong subdomain": {"subdomain": "not a name", "credentials": credentials},
        "FAILED with no server": {**account.config, "base_url": "http://127.0.0.1:9"},
    }
    for case, config in cases.items():
        run = run_source(tools, "check", f"--config={tools.file('config.json', config)}")
        fail_on(f"{case}: {fault}" for fault in _faults_of_run(run, {"CONNECTION_STATUS": 1}))
        status = next(message for message in _messages(run) if message["type"] == "CONNECTION_STATUS")["connectionStatus"]
        if status["status"] != case.split()[0] or (status["status"] == "FAILED" and not status.get("message")):
            fail_on([f"{case}: {status}"])


def discover(tools: Tools, account: Account) -> str:
    catalog = _catalog(tools, account)
    fail_on(fault for stream in catalog["streams"] for fault in _faults_of_stream(stream))
    return f"{sum(len(stream['json_schema']['properties']) for stream in catalog['streams'])} columns"


def reads(tools: Tools, account: Account) -> str:
    """A first read, one after changes, and one with nothing new: each held against everything that we know."""
    catalog = _catalog(tools, account)
    configured = {"streams": [_configured(stream, "incremental") for stream in catalog["streams"]]}

    def read(which: str, state: list[Json]) -> Run:
        run = _read(tools, account, configured, state)
        fail_on(f"{which} read: {fault}" for fault in _faults_of_read(run, catalog))
        return run

    first = read("first", [])
    account.change(200, 1)
    # The newest minute is held back, and metric events appear up to a quarter of an hour late.
    account.advance(3600)
    second = read("second", _state_after(first))
    third = read("third", _state_after(second))
    counts = [Counter(message["type"] for message in _messages(run))["RECORD"] for run in (first, second, third)]
    if not 0 < counts[1] < counts[0]:
        fail_on([f"the first read had {counts[0]} records, the second one {counts[1]}"])
    again = Counter(message["record"]["stream"] for message in _messages(third) if message["type"] == "RECORD")
    for stream in catalog["streams"]:
        if stream["supported_sync_modes"] == ["full_refresh"]:
            del again[stream["name"]]
    before, after = ({_stream_of({"state": state}): state["stream"] for state in _state_after(run)} for run in (second, third))
    fail_on(
        [f"{name}: {count} records, though nothing is new" for name, count in again.items()]
        + [f"{name}: another STATE, though nothing is new" for name in before if before[name] != after[name]]
    )
    return f"{len(first.lines)}, {len(second.lines)} and {len(third.lines)} lines, {' and '.join(map(str, counts))} records"


def full_refresh(tools: Tools, account: Account) -> str:
    catalog = _catalog(tools, account)
    for stream in catalog["streams"]:
        properties = stream["json_schema"]["properties"]
        keys = [name for path in stream.get("source_defined_primary_key", []) for name in path] or [next(iter(properties))]
        chosen = {*keys, *stream.get("default_cursor_field", []), "_ab_cdc_deleted_at"}
        stream["json_schema"]["properties"] = {name: properties[name] for name in properties if name in chosen}
    run = _read(tools, account, {"streams": [_configured(stream, "full_refresh") for stream in catalog["streams"]]})
    # Columns that were not chosen would be found here as columns that the schema lacks.
    fail_on(_faults_of_read(run, catalog))
    return f"{len(run.lines)} lines"


def read_without_access(tools: Tools, account: Account) -> str:
    catalog = _catalog(tools, account)
    configured = {"streams": [_configured(stream, "incremental") for stream in catalog["streams"]]}
    credentials = {**account.config["credentials"], "api_token": "x" * 40}
    config = tools.file("wrong-token.json", {**account.config, "credentials": credentials})
    run = run_source(tools, "read", "--config", config, "--catalog", tools.file("catalog.json", configured))
    fail_on(faults_of_lines(run.lines))
    traces = [message["trace"] for message in _messages(run) if message["type"] == "TRACE"]
    errors = [trace["error"] for trace in traces if trace["type"] == "ERROR"]
    if run.exit_code != 1 or not errors:
        fail_on([f"exit code {run.exit_code}, {len(errors)} errors"])
    # A platform tries again what it takes for transient.
    fail_on(f"no config_error: {error}" for error in errors if error["failure_type"] != "config_error")
    statuses = [status for trace in traces if (status := trace.get("stream_status"))]
    last = {status["stream_descriptor"]["name"]: status["status"] for status in statuses}
    fail_on(f"{name} ends with {status}" for name, status in last.items() if status != "INCOMPLETE")
    return errors[0]["message"]


def _messages(run: Run) -> list[Json]:
    return [orjson.loads(line) for line in run.lines]


def _faults_of_run(run: Run, expected: dict[str, int]) -> Iterator[str]:
    """Beside what the models say: exit code 0, and these messages, with LOG and TRACE about them at most."""
    if run.exit_code != 0:
        yield f"exit code {run.exit_code}: {run.stderr[-300:]}"
    faults = list(faults_of_lines(run.lines))
    yield from faults
    if not faults:
        found = Counter(message["type"] for message in _messages(run) if message["type"] not in ("LOG", "TRACE"))
        if found != expected:
            yield f"messages {found}, not {expected}"


def _catalog(tools: Tools, account: Account) -> Json:
    run = run_source(tools, "discover", "--config", tools.file("config.json", account.config))
    fail_on(_faults_of_run(run, {"CATALOG": 1}))
    catalog = next(message["catalog"] for message in _messages(run) if message["type"] == "CATALOG")
    names = [stream["name"] for stream in catalog["streams"]]
    missing = set(STREAMS) - set(names)
    if missing or len(set(names)) != len(names):
        fail_on([f"discover names {names}"])
    return catalog


def _faults_of_stream(stream: Json) -> Iterator[str]:
    """A stream of the catalog that every destination can make a table for."""
    name, schema = stream["name"], stream["json_schema"]
    if not jsonschema_rs.meta.is_valid(schema):
        yield f"{name}: its schema is no JSON Schema"
    if schema.get("type") != "object" or not schema.get("$schema", "").startswith("http://json-schema.org/draft-07"):
        yield f"{name}: its schema is not an object's, of draft 7"
    is_whole = stream["supported_sync_modes"] == ["full_refresh"]
    if not is_whole and set(stream["supported_sync_modes"]) != {"full_refresh", "incremental"}:
        yield f"{name}: sync modes {stream['supported_sync_modes']}"
    if is_whole == ("default_cursor_field" in stream) or (name in STREAMS and is_whole):
        yield f"{name}: sync modes {stream['supported_sync_modes']}, and cursor {stream.get('default_cursor_field')}"
    keys = stream.get("source_defined_primary_key", [])
    if not is_whole:
        keys = [*keys, stream["default_cursor_field"], ["_ab_cdc_deleted_at"]]
    yield from (f"{name}: has no column {path}" for path in keys if len(path) != 1 or path[0] not in schema["properties"])
    for column, definition in schema["properties"].items():
        if column_kind(definition) not in CONVERSION_MAP:
            yield f"{name}.{column}: PyAirbyte has no type of column for it: {definition.get('type')}"
        if definition.get("format") == "date-time" and definition.get("airbyte_type") != "timestamp_with_timezone":
            yield f"{name}.{column}: a time without airbyte_type"
    folded = Counter(column.lower() for column in schema["properties"])
    yield from (f"{name}: the columns {column} differ in case only" for column, count in folded.items() if count > 1)


def column_kind(definition: Json) -> str | None:
    """What PyAirbyte makes a column of; None where it cannot tell, and takes text."""
    try:
        return _get_airbyte_type(definition)[0]
    except SQLTypeConversionError:
        return None


def _configured(stream: Json, sync_mode: str) -> Json:
    if sync_mode not in stream["supported_sync_modes"]:
        sync_mode = "full_refresh"
    return {
        "stream": stream,
        "sync_mode": sync_mode,
        "destination_sync_mode": "append_dedup",
        "cursor_field": stream.get("default_cursor_field"),
        "primary_key": stream.get("source_defined_primary_key"),
        "generation_id": 1,
        "minimum_generation_id": 0 if sync_mode == "incremental" else 1,
        "sync_id": 1,
    }


def _read(tools: Tools, account: Account, configured: Json, state: list[Json] | None = None) -> Run:
    arguments = ["--config", tools.file("config.json", account.config), "--catalog", tools.file("catalog.json", configured)]
    if state is not None:
        arguments += ["--state", tools.file("state.json", state)]
    return run_source(tools, "read", *arguments)


def _state_after(run: Run) -> list[Json]:
    """The last STATE of each stream, as the platform hands it to the next read."""
    states = [message["state"] for message in _messages(run) if message["type"] == "STATE"]
    return list({state["stream"]["stream_descriptor"]["name"]: state for state in states}.values())


def _faults_of_read(run: Run, catalog: Json) -> Iterator[str]:
    """A whole read that went well: each line, the order of lines, and each record by its stream's schema."""
    if run.exit_code != 0:
        yield f"exit code {run.exit_code}: {run.stderr[-300:]}"
    faults = list(faults_of_lines(run.lines))
    yield from faults
    if faults:
        return
    streams = {stream["name"]: stream["json_schema"] for stream in catalog["streams"]}
    validators = {
        name: jsonschema_rs.Draft7Validator({**schema, "additionalProperties": False}, validate_formats=True)
        for name, schema in streams.items()
    }
    orders = {name: _Order() for name in streams}
    for number, message in enumerate(_messages(run), 1):
        name = _stream_of(message)
        if name is None:
            continue
        if name not in orders:
            yield f"line {number}: of a stream {name}, that nobody asked for"
            continue
        yield from (f"line {number}, {name}: {fault}" for fault in orders[name].take(message))
        if message["type"] == "RECORD":
            for error in validators[name].iter_errors(message["record"]["data"]):
                yield f"line {number}, {name}: {'/'.join(map(str, error.instance_path))} {error.message[:300]}"
    for name, order in orders.items():
        if order.status != "COMPLETE":
            yield f"{name} ends with {order.status}"


def _stream_of(message: Json) -> str | None:
    match message:
        case {"record": {"stream": name}}:
            return name
        case {"state": {"stream": {"stream_descriptor": {"name": name}}}}:
            return name
        case {"trace": {"stream_status": {"stream_descriptor": {"name": name}}}}:
            return name
        case {"trace": {"estimate": {"name": name}}}:
            return name
    return None


class _Order:
    """The rules of order for one stream's messages in a read."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.records = 0
        self.records_since_state = 0

    def take(self, message: Json) -> Iterator[str]:
        if self.status in FINAL:
            yield f"{message['type']} after {self.status}"
        match message:
            case {"trace": {"stream_status": {"status": status, **more}}}:
                yield from self._take_status(status, bool(more.get("reasons")))
            case _ if self.status is None:
                yield f"{message['type']} before STARTED"
        match message:
            case {"record": _}:
                if self.status != "RUNNING":
                    yield f"a RECORD while {self.status}"
                self.records += 1
                self.records_since_state += 1
            case {"state": {"sourceStats": {"recordCount": count}}}:
                if count != self.records_since_state:
                    yield f"recordCount {count}, and {self.records_since_state} records since the STATE before"
                self.records_since_state = 0

    def _take_status(self, status: str, has_reasons: bool) -> Iterator[str]:
        if (status == "STARTED") != (self.status is None):
            yield f"{status} after {self.status}"
        if status == "RUNNING" and self.status == "RUNNING" and not has_reasons:
            yield "RUNNING twice"
        if status == "RUNNING" and not has_reasons and self.records > 0:
            yield "RUNNING after records"
        if status == "COMPLETE" and self.records_since_state > 0:
            yield f"COMPLETE with {self.records_since_state} records that no STATE counts"
        self.status = status
