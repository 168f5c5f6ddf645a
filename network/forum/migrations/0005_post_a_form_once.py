"""Post a form once, however often it is sent, and let no window overwrite another one's draft."""

import uuid

from django.conf import settings
from django.db import migrations, models


def give_tokens(apps, schema_editor):
    """Each draft that exists gets a token of its own, which a default would not give."""
    drafts = apps.get_model("forum", "Draft").objects
    for pk in drafts.values_list("pk", flat=True).iterator():
        drafts.filter(pk=pk).update(token=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0004_keep_invitations_and_proposals_of_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="token",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                fields=("author", "token"), name="forum_form_posts_once"
            ),
        ),
        migrations.AlterField(
            model_name="draft",
            name="source",
            field=models.TextField(blank=True, max_length=60000),
        ),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="draft",
            name="token",
            field=models.UUIDField(default=uuid.uuid4),
        ),
        migrations.RunPython(give_tokens, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("user", "token"), name="forum_draft_of_form"
            ),
        ),
    ]
