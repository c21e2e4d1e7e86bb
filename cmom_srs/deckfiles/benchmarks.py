"""`[[benchmark]]` of blueprint.toml: the benchmarks, by what each kind needs (rule 15)."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.toml_tables import Check
from cmom_srs.deckfiles.toml_tables import TomlTable
from cmom_srs.deckfiles.toml_tables import number
from cmom_srs.deckfiles.toml_tables import text
from cmom_srs.study.readiness.benchmarks import Benchmark
from cmom_srs.study.readiness.benchmarks import CalculationBenchmark
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark
from cmom_srs.study.readiness.benchmarks import StepsBenchmark

_MOST = 1000
_KINDS: tuple[type[Benchmark], ...] = (
    RecallBenchmark,
    CalculationBenchmark,
    StepsBenchmark,
    LookupBenchmark,
    ExamBenchmark,
)
_BENCHMARKS = {each.kind: each for each in _KINDS}
_SUBJECTS = {"recall": ("tag", "deck"), "calculation": ("tag",), "steps": ("tag",)}
_NEEDS: Mapping[str, Mapping[str, Check]] = {
    "recall": {"answers": number(_MOST), "percent": number(100)},
    "calculation": {"right": number(_MOST), "of": number(_MOST), "seconds": number(_MOST)},
    "steps": {"times": number(_MOST)},
    "lookup": {"percent": number(100), "of": number(_MOST), "seconds": number(_MOST)},
    "exam": {"exams": number(_MOST), "above": number(99)},
}


def read_benchmarks(root: TomlTable) -> Iterator[Benchmark]:
    """The benchmarks of a blueprint; what is wrong with one is reported, and it is left out."""
    for table in root.listed("benchmark"):
        if benchmark := _read_benchmark(table):
            yield benchmark


def _read_benchmark(table: TomlTable) -> Benchmark | None:
    """One benchmark; its kind decides what else may stand there."""
    kind = table.values.get("kind")
    if "kind" not in table.values:
        hint = f"the kinds are {', '.join(_BENCHMARKS)}"
        table.report.error(table.place(), "missing-key", "`kind` is missing", hint)
    elif fault := _kind_fault(kind):
        table.report.error(table.place_of("kind"), *fault)
    else:
        subjects = _SUBJECTS.get(str(kind), ())
        return _read_kind(table, str(kind), subjects)
    return None


def _kind_fault(kind: Any) -> Fault | None:
    if fault := text("kind", kind):
        return fault
    if kind in _BENCHMARKS:
        return None
    meant = get_close_matches(kind, _BENCHMARKS, n=1)
    hint = f"did you mean `{meant[0]}`?" if meant else f"the kinds are {', '.join(_BENCHMARKS)}"
    return Fault("bad-value", f"`{kind}` is not a kind of benchmark", hint)


def _read_kind(table: TomlTable, kind: str, subjects: Sequence[str]) -> Benchmark | None:
    before = table.report.count
    checks = {"title": text, "kind": text, **dict.fromkeys(subjects, text), "needs": _table}
    is_choice = len(subjects) > 1
    if table.check(checks, optional=subjects if is_choice else ()) and is_choice:
        _check_subject(table, subjects)
    needs = table.below("needs")
    if needs and needs.check(_NEEDS[kind]):
        _check_counts(needs)
    if table.report.count != before or needs is None:
        return None
    named = {key: value for key, value in table.values.items() if key not in {"kind", "needs"}}
    return _BENCHMARKS[kind](**named, **needs.values)


def _table(key: str, value: Any) -> Fault | None:
    if isinstance(value, dict):
        return None
    return Fault("bad-value", f"`{key}` is not a table", f"write `{key} = {{ name = number }}`")


def _check_subject(table: TomlTable, subjects: Sequence[str]) -> None:
    there = [key for key in subjects if key in table.values]
    either = " or ".join(f"`{key}`" for key in subjects)
    if not there:
        message, hint = f"{either} is missing", f"add `{subjects[0]} = `: what it looks at"
        table.report.error(table.place(), "missing-key", message, hint)
    elif len(there) > 1:
        message, hint = f"a benchmark looks at {either}, not at both", "take one of them out"
        table.report.error(table.place_of(there[1]), "bad-value", message, hint)


def _check_counts(needs: TomlTable) -> None:
    right, of = needs.values.get("right", 0), needs.values.get("of", _MOST)
    if right > of:
        message, hint = f"{right} of {of} cannot be right", f"write a number from 1 to {of}"
        needs.report.error(needs.place_of("right"), "bad-value", message, hint)
