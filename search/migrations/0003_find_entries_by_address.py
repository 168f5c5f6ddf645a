"""Find entries by their address, since people link to pages and not to keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index_newest_entries")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["url_nb"], name="search_entry_url_nb"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["url_en"], name="search_entry_url_en"),
        ),
    ]
