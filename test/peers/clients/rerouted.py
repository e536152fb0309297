"""Runs a peer's own entry point, `module:function`, with what follows as its arguments, against the sandbox."""

import importlib
import os
import sys

from common import reroute

reroute(int(os.environ["STRANGERS_TLS_PORT"]), os.environ["STRANGERS_CA"])
_, entry, *sys.argv[1:] = sys.argv
sys.argv[0] = entry
module, function = entry.split(":")
sys.exit(getattr(importlib.import_module(module), function)())
