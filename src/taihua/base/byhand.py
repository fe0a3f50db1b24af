"""What a migration does to the tables by hand (手写的建表步骤): a trigger, an index of the database's own kind."""

from django.db.migrations import RunPython


class ByHand(RunPython):
    """A deed on the tables that no model tells of; it asks the schema editor alone, and no row.

    An empty house is laid from its models and by these deeds, without the migrations between
    (``site/laying.py``). What mends rows stays a plain ``RunPython``: where nobody lives yet there
    is none.
    """
