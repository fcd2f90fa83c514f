"""The worker: takes pokes from the queue, sweeps for what was never poked, and says it lives."""

import logging
from datetime import UTC, datetime
from threading import Event, Thread

from huey import Huey
from huey.consumer import Consumer

from models.settings import write_setting
from webapp.jobs.queue import open_queue
from webapp.jobs.work import perform, wanted
from webapp.offices import Premises
from webapp.storage import FileStore

SWEEP_SECONDS = 3.0
POLL_SECONDS = 0.5
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
        if perform(self.premises, self.store, kind, subject_id) and kind == "case":
            self.sweep()  # a woken case issues papers and messages


class QuietConsumer(Consumer):  # type: ignore[misc]
    """A consumer that leaves signals to the process it lives in."""

    def _set_signal_handlers(self) -> None:
        pass


class Worker:
    """Consumer threads, and one that sweeps and reports; stops when told."""

    def __init__(self, jobs: Jobs, threads: int = 1) -> None:
        self._jobs = jobs
        self._stopped = Event()
        self._consumer = QuietConsumer(
            jobs.queue,
            workers=threads,
            periodic=False,
            max_delay=POLL_SECONDS,
            check_worker_health=False,
        )
        self._sweeper = Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._consumer.start()
        self._sweeper.start()

    def stop(self) -> None:
        """Let the work in hand be finished, and take no more."""
        self._stopped.set()
        self._consumer.stop(graceful=True)
        self._sweeper.join(SWEEP_SECONDS)

    def wait(self) -> None:
        while not self._stopped.wait(0.5):
            pass

    def _run(self) -> None:
        while True:
            try:
                self._sweep_once()
            except Exception:  # a database that is away comes back
                log.exception("sweep failed")
            if self._stopped.wait(SWEEP_SECONDS):
                return

    def _sweep_once(self) -> None:
        # What is poked already is not poked again: a slow worker's queue would only grow.
        if not self._jobs.queue.pending_count():
            self._jobs.sweep()
        with self._jobs.premises.transaction() as office:
            write_setting(office.db, WORKER_SEEN, datetime.now(UTC).isoformat())


def open_jobs(premises: Premises) -> Jobs:
    settings = premises.settings
    return Jobs(premises, FileStore(settings.attachment_url), open_queue(settings.queue_url))
