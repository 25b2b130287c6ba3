"""The words that the tables may use. Keep STATES in step with onboarding/flow.py."""

STATES = {
    "registration",
    "identity",
    "identity_screening",
    "identity_review",
    "identity_second_review",
    "identity_returned",
    "application",
    "application_screening",
    "application_review",
    "application_second_review",
    "application_returned",
    "signing",
    "ordering",
    "delivery",
    "installation",
    "training",
    "acceptance",
    "live",
    "suspended",
    "closing",
    "rejected",
    "withdrawn",
    "closed",
}
WAITING_STATES = STATES - {"live", "rejected", "withdrawn", "closed"}
ROLES = {
    "merchant",
    "sales_agent",
    "call_centre_agent",
    "dispatcher",
    "reviewer",
    "senior_reviewer",
    "warehouse_clerk",
    "technician",
    "trainer",
    "support_agent",
    "risk_officer",
    "operations_manager",
    "auditor",
    "administrator",
    "system",
}
TIERS = {"low", "medium", "high", "all"}
MERCHANT_TYPES = {"enterprise", "sole_trader", "micro", "institution", "government", "social_org"}
FIELDS = {
    "merchant.name",
    "merchant.uscc",
    "person.name",
    "person.id_number",
    "person.mobile",
    "settlement.account",
    "store.name",
    "store.address",
    "store.mcc",
    "store.website",
    "case",
}
MCC_CLASS = {"standard", "discount", "waived", "special", "none"}
MCC_RISK = {"low", "medium", "high", "prohibited"}
