"""Who may do what with tickets and help articles: one permission per verb, view permissions for those who look."""

from django.db import migrations

TEAM = ("support_agent", "risk_officer", "operations_manager")
OUTSIDE = ("merchant", "sales_agent")
WANTED = {
    "open_ticket": (*OUTSIDE, *TEAM, "call_centre_agent"),
    "take_ticket": TEAM,
    "answer_ticket": (*OUTSIDE, *TEAM),
    "note_ticket": (*TEAM, "call_centre_agent"),
    "resolve_ticket": (*OUTSIDE, *TEAM),
    "close_ticket": TEAM,
    "reopen_ticket": (*OUTSIDE, *TEAM),
}
LOOKERS = (*TEAM, "call_centre_agent", "auditor", "administrator")
EDITORS = ("support_agent", "operations_manager", "administrator")


def wanted():
    """Yield (model, codename, groups)."""
    for codename, groups in WANTED.items():
        yield "ticket", codename, groups
    yield "ticket", "view_ticket", LOOKERS
    yield "message", "view_message", LOOKERS
    for action in ("add", "change", "view"):
        yield "article", f"{action}_article", EDITORS
    yield "article", "view_article", ("auditor",)


def grant(apps, schema_editor=None):
    """Idempotent: tests call it again after a flush."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for model, codename, names in wanted():
        kind, _made = ContentType.objects.get_or_create(app_label="support", model=model)
        permission, _made = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        for name in names:
            Group.objects.get_or_create(name=name)[0].permissions.add(permission)


def revoke(apps, schema_editor=None):
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="support").delete()


class Migration(migrations.Migration):
    dependencies = [("support", "0001_the_nouns"), ("onboarding", "0002_groups")]
    operations = [migrations.RunPython(grant, revoke)]
