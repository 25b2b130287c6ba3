import django.utils.timezone
from django.db import migrations, models

import portal.crypto
import portal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gateway",
                    models.CharField(
                        choices=[
                            ("sms", "Text messages"),
                            ("mail", "E-mail"),
                            ("registry", "Business register"),
                            ("person", "Real-name check"),
                            ("risk_list", "Risk list"),
                            ("bank", "Bank"),
                            ("payment", "Payments"),
                            ("courier", "Courier"),
                            ("acquirer", "Acquirer"),
                            ("tms", "Terminal management"),
                            ("signing", "Signing authority"),
                            ("antivirus", "Virus scanner"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome", models.CharField(max_length=24)),
                ("remaining", models.PositiveIntegerField(blank=True, null=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "rehearsed outcome",
                "verbose_name_plural": "rehearsed outcomes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SimulatedNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(max_length=20, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "simulated number range",
                "verbose_name_plural": "simulated number ranges",
            },
        ),
        migrations.CreateModel(
            name="SimulatedCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gateway",
                    models.CharField(
                        choices=[
                            ("sms", "Text messages"),
                            ("mail", "E-mail"),
                            ("registry", "Business register"),
                            ("person", "Real-name check"),
                            ("risk_list", "Risk list"),
                            ("bank", "Bank"),
                            ("payment", "Payments"),
                            ("courier", "Courier"),
                            ("acquirer", "Acquirer"),
                            ("tms", "Terminal management"),
                            ("signing", "Signing authority"),
                            ("antivirus", "Virus scanner"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verb", models.CharField(max_length=24)),
                ("client_ref", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("request", models.JSONField()),
                ("answer", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "simulated call",
                "verbose_name_plural": "simulated calls",
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("gateway", "client_ref"), name="simulated_call_once")],
            },
        ),
        migrations.CreateModel(
            name="SimulatedMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "Text message"), ("mail", "E-mail"), ("bank", "Bank statement")], max_length=8
                    ),
                ),
                ("to", portal.crypto.EncryptedTextField()),
                ("to_index", models.CharField(db_index=True, max_length=64)),
                ("subject", models.CharField(blank=True, max_length=255)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("client_ref", models.CharField(max_length=100)),
                ("message_id", models.CharField(max_length=255)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "simulated message",
                "verbose_name_plural": "simulated messages",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "client_ref"), name="simulated_message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SimulatedPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_ref", models.CharField(max_length=100, unique=True)),
                ("token", models.CharField(default=portal.models.pay_token, max_length=40, unique=True)),
                ("amount_fen", models.PositiveBigIntegerField()),
                ("refunded_fen", models.PositiveBigIntegerField(default=0)),
                ("subject", models.CharField(max_length=200)),
                ("return_url", models.CharField(max_length=500)),
                ("notify_url", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waiting for the payer"), ("paid", "paid"), ("refused", "refused")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "simulated payment",
                "verbose_name_plural": "simulated payments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("refunded_fen__lte", models.F("amount_fen"))),
                        name="simulated_refund_within_amount",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SimulatedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "gateway",
                    models.CharField(
                        choices=[
                            ("sms", "Text messages"),
                            ("mail", "E-mail"),
                            ("registry", "Business register"),
                            ("person", "Real-name check"),
                            ("risk_list", "Risk list"),
                            ("bank", "Bank"),
                            ("payment", "Payments"),
                            ("courier", "Courier"),
                            ("acquirer", "Acquirer"),
                            ("tms", "Terminal management"),
                            ("signing", "Signing authority"),
                            ("antivirus", "Virus scanner"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("answer", models.JSONField()),
            ],
            options={
                "verbose_name": "simulated record",
                "verbose_name_plural": "simulated records",
                "constraints": [models.UniqueConstraint(fields=("gateway", "key"), name="simulated_record_once")],
            },
        ),
    ]
