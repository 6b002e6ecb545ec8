"""Run the migrations on the connection that `records.store` hands over.

There is no other way in: the store holds the lock and the transaction around this.
"""

from alembic import context

import records  # noqa: F401  all tables must be known before they are compared
from records.base import Model
from records.store import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Model.metadata,
    include_object=is_ours,
    compare_type=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
