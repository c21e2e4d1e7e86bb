"""How many items of an exam each domain supplies, and how long an exam of so many lasts."""

from collections.abc import Collection
from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from cmom_srs.study.blueprint import Profile


def largest_remainder(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """Whole shares of a total in proportion to the weights; ties in the order of the weights.

    All 0 where every weight is.
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(weight * total, whole) for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def of_profile(
    profile: Profile, domains: Collection[str] = (), questions: int | None = None
) -> dict[str, int]:
    """The items of each domain, in the blueprint's order: of all domains, or of some alone.

    Without a number of questions, as many as a full exam takes from these domains.
    """
    full = largest_remainder(profile.weights, profile.questions)
    chosen = {
        key: weight for key, weight in profile.weights.items() if not domains or key in domains
    }
    if questions is None:
        return {key: full[key] for key in chosen}
    return largest_remainder(chosen, questions)


def minutes_for(profile: Profile, questions: int) -> int:
    """Whole minutes for so many questions at the profile's pace, rounded up."""
    return ceil(Fraction(profile.minutes * questions, profile.questions))
