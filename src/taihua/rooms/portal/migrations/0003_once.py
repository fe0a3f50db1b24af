from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("portal", "0002_search")]

    operations = [
        migrations.AddField(
            model_name='article',
            name='once',
            field=models.UUIDField(editable=False, null=True, verbose_name='提交号'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(fields=('drafter', 'once'), name='portal_article_begun_once'),
        ),
    ]
