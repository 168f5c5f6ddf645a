"""How the C library deals out memory in a process that lives long and has threads.

Left alone, glibc keeps what it is given back for later, in several heaps: after each burst of work a
search engine's buffers stay with every process.
"""

import ctypes
import sys
from typing import Final

# From <malloc.h>.
M_TRIM_THRESHOLD: Final = -1
M_MMAP_THRESHOLD: Final = -3
M_ARENA_MAX: Final = -8

LARGE_BYTES: Final = 256 * 1024
HEAPS: Final = 2


def give_back_memory() -> None:
    """Return large blocks to the system once they are free, here and in forked processes."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    # Other C libraries of Linux have no such thing.
    if libc is None or not hasattr(libc, "mallopt"):
        return
    libc.mallopt(M_ARENA_MAX, HEAPS)
    libc.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
    libc.mallopt(M_TRIM_THRESHOLD, LARGE_BYTES)
