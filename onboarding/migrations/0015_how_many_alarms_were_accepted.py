"""How many alarms of a back-test were accepted when a risk table was published; unknown of those published before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0014_the_queue_by_key")]

    operations = [
        migrations.AddField(
            model_name="risktable",
            name="accepted_alarms",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="alarms accepted"),
        ),
    ]
