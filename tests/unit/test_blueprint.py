"""The exam's blueprint."""

from datetime import date

import pytest

from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile


def profile(profile_id: str) -> Profile:
    return Profile(
        id=profile_id,
        title=profile_id.title(),
        questions=150,
        minutes=180,
        pass_percent=70,
        weights={"billing": 60, "law": 40},
        source="the publisher",
        weights_source="the publisher",
        as_of=date(2026, 1, 1),
    )


BLUEPRINT = Blueprint(
    domains=(Domain("billing", "Billing and Coding"), Domain("law", "Healthcare Law")),
    profiles=(profile("full"), profile("short")),
)


def test_a_domain_has_its_title_and_one_that_is_no_longer_listed_its_key() -> None:
    assert BLUEPRINT.title_of("law") == "Healthcare Law"
    assert BLUEPRINT.title_of("people") == "people"


def test_the_first_profile_is_the_default() -> None:
    assert BLUEPRINT.profile() == profile("full")
    assert BLUEPRINT.profile("short") == profile("short")


def test_a_profile_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="long"):
        BLUEPRINT.profile("long")
