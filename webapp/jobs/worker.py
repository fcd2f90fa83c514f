"""The worker: takes pokes from the queue, sweeps for what was never poked, and says it lives."""

import logging
from datetime import UTC, datetime
from functools import partial
from threading import Event

from huey import Huey
from huey.consumer import BaseProcess, Consumer

from models.settings import write_setting
from webapp.jobs.queue import close_queue, open_queue
from webapp.jobs.work import perform, wanted
from webapp.offices import Premises
from webapp.storage import FileStore

SWEEP_SECONDS = 3.0
POLL_SECONDS = 0.5
LEADS_ON = ("calendar", "case", "migration")
"""Kinds whose work leaves more of it: a woken case issues papers, a change has more cases."""
WORKER_SEEN = "worker_seen"
"""The setting with the wall-clock time, aware UTC, at which a worker last said it lives."""
log = logging.getLogger("cartouche.jobs")


class Jobs:
    """The tasks of one process on its queue."""

    def __init__(self, premises: Premises, store: FileStore, queue: Huey) -> None:
        self.premises, self.store, self.queue = premises, store, queue
        # Calling one of these puts it on the queue.
        self.poke = queue.task(name="sweep")(self._sweep)
        self._poke_one = queue.task(name="perform")(self._perform)

    def sweep(self) -> None:
        """Poke whatever rows want, each by itself, so that several workers share it."""
        for kind, subject_id in wanted(self.premises):
            self._poke_one(kind, subject_id)

    def _sweep(self) -> None:
        self.sweep()

    def _perform(self, kind: str, subject_id: int) -> None:
        if perform(self.premises, self.store, kind, subject_id) and kind in LEADS_ON:
            self.sweep()


class Sweeper(BaseProcess):  # type: ignore[misc]
    """In Huey's scheduler's place, which we do not need: finds what nobody poked, and reports."""

    process_name = "Sweeper"

    def __init__(self, jobs: Jobs, stop_flag: Event) -> None:
        super().__init__(jobs.queue, stop_flag)
        self._jobs = jobs

    def loop(self, now: float | None = None) -> None:
        try:
            self._sweep()
        except Exception:  # a database that is away comes back
            log.exception("sweep failed")
        self.stop_flag.wait(SWEEP_SECONDS)

    def shutdown(self) -> None:
        close_queue(self._jobs.queue)

    def _sweep(self) -> None:
        # What is poked already is not poked again: a slow worker's queue would only grow.
        if not self._jobs.queue.pending_count():
            self._jobs.sweep()
        with self._jobs.premises.transaction() as office:
            write_setting(office.db, WORKER_SEEN, datetime.now(UTC).isoformat())


class Worker(Consumer):  # type: ignore[misc]
    """Threads that take pokes, and one that sweeps. Signals are the surrounding process's."""

    def __init__(self, jobs: Jobs, threads: int = 1) -> None:
        self._jobs = jobs
        # A connection belongs to its thread, which closes it when it ends.
        jobs.queue.on_shutdown("close_queue")(partial(close_queue, jobs.queue))
        super().__init__(
            jobs.queue,
            workers=threads,
            periodic=False,
            max_delay=POLL_SECONDS,
            check_worker_health=False,
        )

    def stop(self, graceful: bool = True) -> None:
        """Let the work in hand be finished, and take no more."""
        super().stop(graceful=graceful)

    def wait(self) -> None:
        """Until it is told to stop."""
        self.stop_flag.wait()

    def _create_scheduler(self) -> Sweeper:
        return Sweeper(self._jobs, self.stop_flag)

    def _set_signal_handlers(self) -> None:
        pass


def open_jobs(premises: Premises) -> Jobs:
    settings = premises.settings
    return Jobs(premises, FileStore(settings.attachment_url), open_queue(settings.queue_url))
