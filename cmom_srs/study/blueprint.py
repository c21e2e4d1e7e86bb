"""The exam's blueprint: its domains, its profiles, what ready means, what keeps the credential."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.benchmarks import Benchmark


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the exam's content areas. The key is an id and never changes."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One published description of the exam.

    `weights` maps domain keys to percents (whole numbers, sum 100); `source` names who publishes
    the length and the pass mark, `weights_source` who publishes the weights.
    """

    id: str
    title: str
    questions: int
    minutes: int
    pass_percent: int
    weights: Mapping[str, int]
    source: str
    weights_source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Renewal:
    """What keeps the credential: so many continuing education units in every so many months."""

    units: int
    every_months: int
    source: str
    as_of: date


# As the decks' blueprint.toml has it, and a test holds both together.
STUDY_GUIDE_RENEWAL = Renewal(
    units=12,
    every_months=12,
    source="CMOM study guide: 12 Continuing Education Units (CEUs) annually through PMI",
    as_of=date(2026, 1, 1),
)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Domains, profiles and benchmarks in the order of the file; the first profile is the default.

    Benchmarks and a renewal that are not written are those of the study guide.
    """

    domains: tuple[Domain, ...]
    profiles: tuple[Profile, ...]
    benchmarks: tuple[Benchmark, ...] = STUDY_GUIDE
    renewal: Renewal = STUDY_GUIDE_RENEWAL

    def title_of(self, domain_key: str) -> str:
        """The domain's title; the key itself for a domain that is no longer listed."""
        return next(
            (domain.title for domain in self.domains if domain.key == domain_key), domain_key
        )

    def profile(self, profile_id: str | None = None) -> Profile:
        """The named profile, or the default; KeyError when there is none of that name."""
        if profile_id is None:
            return self.profiles[0]
        return {profile.id: profile for profile in self.profiles}[profile_id]
