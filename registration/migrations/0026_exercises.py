"""Exercises among the cases, what came of them, and their share; none is an enrollment."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import registration.models.enrollment
import registration.models.exercises
import registration.models.served_exercises
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0009_several_offices_and_lists'),
        ('registration', '0025_colours_of_the_screen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(default=registration.models.exercises.exercise_end)),
                ('move', models.CharField(choices=[('approve', 'Approve'), ('reject', 'Reject'), ('ask_retake', 'Ask for a new photo')], max_length=20, verbose_name='Right answer')),
                ('reason', models.CharField(blank=True, max_length=20, verbose_name='Reason')),
                ('number_key', models.UUIDField(db_index=True)),
                ('person_sealed', models.BinaryField(null=True)),
                ('registered_sealed', models.BinaryField(null=True)),
                ('findings', models.JSONField(default=list)),
                ('risk', models.PositiveSmallIntegerField(choices=[(0, 'Low'), (1, 'Medium'), (2, 'High')], default=0)),
                ('answered_at', models.DateTimeField(null=True)),
                ('agreed', models.BooleanField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ExercisePicture',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('card_front', 'Front of the card'), ('card_back', 'Back of the card'), ('card_straight', 'Front of the card, straightened'), ('portrait', 'Portrait on the card'), ('selfie', 'Selfie'), ('holder_photo', 'Photo for the digital ID'), ('frames', 'Pictures of the head turns'), ('return_selfie', 'Selfie of coming back'), ('return_frames', 'Head turns of coming back'), ('resume_selfie', 'Selfie of putting in force again'), ('resume_frames', 'Head turns of putting in force again')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='registration.exercise')),
            ],
        ),
        migrations.CreateModel(
            name='ExerciseShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='Exercises of 100 cases taken')),
                ('a_day', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='Exercises a day an officer, at most')),
            ],
            options={
                'verbose_name': 'Share of exercises',
                'verbose_name_plural': 'Share of exercises',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_share_of_exercises'), models.CheckConstraint(condition=models.Q(('percent__lte', 5)), name='share_of_exercises_is_small')],
            },
        ),
        migrations.CreateModel(
            name='ServedExercise',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=registration.models.enrollment.new_reference, max_length=14, unique=True)),
                ('channel', models.CharField(choices=[('self', 'Web'), ('app', 'App'), ('office', 'Registration office')], max_length=10)),
                ('state', models.CharField(choices=[('started', 'Started'), ('consented', 'Terms accepted'), ('card_captured', 'Card photographed'), ('data_confirmed', 'Data confirmed'), ('checking', 'Being checked'), ('retake', 'New photo needed'), ('waiting_review', 'Waiting for an officer'), ('in_review', 'With an officer'), ('second_review', 'Waiting for a second officer'), ('verified', 'Verified'), ('password_set', 'Password set'), ('activated', 'Activated'), ('rejected', 'Rejected'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default='waiting_review', max_length=20)),
                ('state_since', models.DateTimeField()),
                ('waiting_since', models.DateTimeField()),
                ('reject_reason', models.CharField(blank=True, choices=[('not_the_same', 'The face in the selfie is not the face on the card.'), ('not_genuine', 'The card in the photo is not an original card.'), ('data_differs', 'The data differ from the population register.'), ('under_other_number', 'The same person is registered under another number.'), ('already_registered', 'You have a digital ID already. You can have it issued anew.'), ('nothing_to_renew', 'There is no digital ID under your number yet. Please register.'), ('other', 'Please visit a registration office with your card.')], max_length=20)),
                ('retake_reason', models.CharField(blank=True, choices=[('face_unclear', 'We could not see your face clearly in the selfie.'), ('face_quality', 'The selfie was too dark, too bright or blurred.'), ('several_faces', 'There was more than one face in the selfie.'), ('not_live', 'The selfie has to be taken of you in person, not of a picture.'), ('challenge', 'The head turns were not seen. Please follow the hints on the screen.'), ('card_unclear', 'The photo of the card was not clear enough.'), ('portrait_unclear', 'The portrait in the photo of the card was not clear.')], max_length=20)),
                ('held_until', models.DateTimeField(null=True)),
                ('held_seen_at', models.DateTimeField(null=True)),
                ('gone_at', models.DateTimeField(default=registration.models.served_exercises.served_until)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='served', to='registration.exercise')),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
            ],
        ),
        migrations.CreateModel(
            name='ExerciseAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('move', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('reasons', models.JSONField(default=list)),
                ('message', models.TextField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('served', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='registration.servedexercise')),
            ],
            options={
                'ordering': ['decided_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('made_by')), _negated=True), _connector='OR'), name='exercise_is_answered_by_another'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('agreed', None), ('answered_by__isnull', False), _connector='OR'), name='exercise_agreed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='exercisepicture',
            constraint=models.UniqueConstraint(fields=('exercise', 'kind'), name='one_exercise_picture_a_kind'),
        ),
        migrations.AddIndex(
            model_name='servedexercise',
            index=models.Index(fields=['office', 'state', 'waiting_since'], name='served_queue'),
        ),
        migrations.AddConstraint(
            model_name='servedexercise',
            constraint=models.UniqueConstraint(fields=('exercise', 'office'), name='an_exercise_comes_to_an_office_once'),
        ),
        migrations.AddConstraint(
            model_name='servedexercise',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['started', 'consented', 'card_captured', 'data_confirmed', 'checking', 'retake', 'waiting_review', 'in_review', 'second_review', 'verified', 'password_set', 'activated', 'rejected', 'expired', 'withdrawn'])), name='served_state_is_known'),
        ),
        migrations.AddIndex(
            model_name='exerciseanswer',
            index=models.Index(fields=['officer', 'decided_at'], name='answers_of_an_officer'),
        ),
    ]
