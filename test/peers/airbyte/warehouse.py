"""PyAirbyte reads ten streams into DuckDB, again and again while the account changes; the tables equal its truth."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import airbyte as ab
from checks import Checks, fail_on
from program import Account, Json, Refused, Tools, sandbox
from protocol import STREAMS, column_kind

TICKETS = 200
# The exports have several pages all the same.
EXPORT_PAGE = 60
DELETED_AT = "_ab_cdc_deleted_at"
KEYS = {"ticket_metrics": "ticket_id"}
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00Z")
TIME = "timestamp_with_timezone"
READ_AS = {TIME: 'epoch_us("{}")', "object": '"{}"::VARCHAR', "array": '"{}"::VARCHAR'}
# What careless programs break: characters beyond the basic plane, some that end a line for them, large numbers.
WILD = {"emoji": "[\U00010000-\U0010ffff]", "U+2028": "\u2028", "ids of 14 digits": r"\b\d{14}\b"}


def check_warehouse(checks: Checks, tools: Tools) -> None:
    """The checks stand on each other: once one fails, the later ones tell what follows from it."""
    options = ["--tickets", str(TICKETS), "--export-page", str(EXPORT_PAGE), "--seed", "3"]
    with checks.needed("PyAirbyte, a sandbox and a cache"), sandbox(tools, *options) as account:
        warehouse = Warehouse(tools, account)
        changes = Changes(account)
        checks.run("the account gets a ticket", changes.create)
        checks.run("PyAirbyte: first read of ten streams into DuckDB", warehouse.first_read)
        warehouse.compare_all(checks, "first read")
        checks.run("the account holds what breaks careless programs", warehouse.is_wild)
        checks.run("the account changes, and things are deleted in every way", changes.delete)
        checks.run("PyAirbyte: second read, from the state that it kept", warehouse.read_changes)
        warehouse.compare_all(checks, "second read")
        checks.run("the account changes again, and what was deleted comes back", changes.restore)
        checks.run("PyAirbyte: third read", warehouse.read_changes)
        warehouse.compare_all(checks, "third read")
        checks.run("PyAirbyte: fourth read, with nothing new", warehouse.read_nothing)
        warehouse.compare_all(checks, "fourth read")


class Changes:
    """Lifelike changes of the account, and at least one of each kind that a reader might miss."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.done: Counter[str] = Counter()
        self.deleted: list[int] = []
        self.restored: list[int] = []

    def create(self) -> str:
        """A ticket that is read, deleted, read and restored within minutes: no wider look back finds it by chance."""
        ticket = {"subject": "🛰️ just\u2028made", "comment": "Line one\u2028two 👩🏽‍🚀\u2029\u0085\r\n\ttwo\\n"}
        self.deleted.append(self.account.act("createTicket", ticket)["result"])
        self.done["createTicket"] += 1
        return self._settle()

    def delete(self) -> str:
        """Deletions of all kinds, merges and restorations, of what the first read has brought."""
        tickets = [ticket for ticket in self._live("tickets") if ticket["id"] <= TICKETS]
        open_ones = [ticket["id"] for ticket in tickets if ticket["status"] != "closed"]
        closed = [ticket["id"] for ticket in tickets if ticket["status"] == "closed"]
        long_gone = self.account.truth("tickets")[1]
        for _ in range(3):
            self.deleted += [open_ones.pop(), closed.pop()]
            self._act("permanentlyDeleteTicket", open_ones.pop())
            self._act("permanentlyDeleteTicket", closed.pop())
            self._act("mergeTickets", [open_ones.pop(), open_ones.pop()], open_ones.pop())
            self._act("systemUpdate", open_ones.pop())
        for ticket in self.deleted:
            self._act("deleteTicket", ticket)
        back = open_ones.pop()
        self._act("deleteTicket", back)
        self._act("restoreTicket", back)
        self.restored = [back, self._restore_one_of(long_gone)]

        customers = [user["id"] for user in self._live("users") if _is_customer(user)]
        self._act("deleteUser", customers.pop())
        self._act("permanentlyDeleteUser", customers.pop())
        self._act("deleteOrganization", self._live("organizations")[0]["id"])
        self._act("deleteGroup", next(group["id"] for group in self._live("groups") if not group["default"]))
        self._act("deleteTicketField", next(field["id"] for field in self._live("ticket_fields") if field["removable"]))
        self._act("deleteTicketForm", next(form["id"] for form in self._live("ticket_forms") if not form["default"]))
        return self._settle(changes=50, seed=2)

    def restore(self) -> str:
        """What was deleted a moment ago comes back, and what came back is deleted again; or what of it still can."""
        for ticket in self.deleted:
            self._act_if_possible("restoreTicket", ticket)
        for ticket in self.restored:
            self._act_if_possible("deleteTicket", ticket)
        for action in ("restoreTicket", "deleteTicket"):
            if not self.done[action]:
                fail_on([f"{action} could not be done"])
        return self._settle(changes=20, seed=3)

    def _act_if_possible(self, action: str, ticket: int) -> bool:
        """Other changes may have come before: what was deleted for good stays so."""
        try:
            self._act(action, ticket)
        except Refused:
            return False
        return True

    def _restore_one_of(self, tickets: list[int]) -> int:
        restored = next((ticket for ticket in tickets if self._act_if_possible("restoreTicket", ticket)), None)
        if restored is None:
            fail_on(["no deleted ticket could be restored"])
        return restored

    def _live(self, stream: str) -> list[Json]:
        return self.account.truth(stream)[0]

    def _act(self, action: str, *args: object) -> None:
        self.account.act(action, *args)
        self.done[action] += 1

    def _settle(self, changes: int = 0, seed: int = 0) -> str:
        """Random changes on top; exports hold back the newest minute. Tells what was done."""
        if changes > 0:
            self.account.change(changes, seed)
        self.account.advance(180)
        told = [f"{count} {action}" for action, count in self.done.items()] + [f"{changes} random changes"] * (changes > 0)
        self.done.clear()
        return ", ".join(told)


