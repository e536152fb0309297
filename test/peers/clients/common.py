"""What the drivers share: the sandbox as a process, checks that are printed, and the way from *.zendesk.com to it."""

from __future__ import annotations

import argparse
import base64
import json
import os
import shlex
import socket
import subprocess
import sys
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

Json = dict[str, Any]
SUBDOMAIN = "strangers"
SHOWN = 15


class Failed(Exception):
    """What a check found, a line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


def fail_on(faults: Iterable[str]) -> None:
    """Raises if there is any fault; tells the first ones, and how many there are."""
    found = list(faults)
    if len(found) > SHOWN:
        found[SHOWN - 1 :] = [f"... and {len(found) - SHOWN + 1} more"]
    if found:
        raise Failed(found)


def expect(holds: object, what: str) -> None:
    """Raises if something does not hold."""
    if not holds:
        raise Failed([what])


def same(found: object, expected: object, what: str) -> None:
    """Raises if two values differ."""
    if found != expected:
        raise Failed([f"{what}: got {str(found)[:160]}, not {str(expected)[:160]}"])


class Checks:
    """Runs checks one by one and prints a line for each; one that fails does not keep the others from running."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.passed = 0
        self.failed = 0

    def run(self, name: str, check: Callable[[], object]) -> Any:
        """Runs one check: it raises where something is wrong. Gives what the check gives, or None if it failed."""
        try:
            given = check()
        except Exception as error:  # noqa: BLE001
            self.failed += 1
            first, *others = told(error)
            print(f"FAIL {self.client}: {name}: {first}", flush=True)
            for line in others:
                print(f"       {line}", flush=True)
            return None
        self.passed += 1
        note = f" ({given})" if isinstance(given, str) else ""
        print(f"ok   {self.client}: {name}{note}", flush=True)
        return given

    def excuse(self, name: str, why: str) -> None:
        """Tells what is not checked."""
        print(f"--   {self.client}: {name}: {why}", flush=True)

    def end(self) -> int:
        """Tells how it went; gives the exit code."""
        print(f"# {self.client}: {self.passed} of {self.passed + self.failed} checks passed", flush=True)
        return 0 if self.failed == 0 else 1


def told(error: Exception) -> list[str]:
    """What an error says, in few lines."""
    if isinstance(error, Failed):
        return str(error).splitlines()
    lines = f"{type(error).__name__}: {error}".splitlines()[:SHOWN]
    where = [frame for frame in traceback.extract_tb(error.__traceback__) if "strangers" in frame.filename]
    return [" ".join(lines)[:700] + (f" [line {where[-1].lineno}]" if where else "")]


class Refused(Exception):
    """The sandbox will not do this."""


class Sandbox:
    """A sandbox that is running: its truth can be asked, it can be changed, its clock can be moved."""

    def __init__(self, told_of: Json) -> None:
        self.url: str = told_of["url"]
        self.tls_port = int(told_of["tlsUrl"].rsplit(":", 1)[1].strip("/"))
        self.ca: str = told_of["ca"]
        self.credentials: Json = told_of["credentials"]
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, path: str, body: Json | None = None) -> Any:
        """One request to the control API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/__sandbox{path}", data, {"content-type": "application/json"})
        try:
            with self._opener.open(request, timeout=120) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{path} {body}: {error.code} {error.read().decode()[:300]}") from None
        return json.loads(text) if text else None

    def truth(self, stream: str) -> tuple[list[Json], list[Any]]:
        """The live rows, and the keys of the deleted ones."""
        truth = self.ask(f"/truth/{stream}")
        return truth["live"], truth["deleted"]

    def act(self, action: str, *args: object) -> Any:
        """One change: the name and the arguments of one of the sandbox's mutations."""
        return self.ask("/one", {"action": action, "args": list(args)})["result"]

    def change(self, count: int, seed: int) -> Json:
        """Many changes as they happen in an account."""
        return self.ask("/changes", {"count": count, "seed": seed})["changed"]

    def advance(self, seconds: int) -> int:
        """Moves the account's clock on; gives what it says then, in epoch seconds."""
        return self.ask("/advance", {"seconds": seconds})["now"]

    def now(self) -> int:
        return self.advance(0)

    def send(self, method: str, path: str, body: Json | None = None) -> Any:
        """One request to the API as its administrator; the path after /api/v2/, or a whole address."""
        login = f"{self.credentials['email']}/token:{self.credentials['apiToken']}".encode()
        headers = {"authorization": f"Basic {base64.b64encode(login).decode()}", "content-type": "application/json"}
        url = path if "://" in path else f"{self.url}/api/v2/{path}"
        data = None if body is None else json.dumps(body).encode()
        try:
            request = urllib.request.Request(url, data, headers, method=method)
            with self._opener.open(request, timeout=120) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path} {body}: {error.code} {error.read().decode()[:300]}") from None
        return json.loads(text) if text else None

    def requests(self) -> list[Json]:
        """All requests so far: method, path, query, status."""
        return self.ask("/requests")["requests"]

    def refused(self) -> str:
        """How often it refused a request because of a limit; raises if it never did."""
        requests = self.requests()
        refused = sum(one["status"] == 429 for one in requests)
        expect(refused, f"none of {len(requests)} requests met a limit")
        return f"{refused} of {len(requests)} requests refused"

    def environment(self) -> dict[str, str]:
        """The environment in which a program of its own reaches this sandbox (see rerouted.py)."""
        return {
            **os.environ,
            "STRANGERS_TLS_PORT": str(self.tls_port),
            "STRANGERS_CA": self.ca,
            "REQUESTS_CA_BUNDLE": self.ca,
            "SSL_CERT_FILE": self.ca,
        }


