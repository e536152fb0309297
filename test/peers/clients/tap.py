"""
Singer's tap-zendesk reads the sandbox: discover, and all of its streams twice, with its state. Between, what it reads is compared
with what ours does, and afterwards ours goes on from its states (moving_tap.py).
"""

from __future__ import annotations

import sys
import time
from importlib.metadata import version
from pathlib import Path

from changes import change
from common import Checks, Json, Sandbox, arguments, expect, fail_on, same, sandbox
from delivery import Delivery, Excuse, follow_ups, snapshot
from moving_tap import Moving
from singer_tap import STREAMS, Read, Tap, is_same, isotime, seconds

# The account is the same each time. It begins in the past: zenpy reads on after no page younger than five minutes.
ACCOUNT = ("--tickets", "250", "--now", "2026-01-15T12:00:00Z", "--export-page", "100")
# With limits, whose minute passes in twelve seconds.
LIMITED = ("--tickets", "100", "--plan", "team", "--account-limit", "40", "--time-scale", "5", *ACCOUNT[2:])
# Of what this plan does not have it leaves out one stream; of the others it knows only the words of another refusal.
NOT_IN_PLAN = {"satisfaction_ratings"}
LIMITED_STREAMS = ("tickets", "ticket_metrics", "ticket_audits", "users", "organizations")
FAULTS = {
    "API tokens": "it cannot use them: KeyError 'access_token' in discovery (T1)",
    "ticket_audits, ticket_comments": "have no key, and all of a changed ticket come again at each sync (T3)",
    "booleans": "singer makes false of null",
}


class Test:
    def __init__(self, checks: Checks, account: Sandbox, work: Path) -> None:
        self.checks = checks
        self.account = account
        self.tap = Tap(account, work)
        self.catalog: Json = {"streams": []}
        self.deliveries = {stream: Delivery(stream) for stream in STREAMS}
        self.first = Read(1)
        self.since: Json | None = None
        self.state: Json | None = None

    def sync_first(self) -> None:
        run = self.checks.run
        run("discover with a wrong token fails", self._refused)
        run("discover", self._discover)
        run("first sync of all streams", self._sync)
        self._each_stream("first sync")

    def change_and_sync(self) -> None:
        run = self.checks.run
        run("the account changes", lambda: change(self.account, seed=9))
        run("second sync, with state", self._sync)
        self._each_stream("second sync")
        run("third sync, with nothing new", self._nothing_new)

    def _refused(self) -> None:
        done = self.tap.run("--config", self.tap.wrong(), "--discover")
        expect(done.exit_code != 0, "it took a wrong token")
        expect("401" in done.stderr, f"no 401 is told: {done.stderr[-300:]}")

    def _discover(self) -> str:
        self.catalog = self.tap.discover(STREAMS)
        names = {stream["tap_stream_id"] for stream in self.catalog["streams"]}
        fail_on(f"not offered: {name}" for name in sorted(STREAMS.keys() - names))
        fail_on(f"offered, but not known: {name}" for name in sorted(names - STREAMS.keys()))
        return f"{len(names)} streams"

    def _sync(self) -> str:
        for stream, name in STREAMS.items():
            self.deliveries[stream].truths.append(snapshot(self.account, stream, name))
            self.deliveries[stream].reads.append([])
        began = time.monotonic()
        self.since = self.state
        read = self.tap.sync(self.catalog, self.since)
        self.state = read.state
        if self.since is None:
            self.first = read
        for stream in STREAMS:
            self.deliveries[stream].reads[-1] = read.records.get(stream, [])
        return f"{sum(map(len, read.records.values()))} records in {time.monotonic() - began:.0f} s"

    def _each_stream(self, when: str) -> None:
        for stream, delivery in self.deliveries.items():
            excuses = self._excuses(stream)
            self.checks.run(f"{when}: {stream}", lambda each=delivery, why=excuses: each.check(why, is_same))

    def _excuses(self, stream: str) -> list[Excuse]:
        if stream == "tickets" and self.since:
            return [follow_ups(seconds(self.since["bookmarks"][stream]["generated_timestamp"]))]
        if stream == "ticket_comments":
            return [Excuse("never", "it takes only events of type Comment (T4)", lambda row: row["type"] != "Comment")]
        if stream == "ticket_metric_events" and self.since:
            # It asks for a second more than its bookmark.
            since = seconds(self.since["bookmarks"][stream]["time"]) - 1
            # A breach is told ahead: a bookmark at its time asks for what is still to come, and gets nothing.
            is_ahead = since > self.account.now()
            why = "it drops events before its bookmark, which may be ahead of the present"
            fits = lambda row: is_ahead or isotime(row["time"]) < isotime(since)  # noqa: E731
            return [Excuse(kind, why, fits) for kind in ("again", "never")]
        return []

    def _nothing_new(self) -> str:
        """What is as it was does not come again, but for the last second of each stream, where its bookmark stands."""
        read = self.tap.sync(self.catalog, self.state)
        for stream, mark in self.state["bookmarks"].items():
            for cursor, reached in mark.items():
                since = seconds(reached) - (1 if stream == "ticket_metric_events" else 0)
                rows = [row for row in read.records.get(stream, []) if isotime(row[cursor]) < isotime(since)]
                fail_on(f"{stream}: {row['id']} comes again, of {row[cursor]}, before {reached}" for row in rows)
        return f"{sum(map(len, read.records.values()))} records"


def sync_within_limits(checks: Checks, account: Sandbox, work: Path) -> None:
    """It waits as it is told when its requests are refused, and all comes in the end."""
    tap = Tap(account, work)
    deliveries = {name: Delivery(name, truths=[snapshot(account, name)]) for name in LIMITED_STREAMS}

    def sync() -> str:
        catalog = tap.discover(LIMITED_STREAMS)
        offered = {stream["tap_stream_id"] for stream in catalog["streams"]}
        same(STREAMS.keys() - offered, NOT_IN_PLAN, "streams that the plan does not have")
        read = tap.sync(catalog)
        for stream, delivery in deliveries.items():
            delivery.reads.append(read.records.get(stream, []))
        return account.refused()

    checks.run("sync within limits", sync)
    for stream, delivery in deliveries.items():
        checks.run(f"sync within limits: {stream}", lambda each=delivery: each.check([], is_same))


def main() -> int:
    given = arguments()
    print(f"# tap-zendesk {version('tap-zendesk')}, zenpy {version('zenpy')}", flush=True)
    checks = Checks("tap")
    with sandbox(given.sandbox, *ACCOUNT) as account:
        # Breaches are announced up to four hours ahead; a bookmark that lies ahead would hide what comes before it.
        account.advance(6 * 3600)
        test = Test(checks, account, given.work)
        test.sync_first()
        moving = Moving(account, test.tap, test.catalog, test.first)
        moving.compare()
        test.change_and_sync()
        code = moving.hand_over()
    with sandbox(given.sandbox, *LIMITED, limits=True) as account:
        sync_within_limits(checks, account, given.work)
    for what, why in FAULTS.items():
        checks.excuse(what, why)
    return max(checks.end(), code)


if __name__ == "__main__":
    sys.exit(main())
