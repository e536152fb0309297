"""Airbyte's own Zendesk connector reads the sandbox: check, discover, and every stream twice, with its state."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from changes import change
from common import SUBDOMAIN, Checks, Json, Sandbox, arguments, expect, fail_on, same, sandbox
from delivery import Delivery, Excuse, follow_ups, snapshot

# The account is the same each time. It begins in the past: the connector asks for nothing younger than its own clock.
ACCOUNT = ("--tickets", "250", "--now", "2026-01-15T12:00:00Z", "--export-page", "100")
START = "2005-01-01T00:00:00Z"
STREAMS = 38

# With limits, whose minute passes in half a minute.
LIMITED = ("--tickets", "100", "--plan", "team", "--account-limit", "15", "--time-scale", "2", *ACCOUNT[2:])
LIMITED_STREAMS = ("tickets", "users", "organizations", "ticket_metric_events", "groups", "organization_memberships")

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


class Connector:
    """The connector as a program."""

    def __init__(self, account: Sandbox, work: Path) -> None:
        self.account = account
        self.work = work
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
        command = [sys.executable, Path(__file__).with_name("rerouted.py"), "source_zendesk_support.run:run"]
        done = subprocess.run(
            [*map(str, command), *map(str, given)],
            capture_output=True,
            check=False,
            timeout=1500,
            cwd=self.work,
            env=self.account.environment(),
        )
        read = Read(done.returncode)
        for line in done.stdout.splitlines():
            message = json.loads(line)
            self._take(read, message)
        if done.returncode != 0 and not read.errors:
            read.errors.append(f"exit code {done.returncode}: {done.stderr.decode()[-400:]}")
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

    @staticmethod
    def _take(read: Read, message: Json) -> None:
        match message["type"]:
            case "RECORD":
                record = message["record"]
                read.records.setdefault(record["stream"], []).append(record["data"])
            case "STATE":
                stream = message["state"]["stream"]
                read.states[stream["stream_descriptor"]["name"]] = message["state"]
            case "TRACE" if message["trace"]["type"] == "ERROR":
                error = message["trace"]["error"]
                where = (error.get("stream_descriptor") or {}).get("name", "")
                read.errors.append(f"{where}: {error['message'][:160]} {(error.get('internal_message') or '')[:300]}")
            case "TRACE" if message["trace"]["type"] == "STREAM_STATUS":
                told = message["trace"]["stream_status"]
                read.status[told["stream_descriptor"]["name"]] = told["status"]
            case "LOG":
                pass
            case _:
                read.other.append(message)


class Test:
    def __init__(self, checks: Checks, account: Sandbox, work: Path, only: str) -> None:
        self.checks = checks
        self.account = account
        self.connector = Connector(account, work)
        self.only = only
        self.streams: list[Json] = []
        self.deliveries: dict[str, Delivery] = {}
        self.states: list[dict[str, Json]] = [{}]
        # The deleted tickets at each read.
        self.gone: list[set[int]] = [set()]

    def run(self) -> None:
        run = self.checks.run
        run("check with an API token", lambda: self._check(self.connector.config))
        run("check with OAuth", lambda: self._check(self.connector.with_oauth()))
        run("check with a wrong token fails", self._check_refused)
        run("discover", self._discover)
        run("first read of all streams: no error", self._read)
        self._each_stream("first read")
        run("the account changes", lambda: change(self.account, seed=5))
        run("second read, with state: no error", self._read)
        self._each_stream("second read")

    def _check(self, config: Path) -> None:
        done = self.connector.run("check", "--config", config)
        told = [message["connectionStatus"] for message in done.other if message["type"] == "CONNECTION_STATUS"]
        same([one["status"] for one in told], ["SUCCEEDED"], f"the connection's status ({told} {done.errors})")

    def _check_refused(self) -> None:
        config = json.loads(self.connector.config.read_text())
        config["credentials"]["api_token"] = "wrong"
        done = self.connector.run("check", "--config", self.connector.file("wrong.json", config))
        told = [message["connectionStatus"]["status"] for message in done.other if "connectionStatus" in message]
        expect(told == ["FAILED"] or done.errors, f"a wrong token is told as {told}")

    def _discover(self) -> str:
        self.streams = [one for one in self.connector.discover() if self.only in one["name"]]
        if not self.only:
            same(len(self.streams), STREAMS, "streams")
        expect(not NOT_OFFERED & {one["name"] for one in self.streams}, "a stream that it does not offer is there")
        self.deliveries = {one["name"]: Delivery(one["name"]) for one in self.streams}
        return f"{len(self.streams)} streams"

    def _read(self) -> str:
        for stream, delivery in self.deliveries.items():
            delivery.truths.append(snapshot(self.account, stream))
            delivery.reads.append([])
        self.gone.append(set(self.account.truth("tickets")[1]))
        began = time.monotonic()
        read = self.connector.read(self.streams, self.states[-1])
        self.states.append(read.states)
        for stream, delivery in self.deliveries.items():
            delivery.reads[-1] = read.records.get(stream, [])
        ended_well(self.streams, read)
        return f"{sum(map(len, read.records.values()))} records in {time.monotonic() - began:.0f} s"

    def _each_stream(self, when: str) -> None:
        for stream, delivery in self.deliveries.items():
            self.checks.run(
                f"{when} of {stream}",
                lambda each=delivery: each.check(self._excuses(each.stream), is_same),
            )

    def _excuses(self, stream: str) -> list[Excuse]:
        """What it does not deliver of a stream, and delivers nonetheless."""
        state = self.states[-2].get(stream, {}).get("stream", {}).get("stream_state", {})
        match stream:
            case "tickets":
                return [follow_ups(int(state.get("generated_timestamp", 0)))]
            case "ticket_comments":
                gone = self.gone[-1]
                since = int(state.get("created_at", 0))
                return [
                    Excuse("never", "it takes only events of type Comment (A11)", lambda row: row["type"] != "Comment"),
                    Excuse("again", "an event comes once", lambda row: row["timestamp"] < since),
                    Excuse("deleted", "events of deleted tickets don't say so", lambda row: row["ticket_id"] in gone),
                ]
            case "ticket_audits":
                archived = archived_tickets(self.account)
                restored = self.gone[-2] - self.gone[-1]
                since = state.get("created_at", "")

                def of_restored(row: Json) -> bool:
                    return row["ticket_id"] in restored - archived.keys() and row["created_at"] < since

                return [
                    Excuse("never", "the list lacks archived tickets (A13)", lambda row: row["ticket_id"] in archived),
                    Excuse("never", "when a ticket is restored, it looks no further back than its state", of_restored),
                ]
            case "ticket_metric_events":
                # A breach is told ahead: a state at its time asks for what is still to come, and gets nothing.
                reached = str(state.get("time", "0"))
                since = int(reached) if reached.isdigit() else datetime.fromisoformat(reached).timestamp()
                is_ahead = since > self.account.now()
                why = "its state is ahead of the present, where a breach is told ahead"
                return [Excuse(kind, why, lambda _: is_ahead) for kind in ("again", "never")]
            case "ticket_metrics":
                archived = archived_tickets(self.account)
                since = int(state.get("_ab_updated_at", 2**60))
                why = "the list lacks archived tickets; they come once they have changed (A2)"
                return [Excuse("never", why, lambda row: archived.get(row["ticket_id"], since) < since)]
        return []


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


def read_within_limits(checks: Checks, account: Sandbox, work: Path) -> None:
    """It waits as it is told when its requests are refused, and all comes in the end."""
    connector = Connector(account, work)
    deliveries = {name: Delivery(name, truths=[snapshot(account, name)]) for name in LIMITED_STREAMS}

    def read() -> str:
        streams = [one for one in connector.discover() if one["name"] in deliveries]
        read = connector.read(streams, {})
        ended_well(streams, read)
        for stream, delivery in deliveries.items():
            delivery.reads.append(read.records.get(stream, []))
        return account.refused()

    checks.run("read within limits: no error", read)
    for stream, delivery in deliveries.items():
        checks.run(f"read within limits of {stream}", lambda each=delivery: each.check([], is_same))


def ended_well(streams: list[Json], read: Read) -> None:
    """Raises if a run told of an error, or of a stream that did not end."""
    unfinished = [f"{name}: {status}" for name, status in read.status.items() if status != "COMPLETE"]
    missing = [f"{one['name']}: never ended" for one in streams if one["name"] not in read.status]
    fail_on([*read.errors, *unfinished, *missing])
    same(read.exit_code, 0, "the exit code")


def is_same(found: Any, value: Any) -> bool:
    """Values that the connector writes in another way, as its schemas say: as text."""
    return found == str(value)


def main() -> int:
    given = arguments()
    connector = f"airbyte {version('airbyte-source-zendesk-support')}"
    print(f"# {connector}, CDK {version('airbyte-cdk')}", flush=True)
    checks = Checks("airbyte")
    for stream in sorted(NOT_OFFERED):
        checks.excuse(stream, "the connector does not offer it: its own check of it breaks without a request")
    with sandbox(given.sandbox, *ACCOUNT) as account:
        # Breaches are announced up to four hours ahead; a state that lies ahead would hide what comes before it.
        account.advance(6 * 3600)
        Test(checks, account, given.work, given.only).run()
    with sandbox(given.sandbox, *LIMITED, limits=True) as account:
        read_within_limits(checks, account, given.work)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
