"""The nouns of onboarding, one file each."""

from onboarding.models.agreement import Agreement, OneTimeCode
from onboarding.models.application import Application, SettlementAccount, Store
from onboarding.models.case import Case
from onboarding.models.consent import Consent
from onboarding.models.deciding import Appeal, Condition, ConditionKind, Opinion
from onboarding.models.document import Access, Document, Page
from onboarding.models.entry import Anchor, AnchorHead, AppendOnly, CaseKey, Entry, unsealed
from onboarding.models.institution import FeePlan, FeeRule, Institution, MerchantRate
from onboarding.models.invitation import Invitation
from onboarding.models.merchant import Membership, Merchant, MerchantType, Person
from onboarding.models.notice import Notice
from onboarding.models.partner import Partner
from onboarding.models.privacy import Erasure, Export, Shredding
from onboarding.models.public_reason import NotPublic, PublicReason
from onboarding.models.reference import (
    Bank,
    CalendarDay,
    Division,
    DocumentKind,
    MerchantCategory,
    Permit,
    Promise,
)
from onboarding.models.review import Check, Reason, Return, ReviewPolicy, StaffNote, Step
from onboarding.models.training import Attempt, Certificate, Course, Lesson, Question
from onboarding.models.upload import Upload, UploadPiece
from onboarding.models.user import User

__all__ = [
    "Access",
    "Agreement",
    "Anchor",
    "AnchorHead",
    "Appeal",
    "AppendOnly",
    "Application",
    "Attempt",
    "Bank",
    "CalendarDay",
    "Case",
    "CaseKey",
    "Certificate",
    "Check",
    "Condition",
    "ConditionKind",
    "Consent",
    "Course",
    "Division",
    "Document",
    "DocumentKind",
    "Entry",
    "Erasure",
    "Export",
    "FeePlan",
    "FeeRule",
    "Institution",
    "Invitation",
    "Lesson",
    "Membership",
    "Merchant",
    "MerchantCategory",
    "MerchantRate",
    "MerchantType",
    "NotPublic",
    "Notice",
    "OneTimeCode",
    "Opinion",
    "Page",
    "Partner",
    "Permit",
    "Person",
    "Promise",
    "PublicReason",
    "Question",
    "Reason",
    "Return",
    "ReviewPolicy",
    "SettlementAccount",
    "Shredding",
    "StaffNote",
    "Step",
    "Store",
    "Upload",
    "UploadPiece",
    "User",
    "unsealed",
]
