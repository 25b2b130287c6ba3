"""The groups of DESIGN section 5 and their permissions: one per verb, view permissions, nothing more."""

from django.db import migrations

STAFF = ("call_centre_agent", "reviewer", "senior_reviewer", "warehouse_clerk", "dispatcher", "trainer", "support_agent",
         "risk_officer", "operations_manager", "auditor", "administrator")  # fmt: skip
GROUPS = ("merchant", "sales_agent", "technician", *STAFF)

VERBS = {
    "complete_registration": ("merchant", "call_centre_agent", "sales_agent"),
    "submit_identity": ("merchant", "call_centre_agent", "sales_agent"),
    "approve_identity": ("reviewer", "senior_reviewer"),
    "recommend_identity": ("reviewer", "senior_reviewer"),
    "confirm_identity": ("reviewer", "senior_reviewer"),
    "return_identity": ("reviewer", "senior_reviewer"),
    "submit_application": ("merchant", "call_centre_agent", "sales_agent"),
    "approve_application": ("reviewer", "senior_reviewer"),
    "recommend_application": ("reviewer", "senior_reviewer"),
    "confirm_application": ("reviewer", "senior_reviewer"),
    "return_application": ("reviewer", "senior_reviewer"),
    "sign_agreement": ("merchant",),
    "revise_application": ("merchant",),
    "place_order": ("merchant",),
    "cancel_order": ("merchant", "warehouse_clerk", "operations_manager"),
    "confirm_delivery": ("warehouse_clerk",),
    "complete_installation": ("technician",),
    "complete_training": ("trainer",),
    "go_live": ("reviewer", "senior_reviewer"),
    "fail_acceptance": ("reviewer", "senior_reviewer", "technician"),
    "suspend": ("risk_officer",),
    "resume": ("risk_officer",),
    "close": ("support_agent", "risk_officer", "operations_manager"),
    "finish_closing": ("operations_manager",),
    "reject": ("reviewer", "senior_reviewer"),
    "reopen": ("senior_reviewer",),
    "withdraw": ("merchant",),
    "amend_application": ("merchant", "operations_manager"),
}
VIEWS = {
    "case": STAFF,
    "merchant": STAFF,
    "entry": STAFF,
    "document": ("call_centre_agent", "reviewer", "senior_reviewer", "risk_officer", "operations_manager", "auditor"),
    "person": ("reviewer", "senior_reviewer", "risk_officer", "auditor"),
    "check": ("reviewer", "senior_reviewer", "risk_officer", "auditor"),
    "return": ("reviewer", "senior_reviewer", "risk_officer", "auditor"),
    "staffnote": STAFF,
    "notice": ("support_agent", "operations_manager", "auditor", "administrator"),
    "access": ("auditor",),
    "consent": ("auditor", "operations_manager"),
    "anchor": ("auditor",),
    "invitation": ("auditor",),
    "export": ("auditor",),
    "erasure": ("auditor", "operations_manager"),
}
EDITS = {  # the tables that people edit
    "reason": ("senior_reviewer", "administrator"),
    "reviewpolicy": ("administrator",),
    "documentkind": ("administrator",),
    "promise": ("operations_manager", "administrator"),
    "calendarday": ("operations_manager", "administrator"),
    "institution": ("operations_manager", "administrator"),
    "feeplan": ("operations_manager", "administrator"),
    "feerule": ("operations_manager", "administrator"),
    "course": ("trainer", "administrator"),
    "lesson": ("trainer", "administrator"),
    "question": ("trainer", "administrator"),
    "merchantcategory": ("administrator",),
    "permit": ("administrator",),
    "bank": ("administrator",),
    "division": ("administrator",),
    "user": ("administrator",),
    "partner": ("operations_manager", "administrator"),
}


def wanted():
    """Yield (model, codename, groups)."""
    for verb, groups in VERBS.items():
        yield "case", verb, groups
    for model, groups in VIEWS.items():
        yield model, f"view_{model}", groups
    for model, groups in EDITS.items():
        for action in ("add", "change", "view"):
            yield model, f"{action}_{model}", groups
        yield model, f"view_{model}", ("auditor",)


def make_groups(apps, schema_editor=None):
    """Idempotent: tests call it again after a flush."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in GROUPS}
    types = {}
    for model, codename, names in wanted():
        if model not in types:
            types[model] = ContentType.objects.get_or_create(app_label="onboarding", model=model)[0]
        permission, _made = Permission.objects.get_or_create(
            content_type=types[model], codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        for name in names:
            groups[name].permissions.add(permission)


def drop_groups(apps, schema_editor=None):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0001_the_nouns"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, drop_groups)]
