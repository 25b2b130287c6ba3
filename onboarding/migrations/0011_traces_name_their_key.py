"""Which INDEX_KEY made a trace. Those that are there were made by the present one: the default says so for them."""

from django.db import migrations, models

import portal.crypto


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0010_opinions_promises_and_appeals")]

    operations = [
        migrations.AddField(
            model_name="trace",
            name="key_mark",
            field=models.CharField(default=portal.crypto.index_key_mark, editable=False, max_length=8),
        )
    ]
