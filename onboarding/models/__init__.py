"""The nouns of onboarding, one file each."""

from onboarding.models.agreement import Agreement, OneTimeCode
from onboarding.models.application import Application, SettlementAccount, Store
from onboarding.models.backtest import BackTest, BackTestChange
from onboarding.models.case import Case
from onboarding.models.consent import Consent
from onboarding.models.deciding import Appeal, Condition, ConditionKind, Opinion
from onboarding.models.document import Access, Document, Page
from onboarding.models.entry import Anchor, AnchorHead, AppendOnly, CaseKey, Entry, unsealed
from onboarding.models.examination import Examination
from onboarding.models.institution import FeePlan, FeeRule, Institution, MerchantRate
from onboarding.models.invitation import Invitation
from onboarding.models.merchant import Membership, Merchant, MerchantType, Person
from onboarding.models.notice import Notice
from onboarding.models.partner import Partner
from onboarding.models.privacy import Erasure, Export, Shredding
from onboarding.models.public_reason import NotPublic, PublicReason
from onboarding.models.queue import Presence, RegisterAnswer, Tally, Word
from onboarding.models.recheck import Recheck
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
from onboarding.models.score import RiskTable, RiskWeight, Score
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
    "Appeal",
    "AppendOnly",
    "Application",
    "Attempt",
    "BackTest",
    "BackTestChange",
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
    "NotPublic",
    "Notice",
    "OneTimeCode",
    "Opinion",
    "Page",
    "PageBand",
    "PageMark",
    "Partner",
    "Permit",
    "Person",
    "Presence",
    "Promise",
    "PublicReason",
    "Question",
    "Reason",
    "Recheck",
    "RegisterAnswer",
    "Rescreening",
    "Return",
    "ReviewPolicy",
    "RiskTable",
    "RiskWeight",
    "Score",
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
