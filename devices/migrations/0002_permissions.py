"""Who may do what with devices: one permission per thing done, view permissions for those who look."""

from django.db import migrations

WANTED = {
    "allocate_order": ("order", ("warehouse_clerk",)),
    "ship_order": ("order", ("warehouse_clerk",)),
    "receive_terminal": ("terminal", ("warehouse_clerk",)),
    "inject_key_terminal": ("terminal", ("warehouse_clerk",)),
    "recover_terminal": ("terminal", ("warehouse_clerk",)),
    "book_visit": ("visit", ("dispatcher", "operations_manager")),
    "do_visit": ("visit", ("technician",)),
}
LOOKERS = ("warehouse_clerk", "dispatcher", "support_agent", "operations_manager", "auditor", "administrator")
VIEWS = {
    **dict.fromkeys(("order", "terminal", "movement", "binding", "devicemodel", "shipment", "rollout"), LOOKERS),
    "payment": ("operations_manager", "auditor", "administrator"),
    "visit": ("dispatcher", "operations_manager", "auditor", "administrator", "support_agent"),
    "acceptancetest": ("reviewer", "senior_reviewer", "operations_manager", "auditor"),
}
EDITORS = ("operations_manager", "administrator")


def wanted():
    """Yield (model, codename, groups)."""
    for codename, (model, groups) in WANTED.items():
        yield model, codename, groups
    for model, groups in VIEWS.items():
        yield model, f"view_{model}", groups
    for action in ("add", "change"):
        yield "devicemodel", f"{action}_devicemodel", EDITORS


def grant(apps, schema_editor=None):
    """Idempotent: tests call it again after a flush."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for model, codename, names in wanted():
        kind, _made = ContentType.objects.get_or_create(app_label="devices", model=model)
        permission, _made = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        for name in names:
            Group.objects.get_or_create(name=name)[0].permissions.add(permission)


def revoke(apps, schema_editor=None):
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="devices").delete()


class Migration(migrations.Migration):
    dependencies = [("devices", "0001_the_nouns"), ("onboarding", "0002_groups")]
    operations = [migrations.RunPython(grant, revoke)]
