"""The triggers that refuse changes to issued rows, whoever asks with whatever tool.

A later migration that rebuilds one of these tables on SQLite loses its triggers and must
make them again; `Store.check` says which are missing.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ISSUED_COLUMNS = [
    "id",
    "body_id",
    "kind",
    "abstract",
    "paper",
    "campaign_id",
    "dossier_id",
    "signatory_id",
    "attached_to_id",
    "corrects_id",
    "replaces_id",
    "recalls_id",
    "number",
    "symbol",
    "issued_on",
    "issued_n",
    "created_at",
    "created_by",
]
ENTRY_COLUMNS = [
    "id",
    "register_id",
    "body_id",
    "number",
    "suffix",
    "kind",
    "symbol",
    "issued_on",
    "abstract",
    "signer",
    "recipients",
    "archive",
    "copies",
    "document_id",
    "sha256",
    "entry_kind",
    "reason",
    "key",
    "key_hash",
    "entered_at",
    "entered_by",
]
JSON_COLUMNS = {"paper"}

KEYS = {
    "registers": ("id",),
    "register_entries": ("id",),
    "documents": ("id",),
    "document_versions": ("id",),
    "blobs": ("sha256",),
    "audit_entries": ("body_id", "n"),
    "audit_heads": ("body_id",),
}

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    """Make the triggers of this database's own dialect."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    make = _sqlite if is_sqlite else _postgresql
    if not is_sqlite:
        op.execute(REFUSE)
    for table, (refuse_update, refuse_delete) in _conditions(is_sqlite).items():
        make(table, "update", refuse_update)
        make(table, "delete", refuse_delete)
    for table, key in KEYS.items():
        if is_sqlite:
            # INSERT OR REPLACE deletes the old row without asking the delete trigger
            same = " AND ".join(f"{column} = NEW.{column}" for column in key)
            _sqlite(table, "insert", f"EXISTS (SELECT 1 FROM {table} WHERE {same})")
        else:
            op.execute(
                f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    """Take the triggers away; the rows stay."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in KEYS:
        for act in ("update", "delete", "insert" if is_sqlite else "truncate"):
            on = "" if is_sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_refuse_{act}{on}")
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION blobs_refuse_delete()")


def _conditions(is_sqlite: bool) -> dict[str, tuple[str, str]]:
    """For each table, when an update and when a deletion is refused."""
    differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"

    def changed(columns: list[str]) -> str:
        cast = dict.fromkeys(JSON_COLUMNS, "" if is_sqlite else "::text")
        return " OR ".join(
            f"NEW.{column}{cast.get(column, '')} {differs} OLD.{column}{cast.get(column, '')}"
            for column in columns
        )

    always = "1 = 1"
    return {
        "documents": (
            f"OLD.state <> 'draft' AND ({changed(ISSUED_COLUMNS)}"
            " OR (NEW.state <> OLD.state AND (OLD.state <> 'issued' OR NEW.state = 'draft'))"
            f" OR (NEW.state = OLD.state AND {changed(['ended_reason'])}))",
            "OLD.state <> 'draft'",
        ),
        "document_versions": (always, "OLD.reason = 'issue'"),
        "blobs": (
            always,
            "EXISTS (SELECT 1 FROM document_versions WHERE sha256 = OLD.sha256)"
            " OR EXISTS (SELECT 1 FROM register_entries WHERE sha256 = OLD.sha256)",
        ),
        "register_entries": (
            f"{changed(ENTRY_COLUMNS)}"
            " OR (OLD.state = 'cancelled' AND ("
            f"{changed(['state', 'cancelled_reason', 'cancelled_by', 'cancelled_at'])}))",
            always,
        ),
        "registers": (
            f"{changed(['id', 'body_id', 'series', 'year'])}"
            f" OR (OLD.last >= OLD.first AND ({changed(['first'])}"
            " OR NEW.last < OLD.last OR NEW.last > OLD.last + 1 OR NEW.last_on < OLD.last_on))",
            always,
        ),
        "audit_entries": (always, always),
        "audit_heads": (f"{changed(['body_id'])} OR NEW.n <> OLD.n + 1", always),
    }


def _sqlite(table: str, act: str, condition: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuse_{act} BEFORE {act.upper()} ON {table}"
        f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table}: {act} refused'); END"
    )


def _postgresql(table: str, act: str, condition: str) -> None:
    # a trigger's WHEN may not look at other tables, so that case is a function of its own
    if "EXISTS" in condition:
        op.execute(
            f"""
            CREATE FUNCTION {table}_refuse_{act}() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF {condition} THEN
                    RAISE EXCEPTION '{table}: {act} refused'
                        USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN OLD;
            END $$
            """
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuse_{act} BEFORE {act.upper()} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_refuse_{act}()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_refuse_{act} BEFORE {act.upper()} ON {table}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change()"
    )
