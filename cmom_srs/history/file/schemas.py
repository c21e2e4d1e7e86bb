"""The schemas of the history, each the statements that lead to it: never edited once released."""

APPLICATION_ID = 0x434D4F4D  # "CMOM", in the file's header

Statements = tuple[str, ...]

_V1 = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE note (
        id TEXT NOT NULL,
        note_kind TEXT NOT NULL,
        first_id TEXT NOT NULL,
        deck TEXT NOT NULL,
        deck_title TEXT NOT NULL,
        domain TEXT NOT NULL,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        scenario TEXT NOT NULL,
        extra TEXT NOT NULL,
        tags TEXT NOT NULL,
        source TEXT NOT NULL,
        as_of DATE,
        manual TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        first_seen_on DATE NOT NULL,
        retired_on DATE,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE card (
        note_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        repetitions INTEGER NOT NULL,
        interval_days INTEGER NOT NULL,
        ease_factor INTEGER NOT NULL,
        due_on DATE,
        lapses INTEGER NOT NULL,
        last_reviewed_on DATE,
        is_suspended BOOLEAN NOT NULL,
        buried_on DATE,
        pulled_on DATE,
        retired_on DATE,
        PRIMARY KEY (note_id, ordinal),
        FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
    )
    """,
    "CREATE INDEX card_due_on ON card (due_on)",
    """
    CREATE TABLE review (
        id INTEGER NOT NULL,
        note_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        reviewed_at_ms INTEGER NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        study_day DATE NOT NULL,
        kind TEXT NOT NULL,
        grade INTEGER,
        duration_ms INTEGER NOT NULL,
        looked_up BOOLEAN NOT NULL,
        origin TEXT NOT NULL,
        anki_id INTEGER,
        undoes INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY (note_id, ordinal) REFERENCES card (note_id, ordinal) ON UPDATE CASCADE,
        FOREIGN KEY (undoes) REFERENCES review (id),
        UNIQUE (note_id, ordinal, reviewed_at_ms),
        UNIQUE (undoes)
    )
    """,
    "CREATE INDEX review_study_day ON review (study_day)",
    """
    CREATE TABLE renamed (
        old_id TEXT NOT NULL,
        new_id TEXT NOT NULL,
        renamed_on DATE NOT NULL,
        PRIMARY KEY (old_id)
    )
    """,
    """
    CREATE TABLE setting (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
)

# Every log row gets a uid, so that the logs of two computers can be united: rows from before it
# one made of what they say (of two that say the same, the later by its number, too).
_V2 = (
    """
    CREATE TEMPORARY TABLE row_uid AS
    SELECT id, CASE copy WHEN 1 THEN uid ELSE derived_uid(uid, copy) END AS uid
    FROM (
        SELECT id, uid, row_number() OVER (PARTITION BY uid ORDER BY id) AS copy
        FROM (
            SELECT review.id, CASE review.origin
                WHEN 'anki' THEN derived_uid(
                    'cmom/' || note.note_kind || '/' || note.first_id, ordinal, anki_id
                )
                ELSE derived_uid(
                    note.first_id, ordinal, reviewed_at_ms, utc_offset_minutes, grade,
                    duration_ms, origin
                ) END AS uid
            FROM review JOIN note ON note.id = review.note_id
        )
    )
    """,
    """
    CREATE TABLE review_with_uid (
        id INTEGER NOT NULL,
        uid TEXT NOT NULL,
        note_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        reviewed_at_ms INTEGER NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        study_day DATE NOT NULL,
        kind TEXT NOT NULL,
        grade INTEGER,
        duration_ms INTEGER NOT NULL,
        looked_up BOOLEAN NOT NULL,
        is_right BOOLEAN,
        response TEXT,
        origin TEXT NOT NULL,
        anki_id INTEGER,
        anki_collection INTEGER,
        undoes TEXT,
        PRIMARY KEY (id),
        UNIQUE (uid),
        FOREIGN KEY (note_id, ordinal) REFERENCES card (note_id, ordinal) ON UPDATE CASCADE
    )
    """,
    """
    INSERT INTO review_with_uid
    SELECT review.id, own.uid, note_id, ordinal, reviewed_at_ms, utc_offset_minutes, study_day,
        kind, grade, duration_ms, looked_up, NULL, NULL, origin, anki_id, NULL, undone.uid
    FROM review
    JOIN row_uid AS own ON own.id = review.id
    LEFT JOIN row_uid AS undone ON undone.id = review.undoes
    """,
    "DROP TABLE row_uid",
    "DROP TABLE review",
    "ALTER TABLE review_with_uid RENAME TO review",
    "CREATE INDEX review_card ON review (note_id, ordinal, study_day, reviewed_at_ms)",
    "CREATE INDEX review_study_day ON review (study_day)",
    "CREATE INDEX review_undoes ON review (undoes)",
    """
    CREATE TABLE switch (
        uid TEXT NOT NULL,
        note_id TEXT NOT NULL,
        ordinal INTEGER,
        name TEXT NOT NULL,
        value TEXT,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (uid),
        FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
    )
    """,
    "CREATE INDEX switch_note ON switch (note_id)",
    """
    INSERT INTO switch
    SELECT derived_uid(note.first_id, ordinal, switched.name, switched.value), switched.note_id,
        ordinal, switched.name, switched.value, switched.at_ms
    FROM (
        SELECT note_id, ordinal, 'suspended' AS name, 'true' AS value, 0 AS at_ms
        FROM card WHERE is_suspended
        UNION ALL
        SELECT note_id, ordinal, 'buried', '"' || buried_on || '"',
            CAST(strftime('%s', buried_on) AS INTEGER) * 1000
        FROM card WHERE buried_on IS NOT NULL
        UNION ALL
        SELECT note_id, ordinal, 'pulled', '"' || pulled_on || '"',
            CAST(strftime('%s', pulled_on) AS INTEGER) * 1000
        FROM card WHERE pulled_on IS NOT NULL
    ) AS switched JOIN note ON note.id = switched.note_id
    """,
)

# Practice exams and look-ups in the manual.
_V3 = (
    """
    CREATE TABLE exam (
        uid TEXT NOT NULL,
        number INTEGER NOT NULL,
        profile TEXT NOT NULL,
        title TEXT NOT NULL,
        seed TEXT NOT NULL,
        minutes INTEGER,
        pass_percent INTEGER NOT NULL,
        started_at_ms INTEGER NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        study_day DATE NOT NULL,
        asked TEXT NOT NULL,
        PRIMARY KEY (uid)
    )
    """,
    """
    CREATE TABLE exam_item (
        exam_uid TEXT NOT NULL,
        position INTEGER NOT NULL,
        note_id TEXT NOT NULL,
        domain TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (exam_uid, position),
        FOREIGN KEY (exam_uid) REFERENCES exam (uid),
        FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
    )
    """,
    "CREATE INDEX exam_item_note ON exam_item (note_id)",
    """
    CREATE TABLE exam_event (
        uid TEXT NOT NULL,
        exam_uid TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        position INTEGER,
        at_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        value TEXT,
        PRIMARY KEY (uid),
        FOREIGN KEY (exam_uid) REFERENCES exam (uid)
    )
    """,
    "CREATE INDEX exam_event_exam ON exam_event (exam_uid)",
    """
    CREATE TABLE lookup (
        id INTEGER NOT NULL,
        uid TEXT NOT NULL,
        topic TEXT NOT NULL,
        started_at_ms INTEGER NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        found BOOLEAN NOT NULL,
        page TEXT,
        PRIMARY KEY (id),
        UNIQUE (uid)
    )
    """,
)

# Continuing education, which keeps the credential; until when what a note says holds.
_V4 = (
    """
    CREATE TABLE ceu (
        uid TEXT NOT NULL,
        title TEXT,
        units_hundredths INTEGER,
        earned_on DATE,
        at_ms INTEGER NOT NULL,
        removes TEXT,
        PRIMARY KEY (uid)
    )
    """,
    "ALTER TABLE note ADD COLUMN until DATE",
)

MIGRATIONS: tuple[Statements, ...] = (_V1, _V2, _V3, _V4)
