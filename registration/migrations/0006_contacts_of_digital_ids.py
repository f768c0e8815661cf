"""Digital IDs that were issued before they had an address of their own take their enrollment's."""

from django.db import migrations

from core.encryption import seal, unseal

AT_ONCE = 1000


def copy_contacts(apps, _editor):
    contacts = apps.get_model("registration", "Contact").objects.filter(
        enrollment__state="activated", enrollment__digital_id__isnull=False
    )
    kept = apps.get_model("identity", "HolderContact")
    waiting = []
    for contact in contacts.select_related("enrollment").iterator(AT_ONCE):
        waiting.append(copied(kept, contact))
        if len(waiting) == AT_ONCE:
            kept.objects.bulk_create(waiting, ignore_conflicts=True)
            waiting.clear()
    kept.objects.bulk_create(waiting, ignore_conflicts=True)


def copied(kept, contact):
    """Sealed anew: a sealed value opens in its own row only."""
    theirs = f"registration.contact.address_sealed:{contact.pk}"
    own = f"identity.holdercontact.address_sealed:{contact.enrollment.digital_id}"
    return kept(
        digital_id_id=contact.enrollment.digital_id,
        number_key=contact.enrollment.number_key,
        channel=contact.channel,
        address_sealed=seal(unseal(contact.address_sealed, context=theirs), context=own),
        language=contact.enrollment.language,
        given_at=contact.given_at,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0005_renewals"),
        ("identity", "0006_holder_notices"),
    ]

    operations = [migrations.RunPython(copy_contacts, migrations.RunPython.noop)]
