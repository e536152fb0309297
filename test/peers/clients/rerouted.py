"""
Runs a peer's own entry point, `module:function`, against the sandbox: with what follows as its arguments, or, with `--forks`, with
those that each line on standard input brings (forks.py).
"""

import importlib
import os
import sys
from pathlib import Path

from common import reroute

reroute(int(os.environ["STRANGERS_TLS_PORT"]), os.environ["STRANGERS_CA"])
_, entry, *given = sys.argv
sys.argv = [entry, *given]
module, function = entry.split(":")
main = getattr(importlib.import_module(module), function)
if given == ["--forks"]:
    sys.path.append(str(Path(__file__).parents[1]))
    from forks import serve

    serve(entry, main)
else:
    sys.exit(main())
