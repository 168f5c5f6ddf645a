"""Let people take one category for read, and find the newest thread of each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0002_send_questions_on_and_make_articles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CategoryRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caught_up_at", models.DateTimeField()),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reads",
                        to="forum.category",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="category_reads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "category that somebody has read",
                "verbose_name_plural": "categories that somebody has read",
            },
        ),
        migrations.AddConstraint(
            model_name="categoryread",
            constraint=models.UniqueConstraint(
                fields=("user", "category"), name="forum_category_read_once"
            ),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["category", "-last_post_at"], name="forum_threads_newest_of"),
        ),
    ]
