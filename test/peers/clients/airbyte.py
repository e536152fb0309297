"""
Airbyte's own Zendesk connector reads the sandbox: check, discover, and every stream twice, with its state. Between, what it reads is
compared with what ours does, and afterwards ours goes on from its states (moving_airbyte.py).
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from airbyte_connector import NOT_OFFERED, Connector, Read, archived_tickets, connector, ended_well, is_same
from changes import change
from common import Checks, Json, Sandbox, arguments, expect, same, sandbox
from delivery import Delivery, Excuse, follow_ups, snapshot
from legacy import check_columns
from moving_airbyte import Moving

# The account is the same each time. It begins in the past: the connector asks for nothing younger than its own clock.
NOW = ("--now", "2026-01-15T12:00:00Z")
ACCOUNT = ("--tickets", "60", "--seed", "6", "--export-page", "25", *NOW)
STREAMS = 38

# With limits, whose minute passes in half a minute.
LIMITED = ("--tickets", "100", "--plan", "team", "--account-limit", "15", "--time-scale", "2", "--export-page", "50", *NOW)
LIMITED_STREAMS = ("tickets", "users", "organizations", "ticket_metric_events", "groups", "organization_memberships")


class Test:
    def __init__(self, checks: Checks, account: Sandbox, connector: Connector, only: str) -> None:
        self.checks = checks
        self.account = account
        self.connector = connector
        self.only = only
        self.first = Read(1)
        self.streams: list[Json] = []
        self.deliveries: dict[str, Delivery] = {}
        self.states: list[dict[str, Json]] = [{}]
        # The deleted tickets at each read.
        self.gone: list[set[int]] = [set()]

    def read_first(self) -> None:
        run = self.checks.run
        run("check with an API token", lambda: self._check(self.connector.config))
        run("check with OAuth", lambda: self._check(self.connector.with_oauth()))
        run("check with a wrong token fails", self._check_refused)
        run("discover", self._discover)
        run("first read of all streams: no error", self._read)
        self._each_stream("first read")

    def change_and_read(self) -> None:
        run = self.checks.run
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
        if not self.states[-1]:
            self.first = read
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


def read_within_limits(checks: Checks, account: Sandbox, connector: Connector) -> None:
    """It waits as it is told when its requests are refused, and all comes in the end."""
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


def main() -> int:
    given = arguments()
    print(f"# airbyte {version('airbyte-source-zendesk-support')}, CDK {version('airbyte-cdk')}", flush=True)
    checks = Checks("airbyte")
    codes = []
    for stream in sorted(NOT_OFFERED):
        checks.excuse(stream, "the connector does not offer it: its own check of it breaks without a request")
    with sandbox(given.sandbox, *ACCOUNT) as account, connector(account, given.work) as theirs:
        # Breaches are announced up to four hours ahead; a state that lies ahead would hide what comes before it.
        account.advance(6 * 3600)
        test = Test(checks, account, theirs, given.only)
        test.read_first()
        moving = Moving(account, theirs, test.streams, test.first)
        if not given.only:
            codes.append(check_columns(test.streams))
            moving.compare()
        test.change_and_read()
        if not given.only:
            codes.append(moving.hand_over())
    with sandbox(given.sandbox, *LIMITED, limits=True) as account, connector(account, given.work) as theirs:
        read_within_limits(checks, account, theirs)
    return max([checks.end(), *codes])


if __name__ == "__main__":
    sys.exit(main())
