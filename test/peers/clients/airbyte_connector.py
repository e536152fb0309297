"""Airbyte's own Zendesk connector, as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from common import SUBDOMAIN, Forks, Json, Sandbox, expect, fail_on, forks, same

ENTRY = "source_zendesk_support.run:run"
START = "2005-01-01T00:00:00Z"
# Streams of its manifest that it never offers: its look for ticket forms breaks within this CDK, before any request
# ('DefaultStream' object has no attribute 'stream_slices').
NOT_OFFERED = {"ticket_forms", "account_attributes", "attribute_definitions"}


@dataclass
class Read:
    """What one run of the connector wrote."""

    exit_code: int
    records: dict[str, list[Json]] = field(default_factory=dict)
    states: dict[str, Json] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    other: list[Json] = field(default_factory=list)

    def take(self, message: Json) -> None:
        match message["type"]:
            case "RECORD":
                record = message["record"]
                self.records.setdefault(record["stream"], []).append(record["data"])
            case "STATE":
                stream = message["state"]["stream"]
                self.states[stream["stream_descriptor"]["name"]] = message["state"]
            case "TRACE" if message["trace"]["type"] == "ERROR":
                error = message["trace"]["error"]
                where = (error.get("stream_descriptor") or {}).get("name", "")
                self.errors.append(f"{where}: {error['message'][:160]} {(error.get('internal_message') or '')[:300]}")
            case "TRACE" if message["trace"]["type"] == "STREAM_STATUS":
                told = message["trace"]["stream_status"]
                self.status[told["stream_descriptor"]["name"]] = told["status"]
            case "LOG":
                pass
            case _:
                self.other.append(message)


class Connector:
    """Runs of the connector."""

    def __init__(self, account: Sandbox, work: Path, its: Forks) -> None:
        self.account = account
        self.work = work
        self._its = its
        self.config = self.file("config.json", self._config("api_token"))

    def _config(self, kind: str) -> Json:
        given = self.account.credentials
        tokens = (
            {"credentials": kind, "email": given["email"], "api_token": given["apiToken"]}
            if kind == "api_token"
            else {"credentials": kind, "access_token": given["accessToken"]}
        )
        return {"subdomain": SUBDOMAIN, "start_date": START, "credentials": tokens, "num_workers": 2}

    def with_oauth(self) -> Path:
        return self.file("config-oauth.json", self._config("oauth2.0"))

    def file(self, name: str, content: object) -> Path:
        path = self.work / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(self, *given: object) -> Read:
        done = self._its.run(*given)
        read = Read(done.returncode)
        for line in done.stdout.splitlines():
            read.take(json.loads(line))
        if done.returncode != 0 and not read.errors:
            read.errors.append(f"exit code {done.returncode}: {done.stderr[-400:]}")
        return read

    def discover(self) -> list[Json]:
        """The streams of its catalog."""
        done = self.run("discover", "--config", self.config)
        catalogs = [message["catalog"] for message in done.other if message["type"] == "CATALOG"]
        expect(catalogs, f"no catalog: {done.errors}")
        return catalogs[0]["streams"]

    def read(self, streams: list[Json], states: dict[str, Json]) -> Read:
        """Reads streams, incrementally where it can, from where they stood."""
        configured = [
            {
                "stream": stream,
                "sync_mode": "incremental" if "incremental" in stream["supported_sync_modes"] else "full_refresh",
                "destination_sync_mode": "append",
            }
            for stream in streams
        ]
        given = ["--config", self.config, "--catalog", self.file("catalog.json", {"streams": configured})]
        if states:
            given += ["--state", self.file("state.json", list(states.values()))]
        return self.run("read", *given)

    def read_until(self, catalog: Path, is_enough: Callable[[Read], bool]) -> Read:
        """A first read that is killed as soon as what it wrote is enough."""
        command = [sys.executable, Path(__file__).with_name("rerouted.py"), ENTRY]
        given = [*command, "read", "--config", self.config, "--catalog", catalog]
        read = Read(0)
        with subprocess.Popen(
            [str(one) for one in given],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.work,
            env=self.account.environment(),
        ) as process:
            for line in process.stdout:
                read.take(json.loads(line))
                if is_enough(read):
                    break
            process.kill()
        return read


@contextmanager
def connector(account: Sandbox, work: Path) -> Iterator[Connector]:
    """The connector, loaded until the block ends."""
    with forks(ENTRY, account, work) as its:
        yield Connector(account, work, its)


def ended_well(streams: list[Json], read: Read) -> None:
    """Raises if a run told of an error, or of a stream that did not end."""
    unfinished = [f"{name}: {status}" for name, status in read.status.items() if status != "COMPLETE"]
    missing = [f"{one['name']}: never ended" for one in streams if one["name"] not in read.status]
    fail_on([*read.errors, *unfinished, *missing])
    same(read.exit_code, 0, "the exit code")


def is_same(found: Any, value: Any) -> bool:
    """Values that the connector writes in another way, as its schemas say: as text."""
    return found == str(value)


def archived_tickets(account: Sandbox) -> dict[int, int]:
    """Tickets that closed 120 days ago, with their time in the export: no list has them or what belongs to them."""
    audits = account.truth("ticket_audits")[0]
    closed = {
        audit["ticket_id"]: audit["created_at"]
        for audit in sorted(audits, key=lambda audit: audit["created_at"])
        for event in audit["events"]
        if event.get("field_name") == "status" and event["value"] == "closed"
    }
    before = datetime.fromtimestamp(account.now() - 120 * 86_400, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    live = account.truth("tickets")[0]
    return {row["id"]: row["generated_timestamp"] for row in live if closed.get(row["id"], before) < before}
