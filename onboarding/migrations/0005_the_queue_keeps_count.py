import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.crypto


def count_once(apps, schema_editor):
    """One row per state and holder for the cases that are there: one grouped count, no case is locked."""
    Case, Tally = apps.get_model("onboarding", "Case"), apps.get_model("onboarding", "Tally")
    counted = Case.objects.order_by().values_list("state", "assigned_to").annotate(n=models.Count("pk"))
    rows = [Tally(state=state, holder_id=holder, change=n) for state, holder, n in counted]
    Tally.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0004_turned_pages_and_uploads_in_pieces"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=32)),
                ("change", models.IntegerField()),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="page open at")),
                (
                    "active_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last key or click"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="onboarding.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "user"), name="one_presence_per_case_and_user")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "answer",
                    portal.crypto.EncryptedTextField(context="onboarding.RegisterAnswer.answer", verbose_name="answer"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_answers",
                        to="onboarding.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of the register",
                "verbose_name_plural": "answers of the register",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "round"), name="one_register_answer_per_round")
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("given", "Given to you"),
                            ("taken", "Given to a colleague"),
                            ("idle", "Back in the queue"),
                        ],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                (
                    "reason",
                    portal.crypto.EncryptedTextField(
                        blank=True, context="onboarding.Word.reason", default="", verbose_name="reason"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="onboarding.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "word to a reviewer",
                "verbose_name_plural": "words to reviewers",
                "indexes": [
                    models.Index(condition=models.Q(("read_at", None)), fields=["to", "id"], name="word_unread")
                ],
            },
        ),
        migrations.RunPython(count_once, migrations.RunPython.noop, elidable=True),
    ]
