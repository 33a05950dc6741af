"""A limit to the memory of a process that works on what others wrote."""

import sys
from pathlib import Path


def limit_memory(more_bytes: int) -> None:
    """Let this process take so much more address space than it holds now; beyond it, MemoryError.

    Does nothing on Windows, which has no such limit for a process by itself.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - exists on POSIX only

    statm = Path("/proc/self/statm")
    held = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize() if statm.exists() else 0
    limit = held + more_bytes
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
