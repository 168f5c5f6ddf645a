"""Bound what an earlier version of a post holds, as the post itself is bounded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_screen_posts_and_receive_mail")]

    operations = [
        migrations.AlterField(
            model_name="postrevision",
            name="source",
            field=models.TextField(max_length=20000),
        ),
    ]
