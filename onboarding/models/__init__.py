"""The nouns of onboarding, one file each."""

from onboarding.models.agreement import Agreement, OneTimeCode
from onboarding.models.application import Application, SettlementAccount, Store
from onboarding.models.case import Case
from onboarding.models.consent import Consent
from onboarding.models.document import Access, Document, Page
from onboarding.models.entry import Anchor, AnchorHead, AppendOnly, CaseKey, Entry, unsealed
from onboarding.models.examination import Examination
from onboarding.models.institution import FeePlan, FeeRule, Institution, MerchantRate
from onboarding.models.invitation import Invitation
from onboarding.models.merchant import Membership, Merchant, MerchantType, Person
from onboarding.models.notice import Notice
from onboarding.models.partner import Partner
from onboarding.models.privacy import Erasure, Export, Shredding
from onboarding.models.queue import Presence, RegisterAnswer, Tally, Word
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
from onboarding.models.traces import PageBand, PageMark, Standing, Trace
from onboarding.models.training import Attempt, Certificate, Course, Lesson, Question
from onboarding.models.upload import Upload, UploadPiece
from onboarding.models.user import User
from onboarding.models.watchlist import (
    Rescreening,
    WatchEntry,
    WatchHit,
    WatchIdentifier,
    WatchKey,
    WatchList,
    WatchVerdict,
)

__all__ = [
    "Access",
    "Agreement",
    "Anchor",
    "AnchorHead",
    "AppendOnly",
    "Application",
    "Attempt",
    "Bank",
    "CalendarDay",
    "Case",
    "CaseKey",
    "Certificate",
    "Check",
    "Consent",
    "Course",
    "Division",
    "Document",
    "DocumentKind",
    "Entry",
    "Erasure",
    "Examination",
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
    "Notice",
    "OneTimeCode",
    "Page",
    "PageBand",
    "PageMark",
    "Partner",
    "Permit",
    "Person",
    "Presence",
    "Promise",
    "Question",
    "Reason",
    "RegisterAnswer",
    "Rescreening",
    "Return",
    "ReviewPolicy",
    "SettlementAccount",
    "Shredding",
    "StaffNote",
    "Standing",
    "Step",
    "Store",
    "Tally",
    "Trace",
    "Upload",
    "UploadPiece",
    "User",
    "Word",
    "WatchEntry",
    "WatchHit",
    "WatchIdentifier",
    "WatchKey",
    "WatchList",
    "WatchVerdict",
    "unsealed",
]
