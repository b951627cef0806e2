"""Duties and prohibitions of laws and regulations; the section that a candidate stands in."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SEARCH_FORGETS = """CREATE TRIGGER IF NOT EXISTS register_requirement_search_forget AFTER DELETE ON register_requirement BEGIN
    DELETE FROM register_requirement_search WHERE rowid = OLD.id; END"""


def set_trigger_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite alters a table by writing it anew, and the triggers of the old one are gone with it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SEARCH_FORGETS)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_email_unique_in_any_case'),
        ('register', '0005_candidate_stem'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='candidate',
            name='candidate_class_known',
        ),
        migrations.RemoveConstraint(
            model_name='requirement',
            name='requirement_class_known',
        ),
        migrations.AddField(
            model_name='candidate',
            name='section',
            field=models.CharField(blank=True, help_text='The section of the law or regulation, such as § 5-3.', max_length=40),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='requirement_class',
            field=models.CharField(choices=[('goal', 'Goal'), ('steering_parameter', 'Steering parameter'), ('key_figure', 'Key figure'), ('reporting', 'Reporting'), ('assignment', 'Assignment'), ('guideline', 'Guideline'), ('activity', 'Activity'), ('duty', 'Duty'), ('prohibition', 'Prohibition'), ('authority', 'Authority')], max_length=30, verbose_name='class'),
        ),
        migrations.AlterField(
            model_name='requirement',
            name='requirement_class',
            field=models.CharField(choices=[('goal', 'Goal'), ('steering_parameter', 'Steering parameter'), ('key_figure', 'Key figure'), ('reporting', 'Reporting'), ('assignment', 'Assignment'), ('guideline', 'Guideline'), ('activity', 'Activity'), ('duty', 'Duty'), ('prohibition', 'Prohibition'), ('authority', 'Authority')], max_length=30, verbose_name='class'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(('requirement_class__in', ['goal', 'steering_parameter', 'key_figure', 'reporting', 'assignment', 'guideline', 'activity', 'duty', 'prohibition', 'authority'])), name='candidate_class_known'),
        ),
        migrations.AddConstraint(
            model_name='requirement',
            constraint=models.CheckConstraint(condition=models.Q(('requirement_class__in', ['goal', 'steering_parameter', 'key_figure', 'reporting', 'assignment', 'guideline', 'activity', 'duty', 'prohibition', 'authority'])), name='requirement_class_known'),
        ),
        migrations.RunPython(set_trigger_again, set_trigger_again),
    ]
