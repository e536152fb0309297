"""Whether what a client delivered is what the account holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from common import Json, Sandbox, expect, fail_on

# How rows tell that they are deleted, where Zendesk gives deleted records on.
DELETED: dict[str, Callable[[Json], object]] = {
    "tickets": lambda row: row["status"] == "deleted",
    "users": lambda row: row["active"] is False,
    "organizations": lambda row: row["deleted_at"],
    "groups": lambda row: row["deleted"],
    "ticket_metric_events": lambda row: row.get("deleted"),
}
KEYS = {"ticket_metrics": "ticket_id", "tags": "name"}
# Columns that hold another record as it was when the row was read: that one changes without this one.
COPIES = {"ticket_activities": {"actor", "user"}}


@dataclass(frozen=True)
class Excuse:
    """
    What a client does by its own fault, or as Zendesk has it, to the rows that fit: to all of them and no others.

    never: it does not deliver them. again: it has delivered them, and does not deliver them again whatever becomes of
    them. deleted: it delivers them though they are deleted.
    """

    kind: Literal["never", "again", "deleted"]
    why: str
    fits: Callable[[Json], object]


@dataclass(frozen=True)
class Snapshot:
    """What the account holds at one time: the live rows by key, and the keys of the deleted ones."""

    live: dict[Any, Json]
    deleted: set[Any]


def key_of(stream: str, row: Json) -> Any:
    return row[KEYS.get(stream, "id")]


def snapshot(account: Sandbox, stream: str, name: str | None = None) -> Snapshot:
    """The truth of a stream, which the sandbox may call by another name."""
    live, deleted = account.truth(name or stream)
    return Snapshot({key_of(stream, row): row for row in live}, set(deleted))


def follow_ups(since: int) -> Excuse:
    """Of tickets that were last changed before a time: what Zendesk does not tell of them."""
    why = "a follow-up shows the subject of the ticket before it, and does not come again when that one changes"

    def fits(row: Json) -> bool:
        return row["via"]["source"].get("rel") == "follow_up" and row["generated_timestamp"] < since

    return Excuse("again", why, fits)


@dataclass
class Delivery:
    """The rows of one stream that a client delivered, read by read, against what was there at each read."""

    stream: str
    reads: list[list[Json]] = field(default_factory=list)
    truths: list[Snapshot] = field(default_factory=list)

    def check(self, excuses: list[Excuse], is_same: Callable[[Any, Any], bool]) -> str:
        """
        Raises if a row is missing that no excuse fits, or is there though one fits, or was never in the account, or does
        not say what is so now; tells how much was delivered. `is_same` compares single values.
        """
        expect(self.reads[0], f"it is empty: nothing is checked ({len(self.truths[-1].live)} are there)")
        now = self.truths[-1]
        before = self.truths[-2] if len(self.truths) > 1 else Snapshot({}, set())
        earlier = {key_of(self.stream, row): row for rows in self.reads[:-1] for row in rows}
        last = {key_of(self.stream, row): row for row in self.reads[-1]}
        got = {**earlier, **last}

        never = excused(excuses, "never", now.live)
        not_again = excused(excuses, "again", earlier)
        undead = excused(excuses, "deleted", {key: row for key, row in last.items() if key in now.deleted})
        missing = [key for key in now.live if key not in got and key not in never]
        # A row that has changed itself since comes again, whatever else of it does not.
        itself = {key for key in last if stamp(last[key]) != stamp(earlier.get(key, {}))}
        needless = [key for key in last if key in never or (key in not_again and key not in itself)]
        known = {key for one in self.truths for key in (*one.live, *one.deleted)}
        is_deleted = DELETED.get(self.stream)
        # What was never delivered need not be taken back.
        untold = [key for key in (now.deleted - before.deleted) & got.keys() if key not in last] if is_deleted else []
        alive = [key for key in last if key in now.deleted and not (is_deleted and is_deleted(last[key]))]
        told = {key: row if key in last else without_copies(self.stream, row) for key, row in now.live.items()}
        wrong = {key: list(differences(got[key], row, is_same)) for key, row in told.items() if key in got}
        wrong = {key: found for key, found in wrong.items() if found}
        fail_on(
            [
                *faults("not delivered", missing, now.live),
                *faults("excused, and delivered nonetheless", needless, last),
                *faults("delivered, and never there", [key for key in got if key not in known], got),
                *faults("deleted, and not told", [key for key in untold if key not in not_again], earlier),
                *faults("deleted, and delivered as if it were there", [key for key in alive if key not in undead], got),
                *faults("not as it is now", [key for key in wrong if key not in not_again], wrong),
            ]
        )
        used = Counter(one.why for one in (*never.values(), *undead.values()))
        used.update(not_again[key].why for key in (*untold, *wrong))
        counts = f"{len(last)} delivered" + (f", {len(got)} in all" if earlier else "")
        there = f"{len(now.live)} there" + (f" and {len(now.deleted)} deleted" if is_deleted else "")
        return "; ".join([f"{counts}, {there}", *(f"{count} excused: {why}" for why, count in used.items())])


def without_copies(stream: str, row: Json) -> Json:
    """What a row that was read earlier has to be like now."""
    return {name: value for name, value in row.items() if name not in COPIES.get(stream, ())}


def stamp(row: Json) -> Any:
    """When Zendesk says that a row changed itself; None for rows that do not say it."""
    return row.get("generated_timestamp")


def excused(excuses: list[Excuse], kind: str, rows: dict[Any, Json]) -> dict[Any, Excuse]:
    """By key, the excuse that a row has."""
    return {key: one for one in excuses if one.kind == kind for key, row in rows.items() if one.fits(row)}


def faults(what: str, keys: list[Any], about: dict[Any, Any]) -> Iterator[str]:
    """How many there are of some faults, and the first of them."""
    if keys:
        yield f"{len(keys)} {what}"
    for key in keys[:3]:
        yield f"  {what}: {key} {str(about.get(key, ''))[:300]}"


def differences(found: Any, value: Any, is_same: Callable[[Any, Any], bool], path: str = "") -> Iterator[str]:
    """The parts of two values that differ. What one of two objects lacks is passed over: clients drop and add it."""
    if isinstance(found, dict) and isinstance(value, dict):
        for name in found.keys() & value.keys():
            yield from differences(found[name], value[name], is_same, f"{path}.{name}" if path else name)
    elif isinstance(found, list) and isinstance(value, list) and len(found) == len(value):
        for one, other in zip(found, value, strict=True):
            yield from differences(one, other, is_same, f"{path}[]")
    elif (found != value or isinstance(found, bool) != isinstance(value, bool)) and not is_same(found, value):
        yield f"{path} is {found!r}, not {value!r}"
