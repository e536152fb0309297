"""PyAirbyte reads all streams into DuckDB, again and again while the account changes; the tables equal its truth."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import airbyte as ab
from airbyte.caches import DuckDBCache
from airbyte.types import _get_airbyte_type
from checks import Checks, fail_on
from program import Account, Json, Tools, sandbox
from protocol import STREAMS

TICKETS = 2500
DELETED_AT = "_ab_cdc_deleted_at"
KEYS = {"ticket_metrics": "ticket_id"}
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00Z")
# What a careless reader breaks: beyond the basic plane, and what ends a line for some.
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
LINE_SEPARATOR = "\u2028"


def check_warehouse(checks: Checks, tools: Tools) -> None:
    """The checks stand on each other: once one fails, the later ones tell what follows from it."""
    options = ["--tickets", str(TICKETS), "--seed", "7"]
    with checks.needed("PyAirbyte, a sandbox and a cache"), sandbox(tools, *options) as account:
        warehouse = Warehouse(tools, account)
        checks.run("PyAirbyte: first read of ten streams into DuckDB", warehouse.first_read)
        warehouse.compare_all(checks, "first read")
        checks.run("the account holds what breaks careless readers", warehouse.is_wild)
        checks.run("the account changes, and things are deleted in every way", partial(change, account))
        checks.run("PyAirbyte: second read, from the state that it kept", warehouse.second_read)
        warehouse.compare_all(checks, "second read")
        checks.run("PyAirbyte: third read, with nothing new", warehouse.third_read)
        warehouse.compare_all(checks, "third read")


def change(account: Account) -> str:
    """Lifelike changes, then at least one deletion of each kind, restorations and merges, all of things already read."""
    account.change(600, 2)
    tickets = account.truth("tickets")[0]
    old = [ticket for ticket in tickets if ticket["id"] <= TICKETS]
    live = [ticket["id"] for ticket in old if ticket["status"] not in ("closed", "deleted")]
    closed = [ticket["id"] for ticket in old if ticket["status"] == "closed"]
    done: Counter[str] = Counter()

    def act(action: str, *args: object) -> None:
        account.act(action, *args)
        done[action] += 1

    for _ in range(3):
        act("deleteTicket", live.pop())
        act("deleteTicket", closed.pop())
        act("permanentlyDeleteTicket", live.pop())
        act("permanentlyDeleteTicket", closed.pop())
        act("mergeTickets", [live.pop(), live.pop()], live.pop())
        act("systemUpdate", live.pop())
    # One that was live at the first read, and all that were deleted at that time and can come back.
    back = live.pop()
    act("deleteTicket", back)
    act("restoreTicket", back)
    for key in account.truth("tickets")[1]:
        try:
            act("restoreTicket", key)
            break
        except RuntimeError:
            continue
    end_users = [user["id"] for user in account.truth("users")[0] if _is_customer(user)]
    act("deleteUser", end_users.pop())
    act("permanentlyDeleteUser", end_users.pop())
    act("deleteOrganization", account.truth("organizations")[0][0]["id"])
    act("deleteGroup", next(group["id"] for group in account.truth("groups")[0] if not group["default"]))
    act("deleteTicketField", next(field["id"] for field in account.truth("ticket_fields")[0] if field["removable"]))
    act("deleteTicketForm", next(form["id"] for form in account.truth("ticket_forms")[0] if not form["default"]))
    # Exports hold back the newest minute.
    account.advance(180)
    missing = {"restoreTicket", "deleteUser", "deleteTicketForm"} - done.keys()
    fail_on(f"{action} could not be done" for action in missing)
    return f"600 changes, and {', '.join(f'{count} {action}' for action, count in done.items())}"


def _is_customer(user: Json) -> bool:
    return user["role"] == "end-user" and str(user["email"]).startswith("user")


class Warehouse:
    """A cache that PyAirbyte reads the account into."""

    def __init__(self, tools: Tools, account: Account) -> None:
        self.account = account
        self.source = ab.get_source("source-zendesk", config=account.config, local_executable=tools.wrapper())
        self.cache = ab.new_local_cache("interop", tools.work / "cache")
        self.records: list[dict[str, int]] = []
        self.requests: list[int] = []

    def first_read(self) -> str:
        self.source.check()
        available = self.source.get_available_streams()
        if sorted(available) != sorted(STREAMS):
            fail_on([f"the streams are {available}"])
        self.source.select_all_streams()
        return self._read()

    def second_read(self) -> str:
        note = self._read()
        fail_on(
            f"{name}: {self.records[1][name]} records, as many as the first time"
            for name in ("tickets", "ticket_metrics", "ticket_audits", "ticket_comments", "ticket_metric_events", "users")
            if not 0 < self.records[1][name] < self.records[0][name] / 2
        )
        return note

    def third_read(self) -> str:
        note = self._read()
        fail_on(f"{name}: {count} records, though nothing is new" for name, count in self.records[2].items() if count > 1)
        if self.requests[2] > self.requests[0]:
            fail_on([f"{self.requests[2]} requests for nothing, {self.requests[0]} for everything"])
        return note

    def _read(self) -> str:
        before = self.account.requests()
        result = self.source.read(cache=self.cache, write_strategy="merge")
        # PyAirbyte counts by stream for its progress bar only.
        counts = result._progress_tracker.stream_read_counts  # noqa: SLF001
        self.records.append({name: counts.get(name, 0) for name in STREAMS})
        self.requests.append(self.account.requests() - before)
        if sum(self.records[-1].values()) != result.processed_records:
            fail_on([f"{result.processed_records} records were read, {self.records[-1]} counted"])
        return f"{result.processed_records} records, {self.requests[-1]} requests"

    def compare_all(self, checks: Checks, when: str) -> None:
        for name in STREAMS:
            checks.run(f"{name} equals the account's truth after the {when}", partial(self.compare, name))

    def compare(self, name: str) -> str:
        """Every live row is there once and equal in each column, and of the others at most their deletion is told."""
        live, deleted = self.account.truth(name)
        key = KEYS.get(name, "id")
        truth = {row[key]: row for row in live}
        rows = self._rows(name)
        fail_on(self._faults(name, key, truth, set(deleted), rows))
        marked = sum(row[DELETED_AT] is not None for row in rows)
        return f"{len(truth)} rows, {marked} of {len(deleted)} deletions told"

    def _faults(self, name: str, key: str, truth: dict[int, Json], deleted: set[int], rows: list[Json]) -> Iterator[str]:
        kinds = self._kinds(name)
        for column in {column for row in truth.values() for column in row} - kinds.keys():
            yield f"no column for {column}"
        found = Counter(row[key] for row in rows)
        several = [one for one, count in found.items() if count > 1]
        if several:
            yield f"{len(several)} keys stand in several rows, such as {several[:3]}"
        for one in sorted(truth.keys() - found.keys()):
            yield f"{one} is missing"
        for row in rows:
            one = row[key]
            expected = truth.get(one)
            if expected is None:
                if one not in deleted:
                    yield f"{one} is a row too much"
                elif row[DELETED_AT] is None:
                    yield f"{one} was deleted, and the row does not say so"
                continue
            if row[DELETED_AT] is not None:
                yield f"{one} lives, and the row says that it was deleted"
            for column, value in expected.items():
                if column not in kinds:
                    continue
                wanted = _as_stored(value, kinds[column])
                if row[column] != wanted:
                    yield f"{one}: {column} is {row[column]!r:.150}, not {wanted!r:.150}"

    def _kinds(self, name: str) -> dict[str, str]:
        """The type of each column, as PyAirbyte understands the schema."""
        properties = self.cache.processor.catalog_provider.get_stream_properties(name)
        return {column: _get_airbyte_type(definition)[0] for column, definition in properties.items()}

    def _rows(self, name: str) -> list[Json]:
        """The table, with times as microseconds since 1970 and JSON parsed."""
        kinds = self._kinds(name)
        columns = [f'epoch_us("{column}")' if _is_time(kind) else f'"{column}"' for column, kind in kinds.items()]
        with self.cache.processor.get_sql_connection() as connection:
            table = connection.exec_driver_sql(f'SELECT {", ".join(columns)} FROM {self.cache.schema_name}."{name}"').fetchall()
        parse = [_parse if kind in ("object", "array") else _same for kind in kinds.values()]
        return [
            {column: read(value) for column, read, value in zip(kinds, parse, row, strict=True)}
            for row in table
        ]

    def is_wild(self) -> str:
        """So that equal tables mean something."""
        texts = json.dumps([self.account.truth(name)[0] for name in STREAMS], ensure_ascii=False)
        counts = {"emoji": len(ASTRAL.findall(texts)), "U+2028": texts.count(LINE_SEPARATOR), "ids of 14 digits": len(re.findall(r"\b\d{14}\b", texts))}
        fail_on(f"no {what}" for what, count in counts.items() if count == 0)
        return ", ".join(f"{count} {what}" for what, count in counts.items())


def _is_time(kind: str) -> bool:
    return kind == "timestamp_with_timezone"


def _same(value: Any) -> Any:
    return value


def _parse(value: str | None) -> Any:
    return None if value is None else json.loads(value)


def _as_stored(value: Any, kind: str) -> Any:
    """A value of the API as a column of this type gives it back."""
    if value is None:
        return None
    if _is_time(kind):
        return (datetime.fromisoformat(value) - EPOCH) // timedelta(microseconds=1)
    if kind == "number":
        return Decimal(str(value))
    return value
