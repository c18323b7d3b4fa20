"""Facts of contact points, and the codes that the whole gate needs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0011_books'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='hold',
            name='hold_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='incident',
            name='incident_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='permit',
            name='permit_purpose_is_known',
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='facts',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['bankruptcy', 'cease', 'attorney', 'dispute', 'moratorium', 'deceased', 'identity_theft', 'wrong_person', 'care', 'incapacity', 'payment_trace', 'money_in_flight', 'papers_missing', 'complaint', 'creditor_request', 'adviser', 'proposal_pending', 'refused_as_barred', 'restriction'])), name='hold_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['unpermitted_contact', 'permit_reused', 'sent_after_stop', 'wrong_person_told', 'bound_to_other', 'late_outcome', 'flagged_words', 'clock_missed'])), name='incident_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['collect', 'discuss', 'service', 'location', 'leave_message', 'reply', 'stop_confirmation', 'efforts_ended', 'may_invoke_remedy', 'intends_remedy', 'verification', 'legal_notice', 'validation_notice', 'transfer_notice', 'address_notice', 'complaint_reply', 'ask_consent'])), name='permit_purpose_is_known'),
        ),
    ]
