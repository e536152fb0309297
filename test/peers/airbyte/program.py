"""The program and the sandbox, as processes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Tools:
    """Where things are: a Node that is new enough, the built programs, and a folder for our files."""

    node: Path
    dist: Path
    work: Path

    def wrapper(self) -> Path:
        """The source as an executable file of its own, named as Airbyte names sources."""
        path = self.work / "source-zendesk"
        program = shlex.join([str(self.node), str(self.dist / "source-zendesk.js")])
        path.write_text(f'#!/bin/sh\nexec {program} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
        return path

    def file(self, name: str, content: object) -> Path:
        path = self.work / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path


@dataclass(frozen=True)
class Run:
    """What a run of the source wrote to its stdout, line by line without line breaks, and how it ended."""

    lines: list[bytes]
    exit_code: int
    stderr: str


def run_source(tools: Tools, *arguments: str | Path) -> Run:
    done = subprocess.run([tools.wrapper(), *map(str, arguments)], capture_output=True, check=False, timeout=300)
    lines = done.stdout.split(b"\n")
    if lines.pop() != b"":
        raise ValueError("the last line has no line break")
    return Run(lines, done.returncode, done.stderr.decode())


class Refused(Exception):
    """The sandbox will not do this."""


class Account:
    """A sandbox that is running: its truth can be asked, it can be changed, its clock can be moved."""

    def __init__(self, config: Json) -> None:
        self.config = config
        self._control = f"{config['base_url']}/__sandbox"
        # The proxy that is not there is for others.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def _ask(self, path: str, body: Json | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._control}{path}", data, {"content-type": "application/json"})
        try:
            with self._opener.open(request, timeout=120) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{path} {body}: {error.code} {error.read().decode()[:300]}") from None
        return json.loads(text) if text else None

    def truth(self, stream: str) -> tuple[list[Json], list[int]]:
        """The live rows, and the keys of the deleted ones."""
        truth = self._ask(f"/truth/{stream}")
        return truth["live"], truth["deleted"]

    def act(self, action: str, *args: object) -> Any:
        """One change: the name and the arguments of one of the sandbox's mutations."""
        return self._ask("/one", {"action": action, "args": list(args)})

    def change(self, count: int, seed: int) -> None:
        """Many changes as they happen in an account."""
        self._ask("/changes", {"count": count, "seed": seed})

    def advance(self, seconds: int) -> None:
        self._ask("/advance", {"seconds": seconds})

    def requests(self) -> int:
        """How many requests the source has sent so far."""
        return len(self._ask("/requests")["requests"])


@contextmanager
def sandbox(tools: Tools, *options: str) -> Iterator[Account]:
    """A sandbox in a process of its own, until the block ends."""
    program = [tools.node, tools.dist.parent / "sandbox/dist/zendesk-sandbox.js", "--port", "0", "--no-limits", "--control", *options]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        yield Account(_config_told_by(process))
    finally:
        process.terminate()
        process.wait(20)


def _config_told_by(process: subprocess.Popen[str]) -> Json:
    """When it listens, the sandbox tells a configuration for the source, in one line."""
    seen: list[str] = []
    for line in process.stderr:
        seen.append(line)
        found = re.search(r'\{.*"base_url".*\}', line)
        if found:
            # Whatever it writes later must not fill the pipe.
            Thread(target=process.stderr.read, daemon=True).start()
            return json.loads(found[0])
    raise RuntimeError(f"The sandbox did not start: {''.join(seen)}")
