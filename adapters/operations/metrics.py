"""What the service tells, counted for Prometheus. The service itself knows nothing of it: see handlers/events.py."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot import __version__
from bot.report import Band
from handlers.events import (
    DeliveryDelayed,
    DocumentFailed,
    ReportMade,
    RequestAccepted,
    RequestFinished,
    RequestRefused,
    ServiceEvent,
    StageDone,
)

_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)


class Metrics:
    """Counts events; `observe` is what the service is given. Each instance counts for itself."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._accepted = Counter(
            "claimcheck_requests_accepted", "Requests that are durable", ("platform", "fresh"), registry=registry
        )
        self._refused = Counter(
            "claimcheck_requests_refused", "Requests turned away", ("platform", "code"), registry=registry
        )
        self._finished = Counter(
            "claimcheck_requests_finished", "Requests at their end", ("platform", "state", "code"), registry=registry
        )
        self._request_seconds = Histogram(
            "claimcheck_request_seconds",
            "From acceptance to the end",
            ("platform",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._stage_seconds = Histogram(
            "claimcheck_stage_seconds", "Each step of a request", ("stage",), buckets=_SECONDS, registry=registry
        )
        self._failed = Counter("claimcheck_documents_failed", "Documents not checked", ("code",), registry=registry)
        self._reports = Counter(
            "claimcheck_reports",
            "Reports, by the band most of their claims are in",
            ("band", "stored"),
            registry=registry,
        )
        self._claims = Counter("claimcheck_claims", "Claims of new reports, by band", ("band",), registry=registry)
        self._delayed = Counter(
            "claimcheck_deliveries_delayed", "Times a platform asked for patience", ("platform",), registry=registry
        )
        self._open = Gauge("claimcheck_requests_open", "Requests accepted and not answered yet", registry=registry)
        self._oldest = Gauge("claimcheck_queue_age_seconds", "Age of the oldest open request", registry=registry)
        Gauge("claimcheck_info", "Which version runs", ("version",), registry=registry).labels(__version__).set(1)

    def observe(self, event: ServiceEvent) -> None:
        """Count one event."""
        match event:
            case RequestAccepted():
                self._accepted.labels(event.platform, str(event.fresh).lower()).inc()
            case RequestRefused():
                self._refused.labels(event.platform, event.code).inc()
            case StageDone():
                self._stage_seconds.labels(event.stage).observe(event.seconds)
            case DocumentFailed():
                self._failed.labels(event.code).inc()
            case ReportMade():
                self._count_report(event)
            case RequestFinished():
                self._finished.labels(event.platform, event.state, event.code or "").inc()
                self._request_seconds.labels(event.platform).observe(event.seconds)
            case DeliveryDelayed():
                self._delayed.labels(event.platform).inc()

    def set_queue(self, *, waiting: int, oldest_seconds: float) -> None:
        """What the store says of open requests, in all processes together."""
        self._open.set(waiting)
        self._oldest.set(oldest_seconds)

    def render(self) -> bytes:
        """Everything in Prometheus' text format (0.0.4)."""
        return generate_latest(self._registry)

    def _count_report(self, made: ReportMade) -> None:
        counts = dict(made.bands)
        most = max(counts, key=lambda band: counts[band]) if any(counts.values()) else None
        self._reports.labels(most or "none", str(made.stored).lower()).inc()
        if not made.stored:
            for band in Band:
                self._claims.labels(band).inc(counts.get(band, 0))
