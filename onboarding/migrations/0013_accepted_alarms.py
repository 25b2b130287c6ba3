"""Why the alarms of a back-test did not hold a risk table back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0012_better_marks_and_where_photographs_were_taken")]

    operations = [
        migrations.AddField(
            model_name="risktable",
            name="accepted",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="why rejected cases may pass"),
        ),
    ]
