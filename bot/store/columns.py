"""Column types of our own: times in UTC, whole numbers that count rows, and text that is encrypted at rest."""

from datetime import UTC, datetime

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.errors import StoreKeyMissing

# SQLite counts rows by itself only in a column of exactly the type INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite knows no zones, so there it is kept without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC; a naive one is a mistake of the caller (ValueError)."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time without a zone cannot be stored."
            raise ValueError(message)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time, aware and in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from outside. Postgres keeps no NUL and UTF-8 no lone surrogate; both become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as every database keeps it."""
        del dialect
        return None if value is None else keepable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it is kept."""
        del dialect
        return value


class Encrypted(TypeDecorator[str]):
    """Text that is kept as a Fernet token. The cipher comes with the statement: tables know no keys."""

    impl = Text
    cache_ok = False

    def __init__(self, cipher: MultiFernet) -> None:
        super().__init__()
        self._cipher = cipher

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The token for the text."""
        del dialect
        return None if value is None else self._cipher.encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The text of the token; StoreKeyMissing where it was made with another key."""
        del dialect
        if value is None:
            return None
        try:
            return self._cipher.decrypt(value).decode()
        except InvalidToken as error:
            message = (
                "The stored tokens were encrypted with another key. Set the key they were encrypted with (several keys"
                " are separated by commas), or install the bot anew."
            )
            raise StoreKeyMissing(message) from error


def keepable(text: str) -> str:
    """The text without what a database refuses; every code point keeps its place."""
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
