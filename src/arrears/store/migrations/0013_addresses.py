"""Consents to machine calls, to electronic notices and to more visits."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_gate_facts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_kind_is_known',
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['call_more', 'hours', 'time_and_place', 'medium', 'tell_third_party', 'work_post', 'ask_again', 'automated', 'electronic_notices', 'more_visits'])), name='consent_kind_is_known'),
        ),
    ]
