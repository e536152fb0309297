"""Reads tickets with our source, and loads them into DuckDB: pyairbyte.py SOURCE CONFIG FOLDER. Prints how many rows there are."""

import json
import sys
from pathlib import Path

import airbyte as ab
from airbyte.caches import DuckDBCache

program, config, folder = sys.argv[1:]
source = ab.get_source(
    "source-zendesk", config=json.loads(Path(config).read_text()), local_executable=Path(program), install_if_missing=False
)
source.select_streams(["tickets"])
cache = DuckDBCache(db_path=Path(folder) / "pyairbyte.duckdb", schema_name="zendesk", cache_dir=Path(folder) / "cache")
result = source.read(cache=cache, force_full_refresh=True)
print(len(result["tickets"]))
