"""Meltano's commands, as forks.py runs them: what loads its modules takes four fifths of a command."""

import sys
from pathlib import Path

from meltano.cli import main

sys.path.append(str(Path(__file__).parents[1]))
from forks import serve  # noqa: E402

serve("meltano", main)