@contextmanager
def sandbox(command: str, *options: str, limits: bool = False) -> Iterator[Sandbox]:
    """A sandbox in a process of its own, until the block ends. Without the limits of its plan, unless asked for."""
    program = [
        *shlex.split(command),
        *("--port", "0", "--tls-port", "0", "--subdomain", SUBDOMAIN, "--json", "--control"),
        *(() if limits else ("--no-limits",)),
        *options,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        line = process.stdout.readline()
        if not line.startswith("{"):
            process.terminate()
            raise RuntimeError(f"The sandbox did not start: {line}{process.stderr.read()}")
        # Whatever it writes later must not fill the pipes.
        for stream in (process.stdout, process.stderr):
            Thread(target=stream.read, daemon=True).start()
        yield Sandbox(json.loads(line))
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class Done:
    """How one command of a peer ended, and what it wrote."""

    returncode: int
    stdout: bytes
    stderr: str


class Forks:
    """A peer's entry point, `module:function`, that is loaded once: each command is a fork of this process."""

    def __init__(self, process: subprocess.Popen[str], account: Sandbox, work: Path) -> None:
        self._process = process
        self._account = account
        self._work = work

    def run(self, *given: object) -> Done:
        files = {name: self._work / name for name in ("stdout", "stderr")}
        command = {
            "args": [str(one) for one in given],
            "folder": str(self._work),
            "environment": self._account.environment(),
            **{name: str(path) for name, path in files.items()},
        }
        self._process.stdin.write(f"{json.dumps(command)}\n")
        self._process.stdin.flush()
        code = self._process.stdout.readline()
        expect(code, "the peer could not be loaded")
        return Done(int(code), files["stdout"].read_bytes(), files["stderr"].read_text(encoding="utf-8", errors="replace"))


@contextmanager
def forks(entry: str, account: Sandbox, work: Path) -> Iterator[Forks]:
    """A peer's entry point against this sandbox, until the block ends."""
    command = [sys.executable, Path(__file__).with_name("rerouted.py"), entry, "--forks"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([str(one) for one in command], env=account.environment(), cwd=work, **pipes) as process:
        yield Forks(process, account, work)
        process.stdin.close()


def reroute(port: int, ca: str) -> None:
    """
    Brings every connection of this process to *.zendesk.com:443 to the sandbox, and has its certificates trusted. No
    other host is reached but this machine. To be called before a client is imported: it stays as it is.
    """
    import certifi

    lookup = socket.getaddrinfo

    def rerouted(host: Any, service: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.endswith(".zendesk.com"):
            return lookup("127.0.0.1", port, *args, **options)
        if name in ("127.0.0.1", "localhost", "::1"):
            return lookup(host, service, *args, **options)
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is not to be asked")

    socket.getaddrinfo = rerouted
    certifi.where = lambda: ca
    os.environ["REQUESTS_CA_BUNDLE"] = ca
    os.environ["SSL_CERT_FILE"] = ca


def arguments() -> argparse.Namespace:
    """What run.sh gives to each driver."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sandbox", required=True, help="the command that starts one")
    parser.add_argument("--work", type=Path, required=True, help="a folder for our files")
    parser.add_argument("--only", default="", help="only checks whose names hold this")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit("This is no program.")
