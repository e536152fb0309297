"""Whether two connectors, one after the other, delivered together what the account holds, and the same in the same form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from common import Json, fail_on
from delivery import DELETED, Snapshot, faults, key_of, without_copies
from delivery import differences as differing
from ours import deleted_at

IsSame = Callable[[Any, Any], bool]


def together(
    stream: str,
    theirs: Iterable[Json],
    ours: Iterable[Json],
    truth: Snapshot,
    is_same: IsSame,
    never: Callable[[Json], object] = lambda row: False,
) -> str:
    """
    Raises if a table that took their records and then ours does not hold what the account holds; tells how much each
    brought. Rows that they delivered and that nobody can tell to be gone are told as well: lists say nothing of what was
    deleted before they were first read. `never` fits rows that they leave out by their own fault, and that are not read
    again from their state.
    """
    rows: dict[Any, Json] = {}
    from_ours: set[Any] = set()
    marked = DELETED.get(stream, lambda row: False)
    counts = [0, 0]
    for records, nth in ((theirs, 0), (ours, 1)):
        for record in records:
            counts[nth] += 1
            key = key_of(stream, record)
            if deleted_at(record) is not None or marked(defaultdict(lambda: None, record)):
                rows.pop(key, None)
            else:
                rows[key] = record
                if nth == 1:
                    from_ours.add(key)
    surplus = [key for key in rows if key not in truth.live]
    kept = [key for key in surplus if key not in from_ours]
    lacking = [key for key in truth.live if key not in rows]
    missing = [key for key in lacking if not never(truth.live[key])]
    told = {key: row if key in from_ours else without_copies(stream, row) for key, row in truth.live.items()}
    wrong = {key: list(differing(rows[key], row, is_same)) for key, row in told.items() if key in rows}
    wrong = {key: found for key, found in wrong.items() if found}
    fail_on(
        [
            *faults("not delivered", missing, truth.live),
            *faults("delivered by ours, and not there", [key for key in surplus if key in from_ours], rows),
            *faults("not as it is now", list(wrong), wrong),
        ]
    )
    note = f"; {len(kept)} that they delivered are gone, and nobody tells" if kept else ""
    if len(lacking) > len(missing):
        note += f"; {len(lacking) - len(missing)} that they leave out"
    return f"{counts[0]} theirs + {counts[1]} ours = {len(truth.live)} there{note}"


@dataclass
class Fields:
    """How the fields of their records compare with ours."""

    equal: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    different: dict[str, tuple[int, str]] = field(default_factory=dict)

    def compare(self, theirs: Any, ours: Any, is_same: IsSame, path: str = "") -> None:
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name, value in theirs.items():
                inner = f"{path}.{name}" if path else name
                if name in ours:
                    self.compare(value, ours[name], is_same, inner)
                elif value is not None:
                    self.lacking[inner] += 1
                else:
                    self.equal += 1
        elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
            for one, other in zip(theirs, ours, strict=True):
                self.compare(one, other, is_same, f"{path}[]")
        elif theirs == ours and isinstance(theirs, bool) == isinstance(ours, bool) or is_same(theirs, ours):
            self.equal += 1
        else:
            count, _ = self.different.get(path, (0, ""))
            self.different[path] = (count + 1, f"theirs {str(theirs)[:80]!r}, ours {str(ours)[:80]!r}")


def field_by_field(
    stream: str,
    theirs: list[Json],
    ours: list[Json],
    is_same: IsSame,
    explained: set[str],
) -> str:
    """Raises if a field of their records is not the same in ours, beside those that are explained; tells the counts."""
    by_key = {key_of(stream, record): record for record in ours}
    last = {key_of(stream, record): record for record in theirs}
    fields = Fields()
    unknown = []
    for key, record in last.items():
        if key in by_key:
            fields.compare(record, by_key[key], is_same)
        else:
            unknown.append(key)
    def is_explained(path: str) -> bool:
        return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in explained)

    fail_on(
        [
            *faults("of their records are not in ours", unknown, last),
            *(f"{path}: ours lacks it {count} times" for path, count in fields.lacking.items() if not is_explained(path)),
            *(
                f"{path}: {count} times {example}"
                for path, (count, example) in fields.different.items()
                if not is_explained(path)
            ),
        ]
    )
    told = sum(fields.lacking.values()) + sum(count for count, _ in fields.different.values())
    note = f", {told} different and explained" if told else ""
    return f"{len(theirs)} theirs, {len(ours)} ours, {fields.equal} fields equal{note}"
