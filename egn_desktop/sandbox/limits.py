# SPDX-License-Identifier: GPL-3.0-or-later
"""What the reading of one file may take. The child sets its own limits, before it reads."""

import ctypes
import sys
from contextlib import suppress
from typing import Any, Final

MEMORY: Final = 512 * 1024 * 1024
"""Bytes, the program itself included: what a computer of a school has to spare."""

SECONDS: Final = 8
"""Of reading, beside which the largest list or photo that we take needs one or two."""

START_SECONDS: Final = 30
"""For the program to start: an antivirus may look at it first."""

LARGEST_REPLY: Final = 64 * 1024 * 1024

_DUMPABLE: Final = 4

_EXTENDED_LIMITS: Final = 9
_PROCESS_TIME, _PROCESS_MEMORY, _DIE_ON_EXCEPTION = 0x2, 0x100, 0x400
_NO_ERROR_BOXES: Final = 0x3
_TICKS: Final = 10_000_000
"""A second, as Windows counts the time of processes."""


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION, with sizes that do not depend on where it is compiled."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def limit_this_process() -> None:
    """Let this process take no more than it may, and leave no core behind that holds names.

    Where a system refuses one of the limits the parent's clock still holds.
    """
    if sys.platform == "win32":
        with suppress(OSError):
            limit_by_job(ctypes.WinDLL("kernel32"))
        return
    import resource

    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS + 2),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))
    if sys.platform == "linux":
        # Some systems collect cores whatever that limit says.
        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)


def limit_by_job(kernel: Any) -> None:
    """Put this process into a Windows job of its own.

    Args:
        kernel: ``kernel32``.

    Raises:
        OSError: Windows refuses.
    """
    handle = ctypes.c_void_p
    kernel.CreateJobObjectW.restype = handle
    kernel.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, handle, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel.GetCurrentProcess.restype = handle
    kernel.SetErrorMode(_NO_ERROR_BOXES)
    wanted = JobLimits()
    wanted.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_ON_EXCEPTION
    wanted.basic.process_time = (SECONDS + 2) * _TICKS
    wanted.process_memory = MEMORY
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        raise OSError("no job")
    told = ctypes.cast(ctypes.pointer(wanted), handle)
    if not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, told, ctypes.sizeof(wanted)):
        raise OSError("no limits")
    # The handle is never closed: the job lasts as long as the process.
    if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
        raise OSError("not in the job")
