"""Loads Zendesk into a local DuckDB: python load.py. Once more later, it loads what changed since."""

import json
from pathlib import Path

import airbyte as ab

config = json.loads(Path("config.json").read_text(encoding="utf-8"))
source = ab.get_source("source-zendesk", config=config, local_executable="source-zendesk")
source.select_streams(["tickets", "users", "groups"])
cache = ab.new_local_cache("zendesk", cache_dir="cache")
result = source.read(cache=cache)

print(f"{result.processed_records} records")
