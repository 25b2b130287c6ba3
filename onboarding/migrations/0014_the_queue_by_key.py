"""What waits for a reviewer, and what of it is free, in the order of the promises."""

from django.db import migrations, models

from portal.migrating import AddIndexBeside

STATES = ("identity_review", "identity_second_review", "application_review", "application_second_review")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("onboarding", "0013_accepted_alarms")]

    operations = [
        AddIndexBeside(
            model_name="case",
            index=models.Index(
                fields=["due_at", "id"], name="queue_waiting", condition=models.Q(("state__in", STATES))
            ),
        ),
        AddIndexBeside(
            model_name="case",
            index=models.Index(
                fields=["due_at", "id"],
                name="queue_free",
                condition=models.Q(("assigned_to__isnull", True), ("state__in", STATES)),
            ),
        ),
    ]
