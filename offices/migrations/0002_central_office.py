from django.db import migrations


def write_central_office(apps, schema_editor):
    """Where cases go that no district office is responsible for."""
    apps.get_model("offices", "Office").objects.create(
        code="0000",
        name_th="สำนักทะเบียนกลาง",
        name_en="Central Registration Office",
        province_code="00",
        province_th="ส่วนกลาง",
        province_en="Central",
    )


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_offices_and_officers")]
    operations = [migrations.RunPython(write_central_office, migrations.RunPython.noop)]
