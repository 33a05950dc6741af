"""What outlives a process: requests, reports, deliveries, settings, reviews. The only place for SQLAlchemy."""
