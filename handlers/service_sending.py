"""Putting requests into the queue of others: for a process that takes requests in and works on none."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from dbos import DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions

from bot.errors import StoreUnavailable
from handlers.service_queue import APPLICATION, FLOW, FLOW_VERSION, queue_of

_CONNECTIONS = 2


@asynccontextmanager
async def open_sender(url: str, *, version: str = FLOW_VERSION) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    """What enqueues a request by its id, in the queue of this PostgreSQL database.

    Nothing is asked of the database before the first request; what cannot be enqueued, for instance because no worker
    has made the queue's tables yet, the workers find in the store. Raises StoreUnavailable then.
    """
    client = DBOSClient(
        system_database_url=url,
        serializer=DBOSPortableJSONSerializer(),
        system_database_pool_size=_CONNECTIONS,
        application_name=APPLICATION,
        lazy=True,
        retry_connection_errors=False,
    )

    async def send(request_id: str) -> None:
        options: EnqueueOptions = {
            "workflow_name": FLOW,
            "queue_name": queue_of(request_id),
            "workflow_id": request_id,
            "app_version": version,
        }
        try:
            await client.enqueue_async(options, request_id)
        except Exception as error:
            message = "The request is kept, and could not be put into the queue; a worker will find it."
            raise StoreUnavailable(message) from error

    try:
        yield send
    finally:
        await asyncio.to_thread(client.destroy)
