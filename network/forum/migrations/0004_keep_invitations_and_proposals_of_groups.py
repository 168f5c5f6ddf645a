import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

OPENNESS = [
    ("open", "open: everybody reads along, members join by themselves"),
    ("closed", "closed: everybody sees that it exists, leaders let members in"),
    ("hidden", "hidden: only its members know of it, leaders invite"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0003_categories_that_somebody_has_read"),
        ("parks", "0002_note_changes_for_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="groupmembership",
            name="reason",
            field=models.TextField(blank=True, max_length=500, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AlterField(
            model_name="groupmembership",
            name="state",
            field=models.CharField(
                choices=[
                    ("applied", "has applied"),
                    ("invited", "is invited"),
                    ("member", "member"),
                    ("declined", "not taken in"),
                    ("left", "has left"),
                    ("removed", "taken out"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="GroupInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("language", models.CharField(max_length=5)),
                (
                    "message",
                    models.TextField(blank=True, max_length=500, verbose_name="message"),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("sent", "sent"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="sent",
                        max_length=12,
                        protected=True,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("times_sent", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="forum.workinggroup",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a working group",
                "verbose_name_plural": "invitations to working groups",
                "ordering": ["-sent_at", "-pk"],
                "indexes": [models.Index(fields=["email", "state"], name="forum_group_invited")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "sent")),
                        fields=("group", "email"),
                        name="forum_group_invited_once",
                    )
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="GroupProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "summary",
                    models.TextField(max_length=400, verbose_name="what it would work on"),
                ),
                (
                    "reason_for",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="why it is needed, and who would join",
                    ),
                ),
                (
                    "openness",
                    models.CharField(
                        choices=OPENNESS, default="open", max_length=8, verbose_name="openness"
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("proposed", "proposed"),
                            ("accepted", "taken up"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=12,
                        protected=True,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, max_length=500, verbose_name="answer"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposal",
                        to="forum.workinggroup",
                    ),
                ),
                (
                    "parks",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="parks.park", verbose_name="parks"
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="parks.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed working group",
                "verbose_name_plural": "proposed working groups",
                "ordering": ["proposed_at", "pk"],
                "indexes": [
                    models.Index(fields=["state", "proposed_at"], name="forum_groups_proposed")
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="MeetingFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_feeds",
                        to="forum.workinggroup",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar of meetings",
                "verbose_name_plural": "calendars of meetings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "group"), name="forum_feed_once_a_group"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("group", None)),
                        fields=("user",),
                        name="forum_feed_once_a_person",
                    ),
                ],
            },
        ),
    ]
