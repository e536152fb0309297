"""Loads tickets that lie there as JSON lines into DuckDB, lists kept as JSON: dlt_duckdb.py FILE FOLDER. Prints how many rows."""

import json
import sys
from pathlib import Path

import dlt

file, folder = sys.argv[1:]


@dlt.resource(name="tickets", primary_key="id", write_disposition="merge", max_table_nesting=0)
def tickets():
    with Path(file).open() as lines:
        page = []
        for line in lines:
            page.append(json.loads(line))
            if len(page) == 1000:
                yield page
                page = []
        yield page


pipeline = dlt.pipeline(
    pipeline_name="zendesk",
    pipelines_dir=folder,
    destination=dlt.destinations.duckdb(str(Path(folder) / "dlt.duckdb")),
    dataset_name="zendesk",
)
pipeline.run(tickets())
with pipeline.sql_client() as client:
    print(client.execute_sql("select count(*) from tickets")[0][0])
