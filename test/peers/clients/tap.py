"""Singer's tap-zendesk reads the sandbox: discover, and all of its streams twice, with its state."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from changes import change
from common import SUBDOMAIN, Checks, Json, Sandbox, arguments, expect, fail_on, same, sandbox
from delivery import Delivery, Excuse, follow_ups, snapshot

# The account is the same each time. It begins in the past: zenpy reads on after no page younger than five minutes.
ACCOUNT = ("--tickets", "250", "--now", "2026-01-15T12:00:00Z", "--export-page", "100")
# With limits, whose minute passes in twelve seconds.
LIMITED = ("--tickets", "100", "--plan", "team", "--account-limit", "40", "--time-scale", "5", *ACCOUNT[2:])
# Of what this plan does not have it leaves out one stream; of the others it knows only the words of another refusal.
NOT_IN_PLAN = {"satisfaction_ratings"}
LIMITED_STREAMS = ("tickets", "ticket_metrics", "ticket_audits", "users", "organizations")
START = "2005-01-01T00:00:00Z"
# Its own pause of a minute after every 460 tickets, which nobody here needs: the only thing of it that is set.
QUICKLY = "import tap_zendesk.streams as s; s.AUDITS_REQUEST_PER_MINUTE = 10**9"

# Its streams, and what the truth of those with other names is called.
STREAMS = {
    **dict.fromkeys(("tickets", "ticket_metrics", "ticket_audits", "ticket_comments", "ticket_metric_events")),
    **dict.fromkeys(("ticket_fields", "ticket_forms", "groups", "group_memberships", "macros", "organizations")),
    **dict.fromkeys(("satisfaction_ratings", "sla_policies", "tags", "users")),
    "talk_phone_numbers": "phone_numbers",
}
FAULTS = {
    "API tokens": "it cannot use them: KeyError 'access_token' in discovery (T1)",
    "ticket_audits, ticket_comments": "have no key, and all of a changed ticket come again at each sync (T3)",
    "booleans": "singer makes false of null",
}


@dataclass
class Read:
    """What one run of the tap wrote."""

    exit_code: int
    stderr: str
    records: dict[str, list[Json]] = field(default_factory=dict)
    state: Json = field(default_factory=dict)
    catalog: Json = field(default_factory=dict)


class Tap:
    """The tap as a program."""

    def __init__(self, account: Sandbox, work: Path) -> None:
        self.account = account
        self.work = work
        self.config = self.file("config.json", self._config(account.credentials["accessToken"]))

    @staticmethod
    def _config(token: str) -> Json:
        return {"subdomain": SUBDOMAIN, "start_date": START, "access_token": token, "request_timeout": 60}

    def wrong(self) -> Path:
        return self.file("wrong.json", self._config("wrong"))

    def file(self, name: str, content: object) -> Path:
        path = self.work / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(self, *given: object) -> Read:
        (self.work / "quick_tap.py").write_text(f"{QUICKLY}\nfrom tap_zendesk import main\n", encoding="utf-8")
        command = [sys.executable, Path(__file__).with_name("rerouted.py"), "quick_tap:main"]
        done = subprocess.run(
            [*map(str, command), *map(str, given)],
            capture_output=True,
            check=False,
            timeout=900,
            cwd=self.work,
            env={**self.account.environment(), "PYTHONPATH": str(self.work)},
        )
        read = Read(done.returncode, done.stderr.decode(errors="replace"))
        if "--discover" in given:
            read.catalog = json.loads(done.stdout) if done.stdout.strip() else {}
            return read
        for line in done.stdout.splitlines():
            message = json.loads(line)
            if message["type"] == "RECORD":
                read.records.setdefault(message["stream"], []).append(message["record"])
            if message["type"] == "STATE":
                read.state = message["value"]
        return read

    def discover(self, streams: Iterable[str]) -> Json:
        """The catalog, with these streams selected, and all of their fields."""
        done = self.run("--config", self.config, "--discover")
        # It tells of types that it lacks (multiselect), and of streams that it leaves out for want of a feature.
        harmless = ("Discovered unsupported type for custom field", "ZendeskForbiddenError")
        fail_on([line for line in faults_told(done) if not any(words in line for words in harmless)])
        for stream in done.catalog["streams"]:
            for one in stream["metadata"]:
                one["metadata"]["selected"] = stream["tap_stream_id"] in streams
        return done.catalog

    def sync(self, catalog: Json, state: Json | None = None) -> Read:
        """A run that has to end well."""
        given = ["--config", self.config, "--catalog", self.file("catalog.json", catalog)]
        read = self.run(*given, *([] if state is None else ["--state", self.file("state.json", state)]))
        fail_on(faults_told(read))
        same(read.exit_code, 0, "the exit code")
        return read


def faults_told(read: Read) -> list[str]:
    """The lines of its log that tell of something wrong."""
    lines = [line for line in read.stderr.splitlines() if line.startswith(("CRITICAL", "ERROR"))]
    if read.exit_code != 0:
        lines += read.stderr.splitlines()[-3:]
    return [line[:400] for line in lines]


def isotime(time: int | str) -> str:
    """A time, written in one way, whether it is in epoch seconds or text, with or without microseconds."""
    if isinstance(time, int):
        return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return time.replace(".000000Z", "Z")


def seconds(time: str) -> int:
    """Epoch seconds of a time that is written without microseconds, or with none of them."""
    return int(datetime.fromisoformat(isotime(time).replace("Z", "+00:00")).timestamp())


def is_same(found: Any, value: Any) -> bool:
    """Values that singer writes in another way, as its schemas say: text, times to the microsecond, false for null."""
    return str(found) in (str(value), str(value).replace("Z", ".000000Z")) or (value is None and found is False)


class Test:
    def __init__(self, checks: Checks, account: Sandbox, work: Path) -> None:
        self.checks = checks
        self.account = account
        self.tap = Tap(account, work)
        self.catalog: Json = {"streams": []}
        self.deliveries = {stream: Delivery(stream) for stream in STREAMS}
        self.since: Json | None = None
        self.state: Json | None = None

    def run(self) -> None:
        run = self.checks.run
        run("discover with a wrong token fails", self._refused)
        run("discover", self._discover)
        run("first sync of all streams", self._sync)
        self._each_stream("first sync")
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
        Test(checks, account, given.work).run()
    with sandbox(given.sandbox, *LIMITED, limits=True) as account:
        sync_within_limits(checks, account, given.work)
    for what, why in FAULTS.items():
        checks.excuse(what, why)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
