"""Rows that would make a living digital ID somebody else's wait apart for two administrators."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('population', '0004_how_a_file_is_written'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rejectedrow',
            name='reason',
            field=models.CharField(choices=[('columns', 'The line has more values than there are columns.'), ('empty', 'A value that has to be there is empty.'), ('number_form', 'The national ID number has not 13 digits, or begins with 0 or 9.'), ('check_digit', 'The check digit of the national ID number is wrong.'), ('too_long', 'A name is longer than 80 letters.'), ('birth_date', 'The birth date is no date of the form 1981-02-12, 1981-02 or 1981.'), ('not_yet_born', 'The birth date lies in the future.'), ('too_old', 'Somebody alive would be older than 130 years.'), ('unreadable', 'A name has characters that were broken on the way, by a wrong encoding.'), ('script', 'A name is not written in Thai, or in English, where it has to be.'), ('spreadsheet', 'A spreadsheet has rounded the number to the form 3.1E+12. Export as text.'), ('office', 'There is no such registration office.'), ('status', 'The status is none of alive, deceased, removed.'), ('laser_code', 'The laser code has not two letters and ten digits.'), ('activated_on', 'The day of activation is no date of the form 2022-11-30.'), ('expires_on', 'The day of expiry is neither empty nor a date of the form 2030-11-30.'), ('password', 'The password is not kept as an Argon2id hash.'), ('twice_in_file', 'The number stands in the file more than once; none of its lines counts.'), ('implausible', 'The person has a digital ID, and data do not change so: it waits for a word.')], max_length=20, verbose_name='reason'),
        ),
        migrations.CreateModel(
            name='HeldRow',
            fields=[
                ('pk', models.CompositePrimaryKey('number_key', 'run_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number_key', models.UUIDField()),
                ('person_sealed', models.BinaryField()),
                ('laser_key', models.UUIDField(null=True)),
                ('office_code', models.CharField(max_length=4)),
                ('status', models.CharField(max_length=10)),
                ('birth_year', models.SmallIntegerField()),
                ('updated_at', models.DateTimeField()),
                ('row_digest', models.BigIntegerField()),
                ('run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='held_rows', to='population.importrun')),
            ],
        ),
    ]
