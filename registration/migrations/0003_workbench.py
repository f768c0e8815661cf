import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0002_contacts_and_counter_visits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionReason',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='Code')),
                ('move', models.CharField(choices=[('reject', 'Reject'), ('ask_retake', 'Ask for a new photo')], max_length=20, verbose_name='For')),
                ('stands_for', models.CharField(choices=[('not_the_same', 'The face in the selfie is not the face on the card.'), ('not_genuine', 'The card in the photo is not an original card.'), ('data_differs', 'The data differ from the population register.'), ('under_other_number', 'The same person is registered under another number.'), ('other', 'Please visit a registration office with your card.'), ('face_unclear', 'We could not see your face clearly in the selfie.'), ('face_quality', 'The selfie was too dark, too bright or blurred.'), ('several_faces', 'There was more than one face in the selfie.'), ('not_live', 'The selfie has to be taken of you in person, not of a picture.'), ('challenge', 'The head turns were not seen. Please follow the hints on the screen.'), ('card_unclear', 'The photo of the card was not clear enough.'), ('portrait_unclear', 'The portrait in the photo of the card was not clear.')], max_length=20, verbose_name='Stands for')),
                ('text_th', models.CharField(max_length=200, verbose_name='Sentence (Thai)')),
                ('text_en', models.CharField(max_length=200, verbose_name='Sentence (English)')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='Position')),
                ('active', models.BooleanField(default=True, verbose_name='In use')),
            ],
            options={
                'verbose_name': 'Reason for a decision',
                'verbose_name_plural': 'Reasons for decisions',
                'ordering': ['move', 'position', 'code'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='reasons',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='decision',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='enrollment',
            name='risk',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Low'), (1, 'Medium'), (2, 'High')], default=0),
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('query', models.CharField(max_length=300)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('officer', 'name'), name='one_view_of_a_name')],
            },
        ),
    ]
