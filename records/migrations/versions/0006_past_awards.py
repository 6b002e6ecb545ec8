"""Awards entered by hand: why, and whether the line was struck out; which call made a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    sa.Column("reason", sa.Text(), server_default="", nullable=False),
    sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("struck_by", sa.String(64), server_default="", nullable=False),
    sa.Column("struck_reason", sa.Text(), server_default="", nullable=False),
)


def upgrade() -> None:
    """Add the columns; what decisions entered stays as it is."""
    for column in COLUMNS:
        op.add_column("grants", column)
    op.add_column("documents", sa.Column("call_hash", sa.String(64), nullable=True))
    op.create_index(op.f("ix_documents_call_hash"), "documents", ["call_hash"])
    op.create_table(
        "answered_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_answered_calls_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered_calls")),
        sa.UniqueConstraint("body_id", "key", name=op.f("uq_answered_calls_body_id_key")),
    )


def downgrade() -> None:
    """Take the columns away, while no award was entered by hand."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM grants WHERE reason <> '' LIMIT 1")).first():
        raise RuntimeError("downgrade refused: grants holds awards entered by hand")
    op.drop_table("answered_calls")
    op.drop_index(op.f("ix_documents_call_hash"), "documents")
    op.drop_column("documents", "call_hash")
    for column in reversed(COLUMNS):
        op.drop_column("grants", column.name)
