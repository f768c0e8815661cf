from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0004_queue_by_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='enrollment',
            name='renewal',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='finding',
            name='check_name',
            field=models.CharField(choices=[('card_readable', 'The card could be read'), ('card_is_original', 'The photo shows the card itself'), ('data_as_read', 'Confirmed data agree with the card'), ('register', 'Confirmed data agree with the register'), ('portrait_found', 'The portrait on the card is usable'), ('face_found', 'The selfie shows one face'), ('face_quality', 'The selfie is clear'), ('face_match', 'Selfie and portrait show the same person'), ('same_holder', 'Selfie and former digital ID show the same person'), ('liveness', 'The selfie shows a living person'), ('challenge', 'The head turns were followed'), ('duplicate', 'The face is not known under another number')], max_length=30),
        ),
    ]
