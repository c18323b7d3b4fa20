"""Messages and their batches; the words of an attempt, by which it is bound to its permit."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0013_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempt',
            name='words_digest',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.CreateModel(
            name='MessageBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('template', models.TextField()),
                ('channel', models.TextField()),
                ('chosen', models.JSONField(db_default={}, default=dict)),
                ('asked', models.IntegerField(db_default=0, default=0)),
                ('left_out', models.JSONField(db_default={}, default=dict)),
                ('made_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
                ('stopped_because', models.TextField(blank=True, db_default='', default='')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.organisation')),
                ('stopped_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'message_batch',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accounts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('channel', models.TextField()),
                ('purpose', models.TextField()),
                ('template', models.TextField()),
                ('is_own_wording', models.BooleanField(db_default=False, default=False)),
                ('carries', models.JSONField(db_default={}, default=dict)),
                ('given', models.JSONField(db_default={}, default=dict)),
                ('state', models.TextField(db_default='queued', default='queued')),
                ('language', models.CharField(blank=True, db_default='', default='', max_length=8)),
                ('subject', models.TextField(blank=True, db_default='', default='')),
                ('words', models.TextField(blank=True, db_default='', default='')),
                ('words_digest', models.TextField(blank=True, db_default='', default='')),
                ('document_hash', models.BinaryField(db_default=b'', default=b'')),
                ('figures', models.JSONField(db_default=[], default=list)),
                ('refusing', models.JSONField(db_default=[], default=list)),
                ('due_at', models.DateTimeField()),
                ('next_permitted', models.DateTimeField(null=True)),
                ('give_up_at', models.DateTimeField()),
                ('tries', models.SmallIntegerField(db_default=0, default=0)),
                ('channel_ref', models.TextField(blank=True, db_default='', default='')),
                ('said', models.TextField(blank=True, db_default='', default='')),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('source_kind', models.TextField()),
                ('source_ref', models.TextField()),
                ('attempt', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.attempt')),
                ('by_organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.organisation')),
                ('contact_point', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.contactpoint')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.organisation')),
                ('permit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.permit')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.person')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.messagebatch')),
            ],
            options={
                'db_table': 'message',
            },
        ),
        migrations.CreateModel(
            name='MessagePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('content_hash', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('by_organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.organisation')),
                ('message', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.message')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.organisation')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.person')),
            ],
            options={
                'db_table': 'message_page',
            },
        ),
        migrations.AddIndex(
            model_name='messagebatch',
            index=models.Index(fields=['organisation', '-id'], name='message_batch_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='messagebatch',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text', 'letter'])), name='messagebatch_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='messagebatch',
            constraint=models.UniqueConstraint(fields=('id', 'organisation'), name='message_batch_with_owner'),
        ),
        migrations.AddConstraint(
            model_name='messagebatch',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_at__isnull', True), models.Q(('stopped_because', ''), _negated=True), _connector='OR'), name='message_batch_stopped_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'refused'])), fields=['by_organisation', 'due_at', 'id'], name='message_to_send'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'sending')), fields=['attempt'], name='message_under_way'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['batch', 'state'], name='message_by_batch'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['person', 'made_at'], name='message_by_person'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text', 'letter'])), name='message_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['collect', 'discuss', 'service', 'location', 'leave_message', 'reply', 'stop_confirmation', 'efforts_ended', 'may_invoke_remedy', 'intends_remedy', 'verification', 'legal_notice', 'validation_notice', 'transfer_notice', 'address_notice', 'complaint_reply', 'ask_consent'])), name='message_purpose_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'refused', 'sending', 'sent', 'failed', 'unknown', 'given_up', 'stopped'])), name='message_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attempt__isnull', False), ('permit__isnull', False), ('state__in', ['sending', 'sent', 'failed', 'unknown'])), models.Q(models.Q(('state__in', ['sending', 'sent', 'failed', 'unknown']), _negated=True), ('attempt__isnull', True), ('permit__isnull', True)), _connector='OR'), name='message_is_sent_under_a_permit'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('accounts__len__gte', 1)), name='message_is_about_a_debt'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('give_up_at__gt', models.F('made_at'))), name='message_has_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('permit__isnull', False)), fields=('permit',), name='message_has_its_own_permit'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('attempt__isnull', False)), fields=('attempt',), name='message_has_its_own_attempt'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('by_organisation', 'source_kind', 'source_ref'), name='message_queued_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('id', 'organisation'), name='message_with_owner'),
        ),
        migrations.AddConstraint(
            model_name='messagepage',
            constraint=models.UniqueConstraint(fields=('message', 'content_hash'), name='message_page_kept_once'),
        ),
    ]
