import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0005_post_a_form_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="moderationact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("approve", "approved"),
                    ("hide", "hidden"),
                    ("restore", "shown again"),
                    ("move", "moved"),
                    ("split", "split off"),
                    ("merge", "merged"),
                    ("close", "closed"),
                    ("reopen", "reopened"),
                    ("pin", "pinned"),
                    ("unpin", "unpinned"),
                    ("dismiss", "report dismissed"),
                    ("silence", "silenced"),
                    ("release", "may write again"),
                    ("trust", "trusted"),
                    ("distrust", "trusted no more"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="screening",
                        serialize=False,
                        to="forum.post",
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=32)),
                ("reasons", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "screening of a post",
                "verbose_name_plural": "screenings of posts",
                "indexes": [
                    models.Index(
                        condition=models.Q(("fingerprint", ""), _negated=True),
                        fields=["fingerprint", "at"],
                        name="forum_same_words",
                    ),
                    models.Index(fields=["at"], name="forum_screened_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("posted", "posted"),
                            ("automatic", "sent by a machine"),
                            ("unknown", "from somebody whom the site does not know"),
                            ("forged", "the sender is not who it says"),
                            ("foreign", "sent to an address that is somebody else's"),
                            ("gone", "the thread is not there for the sender"),
                            ("closed", "the thread is closed"),
                            ("refused", "the sender may not write there"),
                            ("empty", "no text of its own"),
                            ("too-large", "too large"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="received_mail",
                        to="forum.post",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="received_mail",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail to the forum",
                "verbose_name_plural": "e-mails to the forum",
                "indexes": [models.Index(fields=["user", "-at"], name="forum_mail_of_person")],
            },
        ),
    ]
