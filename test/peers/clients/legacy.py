"""The columns that `legacy_schema` gives are those of Airbyte's own connector: its catalog against the stored one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from common import Checks, Json, arguments, expect, fail_on, same

STORED = Path(__file__).parents[3] / "schemas" / "legacy" / "airbyte-4.9.1.json"
# Streams of its manifest that it does not offer: its look for ticket forms breaks within this CDK, before any request.
NOT_OFFERED = {"ticket_forms", "account_attributes", "attribute_definitions"}
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


def its_catalog(work: Path) -> dict[str, Any]:
    """The connector's own catalog, by stream. Discovering it takes no request."""
    credentials = {"credentials": "api_token", "email": "a@example.com", "api_token": "x"}
    config = work / "config.json"
    config.write_text(json.dumps({"subdomain": "x", "start_date": "2020-01-01T00:00:00Z", "credentials": credentials}))
    program = Path(sys.executable).with_name("source-zendesk-support")
    done = subprocess.run(
        [program, "discover", "--config", config], capture_output=True, check=True, timeout=300, env=dict(os.environ)
    )
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    streams = next(one["catalog"]["streams"] for one in messages if one["type"] == "CATALOG")
    return {stream["name"]: facts(stream["json_schema"]) for stream in streams}


def main() -> int:
    given = arguments()
    print(f"# airbyte {version('airbyte-source-zendesk-support')}: its columns", flush=True)
    checks = Checks("legacy")
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    catalog = checks.run("discover", lambda: its_catalog(given.work)) or {}

    def names() -> str:
        same(sorted(stored), sorted(NOT_OFFERED | catalog.keys()), "streams")
        return f"{len(catalog)} streams"

    checks.run("the same streams", names)
    for name, schema in catalog.items():

        def columns(found: Any = schema, kept: Any = stored.get(name)) -> str:
            expect(kept is not None, "the stored catalog has no such stream")
            theirs, ours = found["properties"], kept["properties"]
            names = sorted(theirs.keys() | ours.keys())
            differing = [one for one in names if theirs.get(one) != ours.get(one)]
            fail_on(f"{one}: {theirs.get(one)}, not {ours.get(one)}" for one in differing)
            return f"{len(theirs)} columns"

        checks.run(name, columns)
    return checks.end()


sys.exit(main())
