"""Which exams have ended: asked whenever a history is opened, so with little to load."""

from sqlalchemy import exists
from sqlalchemy import select

from cmom_srs.history.file.tables import EXAM
from cmom_srs.history.file.tables import EXAM_EVENT
from cmom_srs.history.store import Store
from cmom_srs.study.exam.events import ENDINGS

HAS_ENDED = exists().where(
    EXAM_EVENT.c.exam_uid == EXAM.c.uid, EXAM_EVENT.c.kind.in_([kind.value for kind in ENDINGS])
)


def has_open_exam(store: Store) -> bool:
    """Whether any exam has not ended, be it that its time is over."""
    open_exam = select(EXAM.c.uid).where(~HAS_ENDED).limit(1)
    with store.database.reading() as connection:
        return connection.execute(open_exam).first() is not None
