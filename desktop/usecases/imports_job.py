"""On Windows: a job object that lets the child that reads a ledger have only so much memory."""

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9
_PROCESS_MEMORY, _KILL_ON_CLOSE, _NO_BREAKAWAY_ERROR = 0x100, 0x2000, 0x400


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def _kernel() -> Any:
    libraries: Any = getattr(ctypes, "windll", None)
    return None if libraries is None else libraries.kernel32


def cap_this_process(most: int) -> None:
    """Put this process into a job of its own with at most so many bytes; errors do not matter.

    The handle of the job stays open for as long as the process lives.
    """
    kernel = _kernel()
    if kernel is None:
        return
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.SetErrorMode(0x8003)  # no dialog of the system when the child is ended
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return
    limits = _Extended()
    limits.basic.limit_flags = _PROCESS_MEMORY | _KILL_ON_CLOSE | _NO_BREAKAWAY_ERROR
    limits.process_memory = most
    done = kernel.SetInformationJobObject(
        ctypes.c_void_p(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    if done:
        kernel.AssignProcessToJobObject(
            ctypes.c_void_p(job), ctypes.c_void_p(kernel.GetCurrentProcess())
        )
