"""From Airbyte's own Zendesk connector to ours: its configuration, its catalog and its last state, also half-way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from airbyte_connector import Connector, Read, archived_tickets
from airbyte_connector import is_same as as_text
from common import Checks, Json, Sandbox, expect, fail_on
from delivery import Snapshot, snapshot
from moved import field_by_field, together
from ours import Ours

# Fields that are another way in ours; docs/moving.md says why.
EXPLAINED: dict[str, set[str]] = {
    "article_comments": {"_airbyte_parent_id"},
    "post_comments": {"_airbyte_parent_id"},
    "ticket_metrics": {"_ab_updated_at"},
}
# What differs in the catalogs; docs/moving.md says why.
OTHERWISE = {
    "brands.logo",
    "categories.outdated",
    "custom_roles.manage_macro_content_suggestions",
    "custom_roles.read_macro_content_suggestions",
    "posts.description",
    "sections.outdated",
    "ticket_activities.description",
    "ticket_metric_events.time",
    "ticket_metrics.source_defined_primary_key",
    *(f"ticket_metrics.{name}" for name in ("metric", "time", "instance_id", "status", "type", "generated_timestamp")),
    "tickets.satisfaction_rating",
}


class Moving:
    """Ours, after `whole`: what theirs read of all its streams at first."""

    def __init__(self, account: Sandbox, theirs: Connector, streams: list[Json], whole: Read) -> None:
        self.checks = Checks("moving from airbyte")
        self.account = account
        self.theirs = theirs
        self.ours = Ours("source-zendesk", account, theirs.work, theirs.config)
        self.streams = streams
        self.whole = whole
        self.half = Read(1)
        self.shown: dict[str, Json] = {}

    def compare(self) -> None:
        """The catalogs, and what both read of the account as it is; theirs once more, half-way."""
        run = self.checks.run
        run("both discover", self._discover)
        for one in self.streams:
            run(f"catalog of {one['name']}", lambda each=one: self._same_catalog(each))
        mine = run("we read the same account", lambda: self._ours({})) or {}
        for one in self.streams:
            name = one["name"]
            run(f"field by field: {name}", lambda each=name: self._same_fields(each, mine))
        self.half = run("they are stopped half-way", self._read_half) or self.half

    def hand_over(self) -> int:
        """We go on from both states, once the account has changed. Gives the exit code."""
        truth = {one["name"]: snapshot(self.account, one["name"]) for one in self.streams}
        self.checks.run("their catalog, with their state, works as it is", self._their_files)
        self._hand_over("after a whole sync", self.whole, truth)
        self._hand_over("half-way", self.half, truth)
        return self.checks.end()

    def _discover(self) -> str:
        self.shown = {one["name"]: one for one in self.ours.ends_well("discover", "--config", self.ours.config).catalog["streams"]}
        return f"{len(self.streams)} streams theirs, {len(self.shown)} ours"

    def _same_catalog(self, theirs: Json) -> str:
        name = theirs["name"]
        expect(name in self.shown, "ours does not have it")
        ours = self.shown[name]
        faults = []
        for what in ("source_defined_primary_key", "default_cursor_field"):
            if theirs.get(what) and theirs.get(what) != ours.get(what) and f"{name}.{what}" not in OTHERWISE:
                faults.append(f"{what} is {theirs.get(what)} theirs, {ours.get(what)} ours")
        modes = set(theirs["supported_sync_modes"]) - set(ours["supported_sync_modes"])
        if modes:
            faults.append(f"ours has no sync mode {modes}")
        mine = ours["json_schema"]["properties"]
        equal = 0
        for column, schema in theirs["json_schema"]["properties"].items():
            if f"{name}.{column}" in OTHERWISE:
                continue
            if column not in mine:
                faults.append(f"ours has no column {column}")
            elif type_of(schema) != type_of(mine[column]):
                faults.append(f"column {column} is {type_of(schema)} theirs, {type_of(mine[column])} ours")
            else:
                equal += 1
        fail_on(faults)
        return f"{equal} columns equal, {len(mine)} ours"

    def _configured(self, streams: Iterable[Json]) -> Path:
        return self.ours.file(
            "catalog.json",
            {
                "streams": [
                    {
                        "stream": one,
                        "sync_mode": "incremental" if "incremental" in one["supported_sync_modes"] else "full_refresh",
                        "destination_sync_mode": "append_dedup",
                    }
                    for one in streams
                ]
            },
        )

    def _ours(self, states: dict[str, Json]) -> dict[str, list[Json]]:
        """We read their streams, with our columns, from their state."""
        catalog = self._configured(self.shown[one["name"]] for one in self.streams)
        state = self.ours.file("state.json", list(states.values()))
        given = ("read", "--config", self.ours.config, "--catalog", catalog, "--state", state)
        return self.ours.ends_well(*given).records

    def _their_files(self) -> str:
        catalog = self._configured(self.streams)
        state = self.ours.file("state.json", list(self.whole.states.values()))
        given = ("read", "--config", self.ours.config, "--catalog", catalog, "--state", state)
        records = self.ours.ends_well(*given).records
        columns = {one["name"]: set(one["json_schema"]["properties"]) for one in self.streams}
        known = {name: set(one["json_schema"]["properties"]) for name, one in self.shown.items()}
        fail_on(
            f"{name}: {sorted(extra)} were not asked for"
            for name, rows in records.items()
            if (extra := {key for row in rows for key in row} & known[name] - columns[name])
        )
        return f"{sum(map(len, records.values()))} records"

    def _same_fields(self, name: str, ours: dict[str, list[Json]]) -> str:
        given = self.whole.records.get(name, [])
        expect(given or not ours.get(name), "they delivered nothing")
        return field_by_field(name, given, ours.get(name, []), as_text, EXPLAINED.get(name, set()))

    def _read_half(self) -> Read:
        """They are killed after a third of what they write; what they wrote before counts."""
        third = sum(map(len, self.whole.records.values())) // 3

        def is_enough(read: Read) -> bool:
            ended = sum(status == "COMPLETE" for status in read.status.values())
            return ended >= len(self.streams) // 2 and sum(map(len, read.records.values())) > third

        read = self.theirs.read_until(self._configured(self.streams), is_enough)
        expect(read.states, "no state was written before it was stopped")
        ended = sum(status == "COMPLETE" for status in read.status.values())
        expect(ended < len(self.streams), "it had ended already")
        records = sum(map(len, read.records.values()))
        print(f"--   {records} records, states of {len(read.states)} streams, {ended} streams complete", flush=True)
        return read

    def _hand_over(
        self, when: str, read: Read, truth: dict[str, Snapshot]
    ) -> None:
        # Archived tickets are in no list; calls are comments of another type.
        archived = archived_tickets(self.account)
        never: dict[str, Callable[[Json], object]] = {
            "ticket_audits": lambda row: row["ticket_id"] in archived,
            "ticket_metrics": lambda row: row["ticket_id"] in archived,
            "ticket_comments": lambda row: row["type"] != "Comment",
        }
        records = self.checks.run(f"{when}: we go on from their state", lambda: self._ours(read.states))
        for one in self.streams:
            name = one["name"]
            self.checks.run(
                f"{when}: {name}",
                lambda each=name: together(
                    each, read.records.get(each, []), (records or {}).get(each, []), truth[each], as_text, never.get(each, lambda row: False)
                ),
            )


def type_of(schema: Json) -> str:
    """A column's type as a table has it."""
    types = schema.get("type", "any")
    kinds = sorted(kind for kind in ([types] if isinstance(types, str) else types) if kind != "null")
    return " or ".join([*kinds, *([schema["format"]] if "format" in schema else [])])
