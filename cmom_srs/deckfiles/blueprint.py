"""`blueprint.toml`: domains, profiles, benchmarks, renewal, every error at its line (rule 15)."""

from collections.abc import Mapping
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import Any

from cmom_srs.deckfiles.benchmarks import read_benchmarks
from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import KEY_RULE
from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import read_limited
from cmom_srs.deckfiles.grammar.lines import read_lines
from cmom_srs.deckfiles.toml_tables import Check
from cmom_srs.deckfiles.toml_tables import TomlTable
from cmom_srs.deckfiles.toml_tables import day
from cmom_srs.deckfiles.toml_tables import number
from cmom_srs.deckfiles.toml_tables import read_toml
from cmom_srs.deckfiles.toml_tables import text
from cmom_srs.errors import CmomError
from cmom_srs.errors import Problem
from cmom_srs.study.blueprint import STUDY_GUIDE_RENEWAL
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.blueprint import Renewal
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE

BLUEPRINT_NAME = "blueprint.toml"

_MOST_BYTES = 64_000
_OPTIONAL = ("benchmark", "renewal")
_RENEWAL_CHECKS: Mapping[str, Check] = {
    "units": number(1000),
    "every_months": number(120),
    "source": text,
    "as_of": day,
}


class DecksFolderError(CmomError):
    """A folder that holds no decks, or that cannot be looked into."""

    def __init__(self, folder: Path, error: OSError | None = None) -> None:
        super().__init__(
            f"There is no {BLUEPRINT_NAME} in {folder}: it is not a decks folder."
            if error is None
            else f"{folder} cannot be read: {error.strerror or type(error).__name__}.",
            "Name the folder with --decks, or make one: cmom init DIR",
        )


def require_decks(folder: Path) -> None:
    """Raises DecksFolderError if there is no folder or no blueprint.toml in it."""
    try:
        is_file = S_ISREG((folder / BLUEPRINT_NAME).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        is_file = False
    except OSError as error:
        raise DecksFolderError(folder, error) from None
    if not is_file:
        raise DecksFolderError(folder)


def read_blueprint(folder: Path) -> tuple[Blueprint | None, tuple[Problem, ...]]:
    """The blueprint alone; None, with its errors, if it has any. Raises DecksFolderError."""
    require_decks(folder)
    _, blueprint, problems = read_blueprint_file(folder)
    return blueprint, tuple(sorted(problems))


def read_blueprint_file(folder: Path) -> tuple[str, Blueprint | None, list[Problem]]:
    """The blueprint's text, the blueprint, its errors in the order in which they are found."""
    report = Report(BLUEPRINT_NAME)
    data = read_limited(folder / BLUEPRINT_NAME, _MOST_BYTES, report)
    source = "\n".join(read_lines(data, report)) if data is not None else ""
    root = read_toml(source, report) if data is not None else None
    blueprint = _read_tables(root) if root else None
    return source, blueprint if not report.problems else None, report.problems


def _read_tables(root: TomlTable) -> Blueprint:
    """The blueprint; not whole if errors are reported."""
    root.check_keys(("domain", "profile", *_OPTIONAL), optional=_OPTIONAL)
    domains = _read_domains(root)
    # Where a domain could not be read, nothing can be said about the names in the weights.
    keys = [] if root.report.problems else [domain.key for domain in domains]
    profiles = [_read_profile(name, table, keys) for name, table in root.named("profile")]
    sound = tuple(profile for profile in profiles if profile)
    benchmarks = tuple(read_benchmarks(root)) or STUDY_GUIDE
    return Blueprint(domains, sound, benchmarks, _read_renewal(root))


def _read_domains(root: TomlTable) -> tuple[Domain, ...]:
    taken: set[str] = set()
    checks: Mapping[str, Check] = {"key": partial(_new_key, taken), "title": _title}
    sound = [table for table in root.listed("domain") if table.check(checks)]
    return tuple(Domain(**table.values) for table in sound)


def _read_profile(profile_id: str, table: TomlTable, domains: Sequence[str]) -> Profile | None:
    if not is_key(profile_id):
        message = f"`{profile_id}` is not a profile's id"
        hint = f"it is {KEY_RULE}"
        table.report.error(table.place(), "bad-value", message, hint)
    if not table.check(_profile_checks(domains)):
        return None
    weights = table.values["weights"]
    in_order = {key: weights[key] for key in domains or weights}
    return Profile(profile_id, **{**table.values, "weights": in_order})


def _profile_checks(domains: Sequence[str]) -> Mapping[str, Check]:
    return {
        "title": text,
        "questions": number(1000),
        "minutes": number(1000),
        "pass_percent": number(100),
        "weights": partial(_weights, domains),
        "source": text,
        "as_of": day,
        "weights_source": text,
    }


def _read_renewal(root: TomlTable) -> Renewal:
    """What the file says of the renewal; the study guide's, if it says nothing sound."""
    table = root.below("renewal")
    if table is None and "renewal" in root.values:
        message, hint = "`renewal` is not a table", "write `[renewal]`"
        root.report.error(root.place_of("renewal")._replace(column=1), "bad-value", message, hint)
    if table is None or not table.check(_RENEWAL_CHECKS):
        return STUDY_GUIDE_RENEWAL
    return Renewal(**table.values)


def _new_key(taken: set[str], key: str, value: Any) -> Fault | None:
    """Checks for a key that no domain before had, and takes it."""
    if fault := text(key, value):
        return fault
    if not is_key(value):
        hint = f"a key is {KEY_RULE}"
        return Fault("bad-value", f"`{value}` is not a key", hint)
    if value in taken:
        message = f"`{value}` is the key of another domain already"
        return Fault("bad-value", message, "choose another key")
    taken.add(value)
    return None


def _title(key: str, value: Any) -> Fault | None:
    if fault := text(key, value):
        return fault
    if "::" in value:
        return Fault("bad-title", "a title cannot hold `::`", "write one colon, or a hyphen")
    return None


def _weights(domains: Sequence[str], key: str, value: Any) -> Fault | None:
    """Checks for the weight of each domain, in percents that come to 100."""
    message, hint = _weights_fault(value, domains)
    return Fault("bad-weights", message, hint) if message else None


def _weights_fault(value: Any, domains: Sequence[str]) -> tuple[str, str]:
    """What is wrong with the weights, and the hint; both empty when nothing is."""
    if not isinstance(value, dict):
        return "`weights` is not a table", "write `{ domain-key = percent, ... }`"
    unknown = [key for key in value if key not in domains] if domains else []
    missing = [key for key in domains if key not in value]
    if unknown:
        meant = get_close_matches(unknown[0], missing or domains, n=1)
        hint = f"did you mean `{meant[0]}`?" if meant else f"the domains are {', '.join(domains)}"
        return f"`{unknown[0]}` is not a domain", hint
    if missing:
        return f"the weight of `{missing[0]}` is missing", "a domain without questions has 0"
    if any(type(weight) is not int or not 0 <= weight <= 100 for weight in value.values()):
        return "a weight is not a whole number", "write percents such as 20, without quotes"
    if sum(value.values()) != 100:
        return f"the weights come to {sum(value.values())}", "make their sum 100"
    return "", ""
