"""The programs of this project, as somebody runs them who comes from another connector: with that one's files."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from common import Json, Sandbox, expect

PROJECT = Path(__file__).resolve().parents[3]
NODE = PROJECT / "node_modules/node/bin/node"
# The columns that tell a deletion.
DELETED_AT = ("_ab_cdc_deleted_at", "_sdc_deleted_at")


@dataclass
class Run:
    """What one run wrote: records by stream, and what it told."""

    exit_code: int
    told: str
    records: dict[str, list[Json]] = field(default_factory=dict)
    catalog: Json = field(default_factory=dict)


class Ours:
    """One of our programs; the configuration is the other connector's, and says where the sandbox is."""

    def __init__(self, program: str, account: Sandbox, work: Path, config: Path) -> None:
        self.program = PROJECT / "dist" / f"{program}.js"
        self.work = work
        given = json.loads(config.read_text(encoding="utf-8"))
        self.config = self.file("config.json", {**given, "base_url": account.url})

    def file(self, name: str, content: object) -> Path:
        path = self.work / f"ours-{name}"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(self, *given: object) -> Run:
        done = subprocess.run(
            [str(NODE), str(self.program), *map(str, given)], capture_output=True, check=False, timeout=900, cwd=self.work
        )
        run = Run(done.returncode, done.stderr.decode())
        if "--discover" in given:
            run.catalog = json.loads(done.stdout)
            return run
        for line in done.stdout.splitlines():
            message = json.loads(line)
            match message["type"]:
                case "RECORD" if "data" in message["record"] and "emitted_at" in message["record"]:
                    record = message["record"]
                    run.records.setdefault(record["stream"], []).append(record["data"])
                case "RECORD":
                    run.records.setdefault(message["stream"], []).append(message["record"])
                case "CATALOG":
                    run.catalog = message["catalog"]
                case "LOG" | "TRACE":
                    run.told += f"{json.dumps(message)}\n"
        return run

    def ends_well(self, *given: object) -> Run:
        """A run that has to end well."""
        run = self.run(*given)
        expect(run.exit_code == 0, f"exit code {run.exit_code}: {run.told[-1500:]}")
        return run


def deleted_at(record: Json) -> object:
    return next((record[name] for name in DELETED_AT if record.get(name) is not None), None)
