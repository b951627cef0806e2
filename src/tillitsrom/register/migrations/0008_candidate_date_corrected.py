from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0007_document_notices")]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="date_corrected",
            field=models.BooleanField(
                default=False,
                help_text="The document names a day that the month does not have; the deadline is the month's last day.",
            ),
        ),
    ]
