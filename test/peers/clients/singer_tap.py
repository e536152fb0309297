"""Singer's tap-zendesk, as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from common import SUBDOMAIN, Json, Sandbox, fail_on, same

START = "2005-01-01T00:00:00Z"
# Its own pause of a minute after every 460 tickets, which nobody here needs: the only thing of it that is set.
QUICKLY = "import tap_zendesk.streams as s; s.AUDITS_REQUEST_PER_MINUTE = 10**9"

# Its streams, and what the truth of those with other names is called.
STREAMS = {
    **dict.fromkeys(("tickets", "ticket_metrics", "ticket_audits", "ticket_comments", "ticket_metric_events")),
    **dict.fromkeys(("ticket_fields", "ticket_forms", "groups", "group_memberships", "macros", "organizations")),
    **dict.fromkeys(("satisfaction_ratings", "sla_policies", "tags", "users")),
    "talk_phone_numbers": "phone_numbers",
}


@dataclass
class Read:
    """What one run of the tap wrote."""

    exit_code: int
    stderr: str = ""
    records: dict[str, list[Json]] = field(default_factory=dict)
    state: Json = field(default_factory=dict)
    catalog: Json = field(default_factory=dict)

    def take(self, message: Json) -> None:
        if message["type"] == "RECORD":
            self.records.setdefault(message["stream"], []).append(message["record"])
        if message["type"] == "STATE":
            self.state = message["value"]


class Tap:
    """The tap as a program."""

    def __init__(self, account: Sandbox, work: Path) -> None:
        self.account = account
        self.work = work
        self.config = self.file("config.json", self._config(account.credentials["accessToken"]))

    @staticmethod
    def _config(token: str) -> Json:
        return {"subdomain": SUBDOMAIN, "start_date": START, "access_token": token, "request_timeout": 60}

    def wrong(self) -> Path:
        return self.file("wrong.json", self._config("wrong"))

    def file(self, name: str, content: object) -> Path:
        path = self.work / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def run(self, *given: object) -> Read:
        done = subprocess.run(**self._command(given), capture_output=True, check=False, timeout=900)
        read = Read(done.returncode, done.stderr.decode(errors="replace"))
        if "--discover" in given:
            read.catalog = json.loads(done.stdout) if done.stdout.strip() else {}
            return read
        for line in done.stdout.splitlines():
            read.take(json.loads(line))
        return read

    def _command(self, given: Iterable[object]) -> Json:
        (self.work / "quick_tap.py").write_text(f"{QUICKLY}\nfrom tap_zendesk import main\n", encoding="utf-8")
        args = [sys.executable, Path(__file__).with_name("rerouted.py"), "quick_tap:main", *given]
        environment = {**self.account.environment(), "PYTHONPATH": str(self.work)}
        return {"args": [str(one) for one in args], "cwd": self.work, "env": environment}

    def read_until(self, catalog: Json, is_enough: Callable[[Read], bool]) -> Read:
        """A first sync that is killed at the first state after which what it wrote is enough."""
        given = ["--config", self.config, "--catalog", self.file("catalog.json", catalog)]
        read = Read(0)
        with subprocess.Popen(**self._command(given), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for line in process.stdout:
                message = json.loads(line)
                read.take(message)
                if message["type"] == "STATE" and is_enough(read):
                    break
            process.kill()
        return read

    def discover(self, streams: Iterable[str]) -> Json:
        """The catalog, with these streams selected, and all of their fields."""
        done = self.run("--config", self.config, "--discover")
        # It tells of types that it lacks (multiselect), and of streams that it leaves out for want of a feature.
        harmless = ("Discovered unsupported type for custom field", "ZendeskForbiddenError")
        fail_on([line for line in faults_told(done) if not any(words in line for words in harmless)])
        for stream in done.catalog["streams"]:
            for one in stream["metadata"]:
                one["metadata"]["selected"] = stream["tap_stream_id"] in streams
        return done.catalog

    def sync(self, catalog: Json, state: Json | None = None) -> Read:
        """A run that has to end well."""
        given = ["--config", self.config, "--catalog", self.file("catalog.json", catalog)]
        read = self.run(*given, *([] if state is None else ["--state", self.file("state.json", state)]))
        fail_on(faults_told(read))
        same(read.exit_code, 0, "the exit code")
        return read


def faults_told(read: Read) -> list[str]:
    """The lines of its log that tell of something wrong."""
    lines = [line for line in read.stderr.splitlines() if line.startswith(("CRITICAL", "ERROR"))]
    if read.exit_code != 0:
        lines += read.stderr.splitlines()[-3:]
    return [line[:400] for line in lines]


def isotime(time: int | str) -> str:
    """A time, written in one way, whether it is in epoch seconds or text, with or without microseconds."""
    if isinstance(time, int):
        return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return time.replace(".000000Z", "Z")


def seconds(time: str) -> int:
    """Epoch seconds of a time that is written without microseconds, or with none of them."""
    return int(datetime.fromisoformat(isotime(time).replace("Z", "+00:00")).timestamp())


def is_same(found: Any, value: Any) -> bool:
    """Values that singer writes in another way, as its schemas say: text, times to the microsecond, false for null."""
    return str(found) in (str(value), str(value).replace("Z", ".000000Z")) or (value is None and found is False)