def _is_customer(user: Json) -> bool:
    return user["role"] == "end-user" and str(user["email"]).startswith("user")


class Warehouse:
    """A cache that PyAirbyte reads the account into."""

    def __init__(self, tools: Tools, account: Account) -> None:
        self.account = account
        self.log = tools.work / "pyairbyte.log"
        with self._quiet():
            self.source = ab.get_source("source-zendesk", config=account.config, local_executable=tools.wrapper())
            self.cache = ab.new_local_cache("interop", tools.work / "cache")
        self.records: list[dict[str, int]] = []
        self.requests: list[int] = []

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """PyAirbyte tells its progress on stdout and stderr."""
        with self.log.open("a", encoding="utf-8") as log, redirect_stdout(log), redirect_stderr(log):
            yield

    def first_read(self) -> str:
        available = self.source.get_available_streams()
        fail_on(f"there is no stream {name}" for name in set(STREAMS) - set(available))
        self.source.select_streams(STREAMS)
        return self._read()

    def read_changes(self) -> str:
        note = self._read()
        fail_on(
            f"{name}: {self.records[-1][name]} records, {self.records[0][name]} the first time"
            for name in ("tickets", "ticket_metrics", "ticket_audits", "ticket_comments", "ticket_metric_events", "users")
            if not 0 < self.records[-1][name] < self.records[0][name] / 2
        )
        return note

    def read_nothing(self) -> str:
        note = self._read()
        fail_on(f"{name}: {count} records, though nothing is new" for name, count in self.records[-1].items() if count > 1)
        return note

    def _read(self) -> str:
        before = self.account.requests()
        with self._quiet():
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
        """The kind of each column, as PyAirbyte understands the schema; what it does not is text there, as JSON."""
        properties = self.cache.processor.catalog_provider.get_stream_properties(name)
        return {column: column_kind(definition) or "object" for column, definition in properties.items()}

    def _rows(self, name: str) -> list[Json]:
        """The table, with times as microseconds since 1970 and JSON parsed."""
        kinds = self._kinds(name)
        columns = ", ".join(READ_AS.get(kind, '"{}"').format(column) for column, kind in kinds.items())
        with self.cache.processor.get_sql_connection() as connection:
            table = connection.exec_driver_sql(f'SELECT {columns} FROM {self.cache.schema_name}."{name}"').fetchall()
        return [
            {column: _parsed(value, kind) for (column, kind), value in zip(kinds.items(), row, strict=True)} for row in table
        ]

    def is_wild(self) -> str:
        """So that equal tables mean something."""
        texts = json.dumps([self.account.truth(name)[0] for name in STREAMS], ensure_ascii=False)
        counts = {what: len(re.findall(pattern, texts)) for what, pattern in WILD.items()}
        fail_on(f"no {what}" for what, count in counts.items() if count == 0)
        return ", ".join(f"{count} {what}" for what, count in counts.items())


def _parsed(value: Any, kind: str) -> Any:
    return json.loads(value) if value is not None and kind in ("object", "array") else value


def _as_stored(value: Any, kind: str) -> Any:
    """A value of the API as a column of this kind gives it back."""
    if value is None:
        return None
    if kind == TIME:
        return (datetime.fromisoformat(value) - EPOCH) // timedelta(microseconds=1)
    if kind == "number":
        return Decimal(str(value))
    return value
