"""The durable queue: which requests wait, which are worked on, and what their steps left behind.

The only module that knows DBOS, which keeps one instance for a process: a process has one queue open at a time. What
is kept are ids and small outcomes. To lose it all would cost time and nothing else, for what is open stands in the
store.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowStatus
from dbos import error as dbos_error
from structlog.contextvars import bound_contextvars

from bot.defects import tell_where
from bot.errors import ClaimcheckError, StoreUnavailable
from handlers.documents import Outcome, Reserve, Step
from handlers.service_fleet import Fleet, Round

FLOW_VERSION = "2"  # goes up when steps are added, dropped, renamed or leave something else behind, and only then
APPLICATION, FLOW = "claimcheck", "answer_request"  # by which the runs in the database are ours
_WAITING = frozenset({"ENQUEUED", "DELAYED"})
_RUNNING = "PENDING"
_CONNECTIONS = 8  # to PostgreSQL, in each process
_THREADS = 16  # that DBOS and asyncio.to_thread share
_AT_ONCE = 500  # ids in one query
_RERUN = re.compile(r"#(\d+)$")


class Work(Protocol):
    """What is done about one request."""

    async def __call__(self, request_id: str, *, reserve: Reserve) -> None:
        """Answer it, in steps. Where it raises, the request is left for a later run."""


logger = logging.getLogger(__name__)


def queue_of(request_id: str) -> str:
    """The queue in which a request waits: one for every platform, since not every worker need serve them all."""
    return f"requests-{request_id.partition(':')[0]}"


class RunBroke(Exception):
    """A run ended in a defect. It stands in the defect's place, whose own words may quote an article."""


async def _not_open(request_id: str) -> None:
    msg = f"the queue is not open yet for {request_id}"
    raise RuntimeError(msg)


@dataclass(slots=True, kw_only=True)
class WorkQueue:
    """The open queue. `running` are the requests that this process works on; `suspects` runs that seem to be lost."""

    version: str
    work: Work
    fleet: Fleet
    start: Callable[[str], Awaitable[None]] = _not_open
    running: dict[str, "asyncio.Task[object] | None"] = field(default_factory=dict)
    closing: bool = False
    suspects: frozenset[str] = frozenset()

    async def enqueue(self, request_id: str, *, run: int = 1) -> None:
        """Have the request worked on; to ask for the same run of it again changes nothing."""
        with SetWorkflowID(request_id if run == 1 else f"{request_id}#{run}"):
            await self.start(request_id)

    async def take_over(self) -> int:
        """Have what dead workers were at done by who lives; how many runs that were. They go on where they stood."""
        running = await _list(status=_RUNNING, app_version=self.version)
        others = sorted({str(run.executor_id) for run in running} - {self.fleet.name})
        if not others or self.closing:
            return 0
        async with self.fleet.open_round() as fleet_round:
            dead = [name for name in others if fleet_round is not None and await fleet_round.is_dead(name)]
            if not dead:
                return 0
            recover = DBOS._recover_pending_workflows  # noqa: SLF001 - only the vendor's own service has another door
            taken = await asyncio.to_thread(recover, dead)
        if taken:  # else somebody was quicker
            logger.warning("took over %d requests that %s left behind", len(taken), " and ".join(dead))
        return len(taken)

    async def mend(self, open_requests: Iterable[str]) -> None:
        """See to it that each of these open requests waits for somebody who lives, or is worked on.

        Another run is enqueued where there is none, or where the latest ended and left its request open, belongs to
        a version of the flow that nobody runs any more, or was twice found running nowhere in this process, which is
        said to run it.
        """
        requests = [id_ for id_ in open_requests if id_ not in self.running]
        suspects: set[str] = set()
        for start in range(0, len(requests), _AT_ONCE):
            async with self.fleet.open_round() as fleet_round:
                if fleet_round is None or self.closing:
                    return
                ids = requests[start : start + _AT_ONCE]
                first = {run.workflow_id: run for run in await _list(workflow_ids=ids)}
                for id_ in ids:
                    await self._mend(id_, first.get(id_), suspects, fleet_round)
        self.suspects = frozenset(suspects)

    async def _mend(self, request_id: str, run: WorkflowStatus | None, suspects: set[str], fleet_round: Round) -> None:
        if run is None:
            await self.enqueue(request_id)
        elif not await self._may_live(run, suspects, fleet_round):
            reruns = {_number_of(again): again for again in await _list(workflow_id_prefix=f"{request_id}#")}
            latest = max(reruns, default=1)
            run = reruns.get(latest, run)
            if latest not in reruns or not await self._may_live(run, suspects, fleet_round):
                if run.status in _WAITING or run.status == _RUNNING:
                    await DBOS.cancel_workflow_async(run.workflow_id)  # or it would be done beside the next one
                logger.warning("request %s was left open by run %d; running it again", request_id, latest)
                await self.enqueue(request_id, run=latest + 1)

    async def _may_live(self, run: WorkflowStatus, suspects: set[str], fleet_round: Round) -> bool:
        version = str(run.app_version)
        if run.status in _WAITING:
            return version == self.version or not await fleet_round.is_gone(version)
        if run.status != _RUNNING:
            return False
        if run.executor_id == self.fleet.name:  # then it should be here, unless it is about to be
            suspects.add(run.workflow_id)
            return version == self.version and run.workflow_id not in self.suspects
        # Of this version, it is taken over in a moment where its worker is dead.
        return version == self.version or not await fleet_round.is_dead(str(run.executor_id))

    async def delete_finished(self, *, before: datetime, still_open: frozenset[str]) -> int:
        """Delete what is kept of runs from before then, unless their request is still open; how many they were."""
        deleted = passed = 0
        while runs := await _list(end_time=before.isoformat(), limit=_AT_ONCE, offset=passed):
            gone = [run.workflow_id for run in runs if _RERUN.sub("", run.workflow_id) not in still_open]
            if gone:
                await DBOS.delete_workflows_async(gone)
            deleted, passed = deleted + len(gone), passed + len(runs) - len(gone)
        return deleted

    async def run(self, request_id: str) -> None:
        """One run of the flow, as DBOS starts it: the request's work, once at a time in this process."""
        if self.closing:
            raise asyncio.CancelledError  # leaves the run as it is, for the next process
        if request_id in self.running:
            return
        self.running[request_id] = asyncio.current_task()
        try:
            with bound_contextvars(request=request_id):  # in every line that is logged on the way
                await self.work(request_id, reserve=_reserve)
        except (dbos_error.DBOSException, ClaimcheckError):
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of a run
            where = tell_where(error)
            logger.error("a defect met request %s: %s", request_id, where)  # noqa: TRY400 - its words may be an article's
            raise RunBroke(where) from None
        finally:
            del self.running[request_id]

    async def stop_running(self) -> None:
        """Hand back what is being worked on: the next process goes on with it."""
        self.closing = True
        tasks = [task for task in self.running.values() if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def open_work_queue(  # noqa: PLR0913 - where, what, by whom, and at which pace
    url: str,
    *,
    work: Work,
    fleet: Fleet,
    platforms: Collection[str],
    at_once: int,
    poll_seconds: float = 0.2,
    version: str = FLOW_VERSION,
) -> AsyncIterator[WorkQueue]:
    """The queue in this database (sqlite:///path or postgresql://…), running `at_once` requests of a platform at once.

    Interrupted runs of this executor are taken up again at once. Raises StoreUnavailable. The event loop must run, and
    is the one that the work is done in.
    """
    queue = WorkQueue(version=version, work=work, fleet=fleet)
    names = [queue_of(platform) for platform in platforms]
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=1) as closer:  # not the loop's own: DBOS brings that, and takes it along
        try:
            try:
                DBOS(config=_config(url, executor_id=fleet.name, version=version))
                flow = _register(queue)
                DBOS.listen_queues(names)
                DBOS.launch()
                for name in names:
                    await DBOS.register_queue_async(
                        name, worker_concurrency=at_once, polling_interval_sec=poll_seconds, on_conflict="always_update"
                    )
            except Exception as error:
                message = "The queue of requests could not be opened; the log says why. Check DATABASE_URL."
                raise StoreUnavailable(message) from error

            async def start(request_id: str) -> None:
                await DBOS.enqueue_workflow_async(queue_of(request_id), flow, request_id)

            queue.start = start
            yield queue
        finally:
            await queue.stop_running()
            await loop.run_in_executor(closer, partial(DBOS.destroy, destroy_registry=True))
            loop.set_default_executor(ThreadPoolExecutor())


