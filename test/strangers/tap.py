"""Singer's tap-zendesk reads the sandbox: discover, and all of its streams twice, with its state."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from common import SUBDOMAIN, Checks, Json, Sandbox, arguments, expect, fail_on, same, sandbox

TICKETS = 300
START = "2005-01-01T00:00:00Z"
STREAMS = {
    *("tickets", "ticket_metrics", "ticket_audits", "ticket_comments", "ticket_metric_events", "ticket_fields"),
    *("ticket_forms", "groups", "group_memberships", "macros", "organizations", "satisfaction_ratings"),
    *("sla_policies", "tags", "talk_phone_numbers", "users"),
}
# Its own pause of a minute after every 460 tickets, which nobody here needs: the only thing of it that is set.
QUICKLY = "import tap_zendesk.streams as s; s.AUDITS_REQUEST_PER_MINUTE = 10**9"

EXCUSES = {
    "API tokens": "it cannot use them: KeyError 'access_token' in discovery",
    "ticket_comments": "only events of type Comment of the audits",
    "ticket_metrics": "only of tickets that are not deleted, and changed since",
    "ticket_metric_events": "zenpy stops when a page's end_time is not yet five minutes old: that is later, not lost",
    "ticket_audits": "has no key: each run gives the whole history of each changed ticket again",
}
TRUTH_OF = {"talk_phone_numbers": "phone_numbers"}


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


def faults_told(read: Read) -> list[str]:
    """The lines of its log that tell of something wrong."""
    lines = [line for line in read.stderr.splitlines() if line.startswith(("CRITICAL", "ERROR"))]
    if read.exit_code != 0:
        lines += read.stderr.splitlines()[-3:]
    return [line[:400] for line in lines]


def key_of(stream: str, row: Json) -> Any:
    if stream == "ticket_metrics":
        return row["ticket_id"]
    return row["name"] if stream == "tags" else row["id"]


class Test:
    def __init__(self, checks: Checks, account: Sandbox, work: Path) -> None:
        self.checks = checks
        self.account = account
        self.tap = Tap(account, work)
        self.catalog: Json = {}
        self.reads: list[Read] = []
        self.before: dict[str, Json] = {}

    def run(self) -> None:
        run = self.checks.run
        run("discover with a wrong token fails", self._refused)
        run("discover", self._discover)
        run("first sync of all streams", self._sync)
        self._each_stream("first sync")
        run("the account changes", self._change)
        run("second sync, with state", self._sync)
        self._each_stream("second sync")
        run("third sync, with nothing new", self._third)

    def _refused(self) -> None:
        done = self.tap.run("--config", self.tap.wrong(), "--discover")
        expect(done.exit_code != 0, "it took a wrong token")
        expect("401" in done.stderr, f"no 401 is told: {done.stderr[-300:]}")

    def _discover(self) -> str:
        done = self.tap.run("--config", self.tap.config, "--discover")
        unsupported = "Discovered unsupported type for custom field"  # its types lack multiselect
        fail_on([line for line in faults_told(done) if unsupported not in line])
        self.catalog = done.catalog
        names = {stream["tap_stream_id"] for stream in self.catalog["streams"]}
        fail_on(f"not offered: {name}" for name in sorted(STREAMS - names))
        fail_on(f"offered, but not known: {name}" for name in sorted(names - STREAMS))
        for stream in self.catalog["streams"]:
            for one in stream["metadata"]:
                one["metadata"]["selected"] = True
        return f"{len(names)} streams"

    def _sync(self) -> str:
        given = ["--config", self.tap.config, "--catalog", self.tap.file("catalog.json", self.catalog)]
        if self.reads:
            given += ["--state", self.tap.file("state.json", self.reads[-1].state)]
        read = self.tap.run(*given)
        self.reads.append(read)
        fail_on(faults_told(read))
        same(read.exit_code, 0, "the exit code")
        return f"{sum(map(len, read.records.values()))} records"

    def _each_stream(self, when: str) -> None:
        for stream in sorted(STREAMS):
            self.checks.run(f"{when}: {stream}", lambda stream=stream: self._holds_the_truth(stream))

    def _holds_the_truth(self, stream: str) -> str:
        """All that was read so far, the later over the earlier, is what the account holds."""
        got = {key_of(stream, row): row for read in self.reads for row in read.records.get(stream, [])}
        rows, gone = self.account.truth(TRUTH_OF.get(stream, stream))
        live = {key_of(stream, row): row for row in rows}
        expect(got, f"it is empty: nothing is checked ({len(live)} are there)")
        if stream == "ticket_comments":
            live = {key: row for key, row in live.items() if row["type"] == "Comment"}
        missing = [key for key in live if key not in got]
        known = {*live, *gone}
        if len(self.reads) > 1:
            known |= {key_of(stream, row) for row in self.reads[0].records.get(stream, [])}
        extra = [key for key in got if key not in known]
        fail_on(
            [
                *(f"not delivered: {key}" for key in missing[:5]),
                *([f"{len(missing)} of {len(live)} not delivered"] if missing else []),
                *(f"delivered, but not there: {key}" for key in extra[:5]),
                *([f"{len(extra)} delivered that are not there"] if extra else []),
            ]
        )
        fail_on(differences(got, live))
        return f"{len(self.reads[-1].records.get(stream, []))} records"

    def _change(self) -> str:
        done = self.account.change(120, seed=9)
        # The exports hold back the newest minute.
        self.account.advance(150)
        return ", ".join(f"{name} {count}" for name, count in done.items())[:200]

    def _third(self) -> str:
        self.account.advance(600)
        note = self._sync()
        again = len(self.reads[-1].records.get("tickets", []))
        expect(again <= 20, f"{again} tickets come again though nothing changed")
        return note


def differences(got: dict[Any, Json], live: dict[Any, Json]) -> list[str]:
    """Where delivered rows don't say what is so now, in plain values that both have."""
    faults = []
    for key, row in live.items():
        for name, value in row.items():
            found = got.get(key, {}).get(name, value)
            if isinstance(value, (dict, list)) or isinstance(found, (dict, list)) or found == value:
                continue
            if isinstance(value, str) and str(found).replace(".000000Z", "Z") == value:
                continue
            faults.append(f"{key}: {name} is {found!r}, not {value!r}")
    return faults


def main() -> int:
    given = arguments()
    print(f"# tap-zendesk {version('tap-zendesk')}, zenpy {version('zenpy')}", flush=True)
    checks = Checks("tap")
    with sandbox(given.sandbox, "--tickets", str(TICKETS)) as account:
        Test(checks, account, given.work).run()
    for what, why in EXCUSES.items():
        checks.excuse(what, why)
    return checks.end()


sys.exit(main())
