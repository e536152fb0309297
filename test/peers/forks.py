"""
Commands of a program, one after the other, each in a fork of this process: the program's modules are loaded once, which takes
longer than most of its commands do.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable


def serve(name: str, main: Callable[[], object]) -> None:
    """Gets a line of JSON for each command (the arguments of `become`), and answers with a line: its exit code."""
    for line in sys.stdin:
        # A fork has no other thread of its parent.
        assert threading.active_count() == 1
        child = os.fork()
        if child == 0:
            become(name, **json.loads(line))
            sys.exit(main())
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def become(name: str, args: list[str], folder: str, environment: dict[str, str], stdout: str, stderr: str) -> None:
    """Makes this process `NAME ARGS`, in this folder and environment, with its output in these files."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.argv = [name, *args]
