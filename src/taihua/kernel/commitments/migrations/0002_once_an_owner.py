"""Nobody owes one and the same thing twice at a time, however many ask for it at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                fields=["person", "origin"],
                condition=models.Q(("closed_at__isnull", True)),
                name="commitments_once_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                fields=["unit", "origin"],
                condition=models.Q(("closed_at__isnull", True)),
                name="commitments_once_a_unit",
            ),
        ),
    ]
