"""Marks of pages have a version; photographs of the shop keep where they were taken."""

from django.db import migrations, models

import portal.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0011_traces_name_their_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="place",
            field=portal.crypto.EncryptedTextField(
                blank=True, context="onboarding.Document.place", null=True, verbose_name="taken at"
            ),
        ),
        migrations.AddField(
            model_name="pagemark",
            name="version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="pagemark",
            name="bits",
            field=models.CharField(max_length=50, null=True),
        ),
        migrations.AddIndex(
            model_name="pagemark",
            index=models.Index(fields=["version", "page"], name="page_mark_version"),
        ),
    ]
