"""From Singer's tap-zendesk to ours: its configuration, its catalog and its last state, also half-way."""

from __future__ import annotations

from common import Checks, Json, Sandbox, expect, fail_on
from delivery import Snapshot, snapshot
from moved import field_by_field, together
from ours import Ours
from singer_tap import STREAMS, Read, Tap
from singer_tap import is_same as as_singer

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


class Moving:
    """Ours, after `whole`: what theirs read of all that its catalog has, at first."""

    def __init__(self, account: Sandbox, theirs: Tap, catalog: Json, whole: Read) -> None:
        self.checks = Checks("moving from tap-zendesk")
        self.account = account
        self.theirs = theirs
        self.ours = Ours("tap-zendesk", account, theirs.work, theirs.config)
        self.catalog = catalog
        self.whole = whole
        self.half = Read(1)

    def compare(self) -> None:
        """The catalogs, and what both read of the account as it is; theirs once more, half-way."""
        run = self.checks.run
        run("both discover", self._discover)
        mine = run("we read the same account, by their catalog", lambda: self._ours({})) or {}
        for name in STREAMS:
            run(
                f"field by field: {name}",
                lambda each=name: field_by_field(
                    each,
                    self.whole.records.get(each, []),
                    mine.get(OURS.get(each, each), []),
                    as_singer,
                    EXPLAINED.get(each, set()),
                ),
            )
        self.half = run("they are stopped half-way", self._read_half) or self.half

    def hand_over(self) -> int:
        """We go on from both states, once the account has changed. Gives the exit code."""
        truth = {name: snapshot(self.account, name, STREAMS[name]) for name in STREAMS}
        self._hand_over("after a whole sync", self.whole, truth)
        self._hand_over("half-way", self.half, truth)
        return self.checks.end()

    def _discover(self) -> str:
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

    def _read_half(self) -> Read:
        """It is killed after half of its tickets; what it wrote before counts."""
        half = len(self.whole.records["tickets"]) // 2
        read = self.theirs.read_until(self.catalog, lambda read: len(read.records.get("tickets", [])) > half)
        expect(read.state, "no state was written before it was stopped")
        records = sum(map(len, read.records.values()))
        print(f"--   {records} records, bookmarks of {', '.join(read.state['bookmarks'])}", flush=True)
        return read

    def _ours(self, state: Json) -> dict[str, list[Json]]:
        """We read by their catalog, as it is, from their state."""
        given = ["--config", self.ours.config, "--catalog", self.ours.file("catalog.json", self.catalog)]
        return self.ours.ends_well(*given, "--state", self.ours.file("state.json", state)).records

    def _hand_over(
        self, when: str, sync: Read, truth: dict[str, Snapshot]
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