def _register(queue: WorkQueue) -> Callable[[str], Coroutine[None, None, None]]:
    async def answer_request(request_id: str) -> None:
        await queue.run(request_id)

    # Without a limit of DBOS's own: the flow counts its attempts, and tells the asker.
    return DBOS.workflow(name=FLOW, max_recovery_attempts=None)(answer_request)


def _config(url: str, *, executor_id: str, version: str) -> DBOSConfig:
    return DBOSConfig(
        name=APPLICATION,
        system_database_url=url,
        application_version=version,
        executor_id=executor_id,
        log_level="WARNING",
        enable_otlp=False,
        serializer=DBOSPortableJSONSerializer(),
        max_executor_threads=_THREADS,
        sys_db_pool_size=_CONNECTIONS,
    )


def _reserve(name: str) -> Step:
    """The next step of the flow that is running."""
    reserved = DBOS.reserve_step()

    async def run(work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        async def guarded() -> Outcome:
            try:
                return await work()
            except ClaimcheckError:
                raise
            except Exception as error:  # noqa: BLE001 - the boundary of a step
                where = tell_where(error)
                logger.error("a defect met step %s: %s", name, where)  # noqa: TRY400 - its words may be an article's
                raise RunBroke(where) from None  # what stands here is written to the queue's file

        return await reserved.run_async({"name": name}, guarded)

    return run


async def _list(  # noqa: PLR0913 - what is looked for
    *,
    workflow_ids: list[str] | None = None,
    workflow_id_prefix: str | None = None,
    status: str | None = None,
    app_version: str | None = None,
    end_time: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> list[WorkflowStatus]:
    return await DBOS.list_workflows_async(
        workflow_ids=workflow_ids,
        workflow_id_prefix=workflow_id_prefix,
        status=status,
        app_version=app_version,
        end_time=end_time,
        limit=limit,
        offset=offset,
        load_input=False,
        load_output=False,
    )


def _number_of(run: WorkflowStatus) -> int:
    found = _RERUN.search(run.workflow_id)
    return int(found[1]) if found else 1
