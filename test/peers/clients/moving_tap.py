"""From Singer's tap-zendesk to ours: its configuration, its catalog and its last state, also half-way."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from changes import change
from common import Checks, Json, Sandbox, arguments, expect, fail_on, sandbox
from delivery import Snapshot, snapshot
from moved import field_by_field, together
from ours import Ours
from tap import ACCOUNT, STREAMS, Tap
from tap import is_same as as_singer

# What ours is called where it has another name.
OURS = {"talk_phone_numbers": "phone_numbers"}
# Fields that are another way in ours; docs/moving.md says why.
EXPLAINED: dict[str, set[str]] = {
    "ticket_audits": {"events[].created_at", "events[].via"},
    "ticket_comments": {"metadata"},
}
# Columns that are always empty.
EMPTY = {
    "ticket_metrics": {"instance_id", "metric", "status", "time", "type"},
    "talk_phone_numbers": {"token"},
}


@dataclass
class Sync:
    records: dict[str, list[Json]] = field(default_factory=dict)
    state: Json = field(default_factory=dict)


class Moving:
    def __init__(self, checks: Checks, account: Sandbox, work: Path) -> None:
        self.checks = checks
        self.account = account
        self.theirs = Tap(account, work)
        self.ours = Ours("tap-zendesk", account, work, self.theirs.config)
        self.catalog: Json = {"streams": []}

    def run(self) -> None:
        run = self.checks.run
        run("both discover", self._discover)
        whole = run("they read all", self._read_all) or Sync()
        mine = run("we read the same account, by their catalog", lambda: self._ours({})) or {}
        for name in STREAMS:
            run(
                f"field by field: {name}",
                lambda each=name: field_by_field(
                    each,
                    whole.records.get(each, []),
                    mine.get(OURS.get(each, each), []),
                    as_singer,
                    EXPLAINED.get(each, set()),
                ),
            )
        half = run("they are stopped half-way", self._read_half) or Sync()
        run("the account changes", lambda: change(self.account, seed=31))
        truth = {name: snapshot(self.account, name, STREAMS[name]) for name in STREAMS}
        self._hand_over("after a whole sync", whole, truth)
        self._hand_over("half-way", half, truth)

    def _discover(self) -> str:
        self.catalog = self.theirs.discover(STREAMS)
        ours = self.ours.run("--config", self.ours.config, "--discover").catalog["streams"]
        known = {one["tap_stream_id"]: one for one in ours}
        faults = []
        for one in self.catalog["streams"]:
            name = one["tap_stream_id"]
            mine = known.get(OURS.get(name, name))
            if mine is None:
                faults.append(f"ours has no {name}")
                continue
            columns = set(one["schema"]["properties"]) - set(mine["schema"]["properties"])
            lacking = columns - EXPLAINED.get(name, set()) - EMPTY.get(name, set())
            if lacking:
                faults.append(f"{name}: ours has no column {', '.join(sorted(lacking))}")
        fail_on(faults)
        return f"{len(self.catalog['streams'])} streams theirs, {len(known)} ours"

    def _read_all(self) -> Sync:
        read = self.theirs.sync(self.catalog)
        return Sync(read.records, read.state)

    def _read_half(self) -> Sync:
        """It is killed after a part of what it writes; what it wrote before counts."""
        command = [sys.executable, Path(__file__).with_name("rerouted.py"), "quick_tap:main"]
        catalog = self.theirs.file("catalog.json", self.catalog)
        given = [*command, "--config", self.theirs.config, "--catalog", catalog]
        sync = Sync()
        records = 0
        with subprocess.Popen(
            [str(one) for one in given],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.theirs.work,
            env={**self.account.environment(), "PYTHONPATH": str(self.theirs.work)},
        ) as process:
            for line in process.stdout:
                message = json.loads(line)
                if message["type"] == "RECORD":
                    records += 1
                    sync.records.setdefault(message["stream"], []).append(message["record"])
                if message["type"] == "STATE":
                    sync.state = message["value"]
                if "tickets" in sync.records and len(sync.records["tickets"]) > 130 and message["type"] == "STATE":
                    break
            process.kill()
        expect(sync.state, "no state was written before it was stopped")
        print(f"--   {records} records, bookmarks of {', '.join(sync.state['bookmarks'])}", flush=True)
        return sync

    def _ours(self, state: Json) -> dict[str, list[Json]]:
        """We read by their catalog, as it is, from their state."""
        given = ["--config", self.ours.config, "--catalog", self.ours.file("catalog.json", self.catalog)]
        return self.ours.ends_well(*given, "--state", self.ours.file("state.json", state)).records

    def _hand_over(
        self, when: str, sync: Sync, truth: dict[str, Snapshot]
    ) -> None:
        records = self.checks.run(f"{when}: we go on from their state", lambda: self._ours(sync.state)) or {}
        for name in STREAMS:
            self.checks.run(
                f"{when}: {name}",
                lambda each=name: together(
                    each,
                    sync.records.get(each, []),
                    records.get(OURS.get(each, each), []),
                    truth[each],
                    as_singer,
                ),
            )


def main() -> int:
    given = arguments()
    checks = Checks("moving from tap-zendesk")
    with sandbox(given.sandbox, *ACCOUNT) as account:
        account.advance(6 * 3600)
        Moving(checks, account, given.work).run()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
