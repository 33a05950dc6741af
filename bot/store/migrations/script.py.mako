"""${message}."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import RowNumber, UtcTime, Words

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Upwards."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Downwards."""
    ${downgrades if downgrades else "pass"}
