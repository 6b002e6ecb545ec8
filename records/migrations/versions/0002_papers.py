"""The papers and what is proved by them: bytes, documents, registers, grants, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def one_of(name: str, *values: str) -> sa.Enum:
    """Make a closed set of texts, kept by a CHECK of that name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables of papers, numbers, awards and acts."""
    op.create_table(
        "audit_entries",
        sa.Column("body_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_type", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("n >= 1", name=op.f("ck_audit_entries_n_from_one")),
        sa.PrimaryKeyConstraint("body_id", "n", name=op.f("pk_audit_entries")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("body_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "dossier_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "paper_kind", one_of("paper_kind", "H-01", "H-02", "H-03", "other"), nullable=False
        ),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "sha256 IS NULL OR is_present", name=op.f("ck_dossier_papers_file_is_present")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_papers_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_dossier_papers_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_papers")),
        sa.UniqueConstraint(
            "dossier_id", "position", name=op.f("uq_dossier_papers_dossier_id_position")
        ),
    )
    op.create_table(
        "registers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(last < first) = (last_on IS NULL)", name=op.f("ck_registers_date_with_number")
        ),
        sa.CheckConstraint("first >= 1", name=op.f("ck_registers_first_from_one")),
        sa.CheckConstraint("last >= first - 1", name=op.f("ck_registers_last_from_first")),
        sa.CheckConstraint("year BETWEEN 1945 AND 2999", name=op.f("ck_registers_year_sensible")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_registers_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registers")),
        sa.UniqueConstraint(
            "body_id", "series", "year", name=op.f("uq_registers_body_id_series_year")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            one_of("document_state", "draft", "issued", "recalled", "replaced", "cancelled"),
            nullable=False,
        ),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("signatory_id", sa.Integer(), nullable=True),
        sa.Column("attached_to_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("recalls_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_n", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'draft' OR issued_n IS NULL", name=op.f("ck_documents_draft_not_issued")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR (issued_n IS NOT NULL AND issued_on IS NOT NULL)",
            name=op.f("ck_documents_issued_with_version"),
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (symbol IS NULL)", name=op.f("ck_documents_number_with_symbol")
        ),
        sa.CheckConstraint(
            "attached_to_id IS NULL OR number IS NULL",
            name=op.f("ck_documents_annex_without_number"),
        ),
        sa.ForeignKeyConstraint(
            ["attached_to_id"], ["documents.id"], name=op.f("fk_documents_attached_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_documents_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_documents_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["documents.id"], name=op.f("fk_documents_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_documents_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["recalls_id"], ["documents.id"], name=op.f("fk_documents_recalls_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["documents.id"], name=op.f("fk_documents_replaces_id")
        ),
        sa.ForeignKeyConstraint(
            ["signatory_id"], ["signatories.id"], name=op.f("fk_documents_signatory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_documents_attached_to_id"), "documents", ["attached_to_id"])
    op.create_index(op.f("ix_documents_body_id"), "documents", ["body_id"])
    op.create_index(op.f("ix_documents_dossier_id"), "documents", ["dossier_id"])
    op.create_index(op.f("ix_documents_state"), "documents", ["state"])

    op.create_table(
        "document_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("form_hash", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("reason", one_of("version_reason", "draft", "issue"), nullable=False),
        sa.CheckConstraint("n >= 1", name=op.f("ck_document_versions_n_from_one")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_versions_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_document_versions_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint("document_id", "n", name=op.f("uq_document_versions_document_id_n")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_versions_sha256"), "document_versions", ["sha256"])

    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("award_title_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            one_of("level", "state", "province", "district", "commune", "grassroots"),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column(
            "subject", one_of("subject", "individual", "collective", "household"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("birth", sa.String(length=10), nullable=True),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR decision <> ''", name=op.f("ck_grants_decision_named")
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_grants_sequence_from_one")),
        sa.ForeignKeyConstraint(
            ["award_title_id"], ["award_titles.id"], name=op.f("fk_grants_award_title_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["issuing_bodies.id"], name=op.f("fk_grants_body_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_grants_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_grants_nomination_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_grants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("document_id", "sequence", name=op.f("uq_grants_document_id_sequence")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_grants_nomination_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_grants_body_id"), "grants", ["body_id"])
    op.create_index(op.f("ix_grants_folded_name"), "grants", ["folded_name"])
    op.create_index(op.f("ix_grants_person_id"), "grants", ["person_id"])

    op.create_table(
        "register_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "entry_kind", one_of("entry_kind", "issued", "external", "legacy"), nullable=False
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("key_hash", sa.String(length=64), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("state", one_of("entry_state", "active", "cancelled"), nullable=False),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=64), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)",
            name=op.f("ck_register_entries_cancel_explained"),
        ),
        sa.CheckConstraint(
            "entry_kind <> 'legacy' OR reason <> ''",
            name=op.f("ck_register_entries_legacy_explained"),
        ),
        sa.CheckConstraint(
            "entry_kind = 'legacy' OR sha256 IS NOT NULL",
            name=op.f("ck_register_entries_bytes_kept"),
        ),
        sa.CheckConstraint(
            "(key IS NULL) = (key_hash IS NULL)", name=op.f("ck_register_entries_key_with_hash")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_register_entries_number_from_one")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["issuing_bodies.id"], name=op.f("fk_register_entries_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_register_entries_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name=op.f("fk_register_entries_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_register_entries_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("body_id", "key", name=op.f("uq_register_entries_body_id_key")),
        sa.UniqueConstraint("document_id", name=op.f("uq_register_entries_document_id")),
        sa.UniqueConstraint(
            "register_id",
            "number",
            "suffix",
            name=op.f("uq_register_entries_register_id_number_suffix"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_register_entries_sha256"), "register_entries", ["sha256"])


def downgrade() -> None:
    """Undo it while nothing was written; records are not thrown away."""
    for table in TABLES:
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            raise RuntimeError(f"downgrade refused: {table} holds records")
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "audit_entries",
    "audit_heads",
    "blobs",
    "dossier_papers",
    "registers",
    "documents",
    "document_versions",
    "grants",
    "register_entries",
)
"""In the order of their making."""
