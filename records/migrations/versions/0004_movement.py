"""What the rules of the movement ask for: answers, rulings, plans, contributions, the council."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COUNTERS = (
    "exemplar",
    "good_deed",
    "sudden",
    "article",
    "article_subject",
    "provincial_proposal",
    "provincial_congress",
    "national_congress",
    "copy",
    "dossier_set",
    "good_deed_granted",
    "good_deed_submitted",
)
NEW_COLUMNS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("nominations", sa.Column("origin", sa.String(64), server_default="", nullable=False)),
    ("nominations", sa.Column("lives_here", sa.Boolean(), nullable=True)),
    ("nominations", sa.Column("law_abiding", sa.Boolean(), nullable=True)),
    ("nominations", sa.Column("helps_others", sa.Boolean(), nullable=True)),
    (
        "nominations",
        sa.Column("is_frontline", sa.Boolean(), server_default=sa.false(), nullable=False),
    ),
    ("nominations", sa.Column("holds", sa.JSON(), server_default="[]", nullable=False)),
    ("nominations", sa.Column("category", sa.String(64), server_default="", nullable=False)),
    ("nominations", sa.Column("to_amend", sa.JSON(), server_default="[]", nullable=False)),
    ("dossier_papers", sa.Column("is_confirmed", sa.Boolean(), nullable=True)),
    ("dossier_papers", sa.Column("name", sa.Text(), server_default="", nullable=False)),
    ("campaigns", sa.Column("plan", sa.Text(), server_default="", nullable=False)),
    ("award_titles", sa.Column("vote_threshold", sa.Integer(), nullable=True)),
    ("issuing_bodies", sa.Column("area", sa.String(64), server_default="", nullable=False)),
    ("units", sa.Column("sector", sa.String(64), server_default="", nullable=False)),
)
NEW_TABLES = (
    "handovers",
    "movement_names",
    "council_votes",
    "council_attendance",
    "council_sessions",
    "council_members",
    "contributions",
    "duplicate_rulings",
)


def upgrade() -> None:
    """Add the columns and tables; what is kept stays as it is."""
    for table, column in NEW_COLUMNS:
        op.add_column(table, column)
    op.create_table(
        "duplicate_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("against", sa.String(length=64), nullable=False),
        sa.Column("is_duplicate", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_duplicate_rulings_reason_given")),
        sa.ForeignKeyConstraint(
            ["nomination_id"],
            ["nominations.id"],
            name=op.f("fk_duplicate_rulings_nomination_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_rulings")),
    )
    _index("duplicate_rulings", "nomination_id")
    op.create_table(
        "contributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "counter",
            sa.Enum(
                *COUNTERS, name="counter", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("is_broad", sa.Boolean(), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint("amount >= 1", name=op.f("ck_contributions_amount_from_one")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_contributions_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_contributions_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    _index("contributions", "campaign_id")
    _create_council()


def _create_council() -> None:
    op.create_table(
        "movement_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("is_broad", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_movement_names_valid_in_order")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_movement_names_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_names")),
        sa.UniqueConstraint(
            "body_id", "key", "valid_from", name=op.f("uq_movement_names_body_id_key_valid_from")
        ),
    )
    _index("movement_names", "body_id")
    op.create_table(
        "handovers",
        sa.Column("grant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("prize", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("prize >= 0", name=op.f("ck_handovers_prize_not_negative")),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name=op.f("fk_handovers_grant_id")),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_handovers")),
    )
    op.create_table(
        "council_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("honorific", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "vice_chair",
                "member",
                "secretary",
                name="council_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_from <= valid_to", name=op.f("ck_council_members_valid_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["issuing_bodies.id"],
            name=op.f("fk_council_members_body_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_members")),
    )
    _index("council_members", "body_id")
    op.create_table(
        "council_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "ballot",
            sa.Enum(
                "hands",
                "secret",
                name="ballot",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("discussion", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "present >= 1 AND present <= members", name=op.f("ck_council_sessions_present_counted")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_council_sessions_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_sessions")),
    )
    _index("council_sessions", "dossier_id")
    op.create_table(
        "council_attendance",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_members.id"],
            name=op.f("fk_council_attendance_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["council_sessions.id"],
            name=op.f("fk_council_attendance_session_id"),
        ),
        sa.PrimaryKeyConstraint("session_id", "member_id", name=op.f("pk_council_attendance")),
    )
    op.create_table(
        "council_votes",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("approving", sa.Integer(), nullable=False),
        sa.Column("rejecting", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "approving + rejecting + other + invalid = returned AND returned <= issued",
            name=op.f("ck_council_votes_adds_up"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"],
            ["nominations.id"],
            name=op.f("fk_council_votes_nomination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["council_sessions.id"],
            name=op.f("fk_council_votes_session_id"),
        ),
        sa.PrimaryKeyConstraint("session_id", "nomination_id", name=op.f("pk_council_votes")),
    )


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Take the new columns and tables away, while they hold nothing."""
    connection = op.get_bind()
    for table in NEW_TABLES:
        if connection.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            raise RuntimeError(f"downgrade refused: {table} holds records")
    for table in NEW_TABLES:
        op.drop_table(table)
    for table, column in reversed(NEW_COLUMNS):
        op.drop_column(table, column.name)
