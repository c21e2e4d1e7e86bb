"""All that a learner did up to now, read from the history."""

from cmom_srs.cli.learner import Learner
from cmom_srs.history.exam import exams
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.record import sat


def record_of(learner: Learner) -> Record:
    """The cards, answers, look-ups and ended exams, and the time that each profile allots."""
    profiles = learner.blueprint.profiles if learner.blueprint else ()
    return Record(
        cards=tuple(learner.cards.values()),
        answers=learner.store.answers(),
        lookups=learner.lookups(),
        exams=sat_exams(learner),
        minutes={profile.id: profile.minutes for profile in profiles},
    )


def sat_exams(learner: Learner) -> tuple[SatExam, ...]:
    """The exams that were sat to their end, the oldest first."""
    store = learner.store
    ended = (
        sat(exam, exams.sheet_of(store, exam), exams.fresh_positions(store, exam))
        for exam in exams.all_exams(store)
    )
    return tuple(each for each in ended if each)
