import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('role', models.CharField(choices=[('officer', 'Officer'), ('supervisor', 'Supervisor'), ('provincial', 'Provincial officer'), ('administrator', 'Central administrator'), ('auditor', 'Auditor')], default='officer', max_length=20, verbose_name='role')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
            ],
            options={
                'verbose_name': 'officer',
                'verbose_name_plural': 'officers',
                'ordering': ['email'],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name='code')),
                ('name_th', models.CharField(max_length=80, verbose_name='name in Thai')),
                ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                ('province_code', models.CharField(db_index=True, max_length=2, verbose_name='province code')),
                ('province_th', models.CharField(max_length=60, verbose_name='province in Thai')),
                ('province_en', models.CharField(max_length=60, verbose_name='province in English')),
            ],
            options={
                'verbose_name': 'registration office',
                'verbose_name_plural': 'registration offices',
                'ordering': ['code'],
            },
        ),
        migrations.AddField(
            model_name='officer',
            name='office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='offices.office', verbose_name='registration office'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('office__isnull', False), ('role__in', ['administrator', 'auditor']), _connector='OR'), name='officer_has_an_office_unless_central', violation_error_message='This role needs a registration office.'),
        ),
    ]
