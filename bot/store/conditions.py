"""What several queries share: who may see a document, comparing by digest, inserting what may be there already."""

import hashlib

from sqlalchemy import ColumnElement, Table, and_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Viewer
from bot.store.tables import documents


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the document's audience admits the viewer: `bot.access.Audience.admits`, in SQL."""
    return and_(
        documents.c.tenant == viewer.tenant,
        documents.c.channel.in_((viewer.channel,) if viewer.outside else ("", viewer.channel)),
        documents.c.user.in_(("", viewer.user)),
    )


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which the two databases spell alike and SQLAlchemy apart."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def digest(words: str) -> str:
    """SHA-256 in hexadecimal digits: stands for a text of any length in a comparison."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
