import django.db.models.deletion
import django.utils.timezone
import registration.models
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offices', '0002_central_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Enrollment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=registration.models.new_reference, max_length=14, unique=True)),
                ('token_hash', models.BinaryField(max_length=32, null=True)),
                ('state', models.CharField(choices=[('started', 'Started'), ('consented', 'Terms accepted'), ('card_captured', 'Card photographed'), ('data_confirmed', 'Data confirmed'), ('checking', 'Being checked'), ('retake', 'New photo needed'), ('waiting_review', 'Waiting for an officer'), ('in_review', 'With an officer'), ('second_review', 'Waiting for a second officer'), ('verified', 'Verified'), ('password_set', 'Password set'), ('activated', 'Activated'), ('rejected', 'Rejected'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='started', max_length=20)),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('channel', models.CharField(choices=[('self', 'Web'), ('app', 'App'), ('office', 'Registration office')], default='self', max_length=10)),
                ('language', models.CharField(default='th', max_length=2)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('open_until', models.DateTimeField(default=registration.models.enrollment_end)),
                ('terms_version', models.CharField(blank=True, max_length=20)),
                ('number_key', models.UUIDField(db_index=True, null=True)),
                ('reading_sealed', models.BinaryField(null=True)),
                ('confirmed_sealed', models.BinaryField(null=True)),
                ('card_problem', models.CharField(blank=True, max_length=40)),
                ('selfie_attempts', models.PositiveSmallIntegerField(default=0)),
                ('retake_reason', models.CharField(blank=True, choices=[('face_unclear', 'We could not see your face clearly in the selfie.'), ('face_quality', 'The selfie was too dark, too bright or blurred.'), ('several_faces', 'There was more than one face in the selfie.'), ('not_live', 'The selfie has to be taken of you in person, not of a picture.'), ('challenge', 'The head turns were not seen. Please follow the hints on the screen.'), ('card_unclear', 'The photo of the card was not clear enough.'), ('portrait_unclear', 'The portrait in the photo of the card was not clear.')], max_length=20)),
                ('reject_reason', models.CharField(blank=True, choices=[('not_the_same', 'The face in the selfie is not the face on the card.'), ('not_genuine', 'The card in the photo is not an original card.'), ('data_differs', 'The data differ from the population register.'), ('under_other_number', 'The same person is registered under another number.'), ('other', 'Please visit a registration office with your card.')], max_length=20)),
                ('held_until', models.DateTimeField(null=True)),
                ('password', models.CharField(blank=True, max_length=200)),
                ('password_tries', models.PositiveSmallIntegerField(default=0)),
                ('digital_id', models.UUIDField(null=True)),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('move', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('message', models.TextField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='registration.enrollment')),
            ],
            options={
                'ordering': ['decided_at'],
            },
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('steps', models.JSONField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='challenges', to='registration.enrollment')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('card_front', 'Front of the card'), ('card_back', 'Back of the card'), ('card_straight', 'Front of the card, straightened'), ('portrait', 'Portrait on the card'), ('selfie', 'Selfie'), ('holder_photo', 'Photo for the digital ID'), ('frames', 'Pictures of the head turns')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('details', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='registration.enrollment')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempt', models.PositiveSmallIntegerField()),
                ('check_name', models.CharField(choices=[('card_readable', 'The card could be read'), ('card_is_original', 'The photo shows the card itself'), ('data_as_read', 'Confirmed data agree with the card'), ('register', 'Confirmed data agree with the register'), ('portrait_found', 'The portrait on the card is usable'), ('face_found', 'The selfie shows one face'), ('face_quality', 'The selfie is clear'), ('face_match', 'Selfie and portrait show the same person'), ('liveness', 'The selfie shows a living person'), ('challenge', 'The head turns were followed'), ('duplicate', 'The face is not known under another number')], max_length=30)),
                ('outcome', models.CharField(choices=[('passed', 'passed'), ('doubtful', 'doubtful'), ('failed', 'failed'), ('missing', 'not done')], max_length=10)),
                ('score', models.FloatField(null=True)),
                ('threshold', models.FloatField(null=True)),
                ('details', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='registration.enrollment')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Handoff',
            fields=[
                ('secret_hash', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='registration.enrollment')),
            ],
        ),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(condition=models.Q(('state__in', ['waiting_review', 'in_review', 'second_review'])), fields=['office', 'state_since'], name='enrollment_queue'),
        ),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(fields=['created_at'], name='enrollment_by_day'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['started', 'consented', 'card_captured', 'data_confirmed', 'checking', 'retake', 'waiting_review', 'in_review', 'second_review', 'verified', 'password_set', 'activated', 'rejected', 'expired', 'withdrawn'])), name='enrollment_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('enrollment', 'kind'), name='one_current_picture_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('enrollment', 'attempt', 'check_name'), name='one_finding_a_check'),
        ),
    ]
