"""
Runs a command with its standard output in a file, and tells in one line of JSON what the operating system charged for
it: python3 measure.py SINK COMMAND [ARGUMENT ...]

`seconds` of wall time; `cpuSeconds`, user and system, of the command and all of its children that it waited for;
`peakBytes`, the largest resident set of any one of them (wait4(2), getrusage(2)). Exits as the command did.
"""

import json
import os
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes

sink, *command = sys.argv[1:]
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
began = time.perf_counter()
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, sink, flags, 0o600)])
_, status, used = os.wait4(pid, 0)
seconds = time.perf_counter() - began
cost = {"seconds": seconds, "cpuSeconds": used.ru_utime + used.ru_stime, "peakBytes": used.ru_maxrss * UNIT}
print(json.dumps(cost))
sys.exit(os.waitstatus_to_exitcode(status) % 256)
