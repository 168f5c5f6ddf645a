import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0001_first_tables"),
        ("wagtailcore", "0096_referenceindex_referenceindex_source_object_and_more"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutedQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("because", models.CharField(max_length=200)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routed",
                        to="forum.thread",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routed_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question sent on",
                "verbose_name_plural": "questions sent on",
                "indexes": [
                    models.Index(fields=["user", "-at"], name="forum_routed_to_person")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "user"), name="forum_routed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ThreadArticle",
            fields=[
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="article",
                        serialize=False,
                        to="forum.thread",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="from_thread",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "article of a thread",
                "verbose_name_plural": "articles of threads",
            },
        ),
        migrations.AddField(
            model_name="policymatter",
            name="title_en",
            field=models.CharField(blank=True, max_length=150, verbose_name="title (English)"),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["direction", "deadline"],
                name="forum_needs_open",
            ),
        ),
    ]
