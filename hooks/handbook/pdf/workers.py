"""Jobs -> what becomes of them, in as many processes as there are cores to use.

A worker ends with the process that started it, however that ends; Ctrl-C is for that process alone. Knows nothing of what
is done.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from handbook.problems import Failure, Unpublishable

Job = TypeVar("Job")
Done = TypeVar("Done")

_CONTEXT = get_context("spawn")
"""A fork would copy threads that stand still; and this is the same on every system."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_parallel(
    work: Callable[[Job], Done], jobs: Iterable[Job], workers: int, progress: Callable[[int], None]
) -> list[Done]:
    """Return what became of each job, in order; a job is fetched when a worker is free.

    `work` stands in a module; `progress` is told how many are done. Raises what a job failed with, and Unpublishable when a
    worker was killed.
    """
    done: dict[int, Done] = {}
    with ExitStack() as ending:
        idle = [ending.enter_context(_worker(work)) for _ in range(workers)]
        busy: dict[Connection, int] = {}
        for number, job in enumerate(jobs):
            worker = idle.pop() if idle else _first_done(busy, done)
            with _noticing_death():
                worker.send(job)
            busy[worker] = number
            progress(len(done))
        while busy:
            _first_done(busy, done)
            progress(len(done))

    return [done[number] for number in sorted(done)]


def _first_done(busy: dict[Connection, int], done: dict[int, Any]) -> Connection:
    """Wait for a worker, keep what it has done and return it, no longer busy."""
    ready = wait(list(busy))
    worker = next(line for line in busy if line in ready)
    with _noticing_death():
        result = worker.recv()
    if isinstance(result, Failure):
        raise result
    done[busy.pop(worker)] = result

    return worker


@contextmanager
def _worker(work: Callable[[Any], Any]) -> Iterator[Connection]:
    """Start a worker that is killed in the end; its other end of the line is closed here, so that its death is noticed."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs, work), daemon=True)
    resource_tracker.ensure_running()  # or it is started below, and lets all signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a worker is born with it
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


@contextmanager
def _noticing_death() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError):
        raise Unpublishable("排版的进程意外结束了，多半是内存不够；请关掉别的程序再试，原来的 PDF 没有动。") from None


def _serve(line: Connection, work: Callable[[Any], Any]) -> None:
    """Do job after job until there is nobody to do them for."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError):
        while True:
            try:
                line.send(work(line.recv()))
            except Failure as failure:
                line.send(failure)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
    os._exit(1)
