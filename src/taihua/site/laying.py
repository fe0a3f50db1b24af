"""Tables for an empty database: laid as they are now, instead of retelling how they came to be.

For each of some seventy migrations Django draws every model anew that is related to what changed; here
nearly all are, which takes half a minute. Where nothing was yet, only how the tables end matters: they
are made from the models, then what the rooms' migrations do by hand is done (guards of the records,
the index of the search), and all is noted as done. A test holds the two ways equal.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from taihua.base.byhand import ByHand


def is_empty(database: BaseDatabaseWrapper) -> bool:
    """Whether there is no table at all."""
    return not database.introspection.table_names()


def lay_at_once(database: BaseDatabaseWrapper) -> None:
    """Make all tables of the house in an empty database, and note every migration as done."""
    executor = MigrationExecutor(database)
    leaves = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _backwards in executor.migration_plan(leaves)]
    with database.schema_editor(atomic=True) as editor:
        for model in _models(database.alias):
            editor.create_model(model)
    with database.schema_editor(atomic=True) as editor:
        for deed in _by_hand(plan):
            deed.code(apps, editor)  # type: ignore[arg-type]  # which asks no model
    executor.recorder.ensure_schema()
    for migration in plan:
        executor.recorder.record_applied(migration.app_label, migration.name)


def _models(alias: str) -> Iterator[type[Model]]:
    """Every model with a table of its own, that of a plain many-to-many comes with its model."""
    for model in apps.get_models():
        if model._meta.can_migrate(alias) and router.allow_migrate_model(alias, model):
            yield model


def _by_hand(plan: list[Migration]) -> Iterator[ByHand]:
    """What migrations do to the tables besides what the models say, in their order."""
    for migration in plan:
        yield from (each for each in migration.operations if isinstance(each, ByHand))
