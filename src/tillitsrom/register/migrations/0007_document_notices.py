"""What a person should know about a reading: pages read by text recognition, pages not read, comments and changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0006_law_classes'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='notices',
            field=models.JSONField(default=list, help_text='[code, [what it is about]] for each thing to know about the reading.'),
        ),
    ]
