"""What the service tells is counted, and a small port shows it."""

import aiohttp
import pytest

from adapters.operations.metrics import Metrics
from adapters.operations.watching import open_watch
from bot.errors import StoreUnavailable
from bot.report import Band
from bot.store.records import RequestState
from handlers.events import (
    DeliveryDelayed,
    DocumentFailed,
    ReportMade,
    RequestAccepted,
    RequestFinished,
    RequestRefused,
    ServiceEvent,
    Stage,
    StageDone,
)

BANDS = ((Band.STRONG, 1), (Band.MODERATE, 0), (Band.WEAK, 3), (Band.UNSOURCED, 2))
NO_CLAIMS = tuple((band, 0) for band in Band)


@pytest.mark.parametrize(
    ("event", "counted"),
    [
        (
            RequestAccepted(platform="slack", fresh=True),
            'claimcheck_requests_accepted_total{fresh="true",platform="slack"} 1.0',
        ),
        (
            RequestRefused(platform="slack", code="not_now"),
            'claimcheck_requests_refused_total{code="not_now",platform="slack"} 1.0',
        ),
        (StageDone(stage=Stage.READ, seconds=0.2), 'claimcheck_stage_seconds_bucket{le="0.3",stage="read"} 1.0'),
        (StageDone(stage=Stage.READ, seconds=0.2), 'claimcheck_stage_seconds_sum{stage="read"} 0.2'),
        (DocumentFailed(code="bad_status"), 'claimcheck_documents_failed_total{code="bad_status"} 1.0'),
        (ReportMade(bands=BANDS, stored=False), 'claimcheck_reports_total{band="weak",stored="false"} 1.0'),
        (ReportMade(bands=BANDS, stored=False), 'claimcheck_claims_total{band="unsourced"} 2.0'),
        (ReportMade(bands=NO_CLAIMS, stored=True), 'claimcheck_reports_total{band="none",stored="true"} 1.0'),
        (
            RequestFinished(platform="discord", state=RequestState.FAILED, code="fetch_timeout", seconds=16),
            'claimcheck_requests_finished_total{code="fetch_timeout",platform="discord",state="failed"} 1.0',
        ),
        (
            RequestFinished(platform="discord", state=RequestState.ANSWERED, code=None, seconds=16),
            'claimcheck_request_seconds_bucket{le="30.0",platform="discord"} 1.0',
        ),
        (
            DeliveryDelayed(platform="slack", seconds=30),
            'claimcheck_deliveries_delayed_total{platform="slack"} 1.0',
        ),
    ],
)
def test_each_event_is_counted(event: ServiceEvent, counted: str) -> None:
    metrics = Metrics()
    metrics.observe(event)
    assert counted in metrics.render().decode().splitlines()


def test_a_report_from_the_store_counts_no_claims_again() -> None:
    metrics = Metrics()
    metrics.observe(ReportMade(bands=BANDS, stored=True))
    assert "claimcheck_claims_total{" not in metrics.render().decode()


def test_two_metrics_do_not_share_their_counts() -> None:
    first = Metrics()
    first.observe(DocumentFailed(code="bad_status"))
    assert "bad_status" not in Metrics().render().decode()


async def ask(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


class House:
    """A service in one state or another."""

    def __init__(self, *, trouble: str = "", broken: bool = False) -> None:
        self.metrics = Metrics()
        self.trouble = trouble
        self.broken = broken

    async def find_trouble(self) -> str:
        self._break()
        return self.trouble

    async def refresh(self) -> None:
        self._break()
        self.metrics.set_queue(waiting=3, oldest_seconds=12.5)

    def _break(self) -> None:
        if self.broken:
            message = "The database does not answer."
            raise StoreUnavailable(message)


async def look(house: House, path: str) -> tuple[int, str]:
    async with open_watch(
        house.metrics, host="127.0.0.1", port=0, find_trouble=house.find_trouble, refresh=house.refresh
    ) as port:
        return await ask(port, path)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("house", "path", "answer"),
    [
        (House(), "/healthz", (200, "ok\n")),
        (House(broken=True), "/healthz", (200, "ok\n")),
        (House(), "/readyz", (200, "ok\n")),
        (House(trouble="Slack is not connected."), "/readyz", (503, "Slack is not connected.\n")),
        (House(broken=True), "/readyz", (503, "The database does not answer.\n")),
    ],
)
async def test_health_and_readiness_are_told_apart(house: House, path: str, answer: tuple[int, str]) -> None:
    assert await look(house, path) == answer


@pytest.mark.asyncio
async def test_the_queue_is_looked_up_when_somebody_asks() -> None:
    status, text = await look(House(), "/metrics")
    assert status == 200
    assert "claimcheck_requests_open 3.0" in text
    assert "claimcheck_queue_age_seconds 12.5" in text


@pytest.mark.asyncio
async def test_what_was_counted_is_shown_even_where_the_database_is_gone() -> None:
    house = House(broken=True)
    house.metrics.observe(DocumentFailed(code="bad_status"))
    status, text = await look(house, "/metrics")
    assert status == 200
    assert "bad_status" in text
