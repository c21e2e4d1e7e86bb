"""The exam's blueprint: its domains, its profiles (how long, how many, how good), benchmarks."""

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
class Blueprint:
    """Domains, profiles and benchmarks in the order of the file; the first profile is the default.

    Benchmarks that are not written are those of the study guide.
    """

    domains: tuple[Domain, ...]
    profiles: tuple[Profile, ...]
    benchmarks: tuple[Benchmark, ...] = STUDY_GUIDE

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
