"""The columns that `legacy_schema` gives are those of Airbyte's own connector: its catalog against the stored one."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from airbyte_connector import NOT_OFFERED
from common import Checks, Json, expect, fail_on, same

STORED = Path(__file__).parents[3] / "schemas" / "legacy" / "airbyte-4.9.1.json"
WORDS = ("type", "format", "airbyte_type", "additionalProperties")


def facts(schema: Any) -> Any:
    """Names and types of a schema, nothing else."""
    if not isinstance(schema, dict):
        return schema
    kept: Json = {word: schema[word] for word in WORDS if isinstance(schema.get(word), (str, list, bool))}
    if isinstance(schema.get("additionalProperties"), dict):
        kept["additionalProperties"] = facts(schema["additionalProperties"])
    if "properties" in schema:
        kept["properties"] = {name: facts(one) for name, one in schema["properties"].items()}
    if "items" in schema:
        items = schema["items"]
        kept["items"] = [facts(one) for one in items] if isinstance(items, list) else facts(items)
    for word in ("oneOf", "anyOf"):
        if word in schema:
            kept[word] = [facts(one) for one in schema[word]]
    return kept


def check_columns(streams: list[Json]) -> int:
    """Holds the stored catalog against the connector's own."""
    checks = Checks("legacy")
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    catalog = {one["name"]: facts(one["json_schema"]) for one in streams}

    def names() -> str:
        same(sorted(stored), sorted(NOT_OFFERED | catalog.keys()), "streams")
        return f"{len(catalog)} streams"

    def columns(name: str) -> str:
        expect(name in stored, "the stored catalog has no such stream")
        theirs, ours = catalog[name]["properties"], stored[name]["properties"]
        differing = [one for one in sorted(theirs.keys() | ours.keys()) if theirs.get(one) != ours.get(one)]
        fail_on(f"{one}: {theirs.get(one)}, not {ours.get(one)}" for one in differing)
        return f"{len(theirs)} columns"

    checks.run("the same streams", names)
    for name in catalog:
        checks.run(name, partial(columns, name))
    return checks.end()
