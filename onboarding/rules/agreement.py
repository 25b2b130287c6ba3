"""What is missing before the case may leave the signing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Facts, Requirement, Who, rule

OTHERWISE = _("You cannot order a terminal, and your opening date moves.")


@dataclasses.dataclass(frozen=True, slots=True)
class AgreementFacts:
    """The newest agreement since the case came to the signing, and who can sign it."""

    signer_reachable: bool = False  # the legal representative's own mobile is known
    signed: bool = False
    sharing_consented: bool = False


@rule("sign_agreement")
def the_signer_can_be_reached(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(AgreementFacts).signer_reachable:
        sentence = _("The mobile number of the legal representative is missing: the code for signing goes there.")
        yield Requirement("signer_mobile", Who.MERCHANT, sentence, page="agreement", consequence=OTHERWISE)


@rule("sign_agreement")
def it_is_signed(facts: Facts) -> Iterator[Requirement]:
    agreement = facts.of(AgreementFacts)
    if not agreement.signed:
        sentence = _("Read the agreement and sign it with the code sent to the legal representative’s mobile.")
        yield Requirement("signed", Who.MERCHANT, sentence, page="agreement", field="code", consequence=OTHERWISE)
    elif not agreement.sharing_consented:
        sentence = _("Agree that the institution may get the data it needs, or choose another institution.")
        yield Requirement("sharing", Who.MERCHANT, sentence, page="agreement", field="sharing", consequence=OTHERWISE)
