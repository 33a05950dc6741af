# The bot as a service. Build: docker build -t claimcheck .
# Run: docker run --read-only --tmpfs /tmp -v claimcheck:/data --env-file .env claimcheck
# With PostgreSQL and two workers: compose.yaml. More in docs/operations.md.

FROM python:3.11-slim-trixie AS build

WORKDIR /src
RUN python -m venv /opt/claimcheck
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
COPY adapters ./adapters
RUN /opt/claimcheck/bin/pip install --no-cache-dir -c constraints.txt .


FROM python:3.11-slim-trixie

RUN useradd --system --uid 10001 --home-dir /data --create-home claimcheck
COPY --from=build /opt/claimcheck /opt/claimcheck

# XDG_DATA_HOME puts the database (where DATABASE_URL does not name another) on the volume; nothing else is written.
ENV PATH=/opt/claimcheck/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/data \
    CLAIMCHECK_LOG=json \
    CLAIMCHECK_METRICS_PORT=9464 \
    CLAIMCHECK_METRICS_HOST=0.0.0.0

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 9464

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9464/healthz', timeout=4)"]

ENTRYPOINT ["claimcheck"]
CMD ["serve"]
