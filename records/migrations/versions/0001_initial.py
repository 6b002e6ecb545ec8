"""The office and what it is told: bodies, awards, people, nominations, dossiers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def one_of(name: str, *values: str) -> sa.Enum:
    """Make a closed set of texts, kept by a CHECK of that name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables of the office and of what it is told."""
    op.create_table(
        "award_titles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("for_individuals", sa.Boolean(), nullable=False),
        sa.Column("for_collectives", sa.Boolean(), nullable=False),
        sa.Column("for_households", sa.Boolean(), nullable=False),
        sa.Column(
            "level",
            one_of("level", "state", "province", "district", "commune", "grassroots"),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_title", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "for_individuals OR for_collectives OR for_households",
            name=op.f("ck_award_titles_for_someone"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_titles")),
        sa.UniqueConstraint("key", name=op.f("uq_award_titles_key")),
    )
    op.create_table(
        "issuing_bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("name_lines", sa.JSON(), nullable=False),
        sa.Column("superior_line", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "name_kind", one_of("name_kind", "proper", "person", "number", "event"), nullable=False
        ),
        sa.Column("archive_line", sa.Text(), nullable=False),
        sa.Column("drafting_unit", sa.Text(), nullable=False),
        sa.Column(
            "number_policy",
            one_of("number_policy", "common", "by_kind", "by_group"),
            nullable=False,
        ),
        sa.Column("number_groups", sa.JSON(), nullable=False),
        sa.Column("chair_style", one_of("chair_style", "UBND", "CT"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_issuing_bodies_valid_in_order")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["issuing_bodies.id"], name=op.f("fk_issuing_bodies_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuing_bodies")),
        sa.UniqueConstraint("key", name=op.f("uq_issuing_bodies_key")),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("plan_reference", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("evidence_months", sa.Integer(), nullable=True),
        sa.CheckConstraint("evidence_months > 0", name=op.f("ck_campaigns_evidence_positive")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_campaigns_opening_in_order")),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_campaigns_period_in_order")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_campaigns_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("body_id", "key", name=op.f("uq_campaigns_body_id_key")),
    )
    op.create_table(
        "default_recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_default_recipients_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_recipients")),
        sa.UniqueConstraint(
            "body_id", "kind", "position", name=op.f("uq_default_recipients_body_id_kind_position")
        ),
    )
    op.create_table(
        "signatories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mode", one_of("signing_mode", "", "KT.", "TL.", "TUQ.", "Q."), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("acting_for", sa.Text(), nullable=False),
        sa.Column("office_post", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "on_behalf_of = '' OR mode NOT IN ('TL.', 'TUQ.')",
            name=op.f("ck_signatories_no_order_on_behalf"),
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_signatories_valid_in_order")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_signatories_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatories")),
        sa.UniqueConstraint("body_id", "key", name=op.f("uq_signatories_body_id_key")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "unit_type",
            one_of(
                "unit_type",
                "PHONG_BAN",
                "MTTQ_DT",
                "HIEP_QUAN",
                "TRUONG",
                "UBND_XA",
                "CUM_KHOI",
                "DOANH_NGHIEP",
                "DANG",
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_units_valid_in_order")),
        sa.ForeignKeyConstraint(["body_id"], ["issuing_bodies.id"], name=op.f("fk_units_body_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["units.id"], name=op.f("fk_units_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_units_body_id_name")),
    )
    op.create_index(op.f("ix_units_body_id"), "units", ["body_id"])

    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "state",
            one_of(
                "dossier_state",
                "draft",
                "submitted",
                "returned",
                "accepted",
                "decided",
                "withdrawn",
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("submission_symbol", sa.Text(), nullable=False),
        sa.Column("submission_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_dossiers_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_dossiers_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_dossiers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dossiers_body_id"), "dossiers", ["body_id"])
    op.create_index(op.f("ix_dossiers_campaign_id"), "dossiers", ["campaign_id"])
    op.create_index(op.f("ix_dossiers_unit_id"), "dossiers", ["unit_id"])

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "subject", one_of("subject", "individual", "collective", "household"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("lowered_name", sa.Text(), nullable=False),
        sa.Column("birth", sa.String(length=10), nullable=True),
        sa.Column("gender", sa.String(length=64), nullable=False),
        sa.Column("identity_number", sa.String(length=64), nullable=True),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_people_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_people_folded_name"), "people", ["folded_name"])
    op.create_index(op.f("ix_people_identity_number"), "people", ["identity_number"])

    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("award_title_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            one_of("level", "state", "province", "district", "commune", "grassroots"),
            nullable=False,
        ),
        sa.Column(
            "state",
            one_of(
                "nomination_state",
                "draft",
                "submitted",
                "returned",
                "accepted",
                "agreed",
                "refused",
                "withdrawn",
                "granted",
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", one_of("subject", "individual", "collective", "household"), nullable=False
        ),
        sa.Column("honorific", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("printed_name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("birth", sa.String(length=10), nullable=True),
        sa.Column("gender", sa.String(length=64), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("printed_post", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("identity_number", sa.String(length=64), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("deed_on", sa.String(length=10), nullable=True),
        sa.Column("past_awards", sa.JSON(), nullable=False),
        sa.Column("beyond_duty", sa.Boolean(), nullable=True),
        sa.Column("not_for_own_gain", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_nominations_position_from_one")),
        sa.CheckConstraint(
            "position IS NULL OR dossier_id IS NOT NULL",
            name=op.f("ck_nominations_position_in_dossier"),
        ),
        sa.ForeignKeyConstraint(
            ["award_title_id"], ["award_titles.id"], name=op.f("fk_nominations_award_title_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_nominations_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_nominations_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_nominations_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_nominations_person_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_nominations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_nominations_body_id"), "nominations", ["body_id"])
    op.create_index(op.f("ix_nominations_campaign_id"), "nominations", ["campaign_id"])
    op.create_index(op.f("ix_nominations_dossier_id"), "nominations", ["dossier_id"])
    op.create_index(op.f("ix_nominations_folded_name"), "nominations", ["folded_name"])
    op.create_index(op.f("ix_nominations_person_id"), "nominations", ["person_id"])
    op.create_index(op.f("ix_nominations_state"), "nominations", ["state"])
    op.create_index(op.f("ix_nominations_unit_id"), "nominations", ["unit_id"])

    op.create_table(
        "nomination_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            one_of(
                "nomination_state",
                "draft",
                "submitted",
                "returned",
                "accepted",
                "agreed",
                "refused",
                "withdrawn",
                "granted",
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_events_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_events")),
    )
    op.create_index(
        op.f("ix_nomination_events_nomination_id"), "nomination_events", ["nomination_id"]
    )


def downgrade() -> None:
    """Undo it while nothing was written; records are not thrown away."""
    for table in TABLES:
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            raise RuntimeError(f"downgrade refused: {table} holds records")
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "award_titles",
    "issuing_bodies",
    "campaigns",
    "default_recipients",
    "signatories",
    "units",
    "dossiers",
    "people",
    "nominations",
    "nomination_events",
)
"""In the order of their making."""
