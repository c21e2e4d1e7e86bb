BEGIN TRANSACTION;
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
);
INSERT INTO "card" VALUES('appeal-levels',1,2,6,250,'2026-12-01',0,'2026-11-25',0,NULL,'2026-12-03',NULL);
INSERT INTO "card" VALUES('appeal-levels',2,0,0,250,NULL,0,NULL,1,NULL,NULL,NULL);
INSERT INTO "card" VALUES('gross-collection',1,0,1,218,'2026-12-03',0,'2026-12-02',0,'2026-12-02',NULL,NULL);
INSERT INTO "card" VALUES('old-law',1,0,0,250,NULL,0,NULL,0,NULL,NULL,'2026-12-02');
CREATE TABLE ceu (
        uid TEXT NOT NULL,
        title TEXT,
        units_hundredths INTEGER,
        earned_on DATE,
        at_ms INTEGER NOT NULL,
        removes TEXT,
        PRIMARY KEY (uid)
    );
INSERT INTO "ceu" VALUES('00000000000000000000000000000c01','HIPAA update webinar',150,'2026-11-05',1796126510000,NULL);
INSERT INTO "ceu" VALUES('00000000000000000000000000000c02','Noted by mistake',400,'2026-11-06',1796126520000,NULL);
INSERT INTO "ceu" VALUES('00000000000000000000000000000c03',NULL,NULL,NULL,1796126530000,'00000000000000000000000000000c02');
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
    );
INSERT INTO "exam" VALUES('00000000000000000000000000000e01',1,'study-guide','CMOM study guide','7',3,75,1796126400000,-360,'2026-12-01','{"questions":2}');
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
    );
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f01','00000000000000000000000000000e01',1,1,1796126400500,'shown',NULL);
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f02','00000000000000000000000000000e01',2,1,1796126420500,'answered','1');
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f03','00000000000000000000000000000e01',3,2,1796126420500,'shown',NULL);
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f04','00000000000000000000000000000e01',4,2,1796126440500,'answered','3');
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f05','00000000000000000000000000000e01',5,NULL,1796126450500,'submitted',NULL);
INSERT INTO "exam_event" VALUES('00000000000000000000000000000f06','00000000000000000000000000000e01',6,2,1796126460500,'reason','"misread"');
CREATE TABLE exam_item (
        exam_uid TEXT NOT NULL,
        position INTEGER NOT NULL,
        note_id TEXT NOT NULL,
        domain TEXT NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (exam_uid, position),
        FOREIGN KEY (exam_uid) REFERENCES exam (uid),
        FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
    );
INSERT INTO "exam_item" VALUES('00000000000000000000000000000e01',1,'appeal-levels','managed-care-and-insurance','{"item_kind":"one-right-option","question":"Which level comes first?","options":[{"text":"Redetermination","why":"By the contractor."},{"text":"Reconsideration"},{"text":"A hearing"}],"right":1,"source":"42 CFR 405.940"}');
INSERT INTO "exam_item" VALUES('00000000000000000000000000000e01',2,'old-law','compliance-and-risk','{"item_kind":"one-right-option","question":"What did the law say?","options":[{"text":"This"},{"text":"That"},{"text":"Neither"}],"right":2,"scenario":"It was so.","as_of":"2020-01-01"}');
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
    );
INSERT INTO "lookup" VALUES(1,'00000000000000000000000000000a01','Appeals',1796126500000,-360,11500,1,'p. 212');
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
    retired_on DATE, until DATE,
    PRIMARY KEY (id)
);
INSERT INTO "note" VALUES('appeal-levels','cloze','appeals','denials','Denials','billing',0,'{"note_kind":"cloze","text":"A {{c1::redetermination}} comes before a {{c2::reconsideration::second level}}."}','','','["appeals","medicare"]','42 CFR 405.940','2026-10-01','','dab8201e15323a169335e5631ec81cdc','2026-11-24',NULL,'2026-12-31');
INSERT INTO "note" VALUES('gross-collection','calculation','gross-collection','ar','Receivables','finance',0,'{"note_kind":"calculation","question":"{charges} was charged, {payments} collected. Gross collection rate?","given":[{"name":"charges","low":"50000","high":"90000","step":"1000","prefix":"$"},{"name":"payments","choices":["30000","45000"],"prefix":"$"}],"formula":"payments / charges * 100","decimals":1,"unit":"%","mistakes":[{"formula":"charges / payments * 100","why":"This inverts the ratio."}]}','','**Collected** over charged.','[]','formula',NULL,'Tab 3','3aecf719d5a6b1f4ff089f57387e405f','2026-11-24',NULL,NULL);
INSERT INTO "note" VALUES('old-law','choice','old-law','labor','Labor law','law',0,'{"note_kind":"choice","question":"Who decides?","options":[{"text":"Nobody","why":"Somebody does."},{"text":"The judge","why":"By statute.","is_right":true,"is_last":true}]}','','','[]','29 CFR 541',NULL,'','a29122878883e6a943ea73e1931f0730','2026-11-24','2026-12-02',NULL);
CREATE TABLE renamed (
    old_id TEXT NOT NULL,
    new_id TEXT NOT NULL,
    renamed_on DATE NOT NULL,
    PRIMARY KEY (old_id)
);
INSERT INTO "renamed" VALUES('appeals','appeal-levels','2026-12-02');
CREATE TABLE "review" (
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
);
INSERT INTO "review" VALUES(1,'71c2b6ad4db5a8e581a608c3fac85fc8','appeal-levels',1,1795532400000,-360,'2026-11-24','scheduled',4,31000,0,NULL,NULL,'terminal',NULL,NULL,NULL);
INSERT INTO "review" VALUES(2,'42a1e6c1c17dc803b9f1afcc87177595','gross-collection',1,1795532520000,-360,'2026-11-24','scheduled',1,90000,1,NULL,NULL,'terminal',NULL,NULL,NULL);
INSERT INTO "review" VALUES(3,'d0199fc88e7feea46198cd13c7fc72bc','gross-collection',1,1795532580000,-360,'2026-11-24','undo',NULL,0,0,NULL,NULL,'terminal',NULL,NULL,'42a1e6c1c17dc803b9f1afcc87177595');
INSERT INTO "review" VALUES(4,'6e0fe95be1653691a4ffd7d00892d38b','appeal-levels',1,1795618800000,-360,'2026-11-25','scheduled',4,8000,0,NULL,NULL,'terminal',NULL,NULL,NULL);
INSERT INTO "review" VALUES(5,'daa9d17f64d618fef0eb2c143bc8c2c2','gross-collection',1,1796221800000,-360,'2026-12-02','scheduled',2,120000,0,NULL,NULL,'command',NULL,NULL,NULL);
INSERT INTO "review" VALUES(6,'429e56741ee8588b9ea81fc8b03dd834','gross-collection',1,1796222400000,-360,'2026-12-02','drill',5,20000,0,1,'{"chosen":[0]}','terminal',NULL,NULL,NULL);
CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('decks-hash','"2f1e"');
INSERT INTO "setting" VALUES('new-cards','20');
CREATE TABLE switch (
    uid TEXT NOT NULL,
    note_id TEXT NOT NULL,
    ordinal INTEGER,
    name TEXT NOT NULL,
    value TEXT,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (uid),
    FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
);
INSERT INTO "switch" VALUES('29300c433eb974a939b1025713063a74','appeal-levels',2,'suspended','true',0);
INSERT INTO "switch" VALUES('3fd0284ceb506286128d4c3b3fadf2fd','gross-collection',1,'buried','"2026-12-02"',1796169600000);
INSERT INTO "switch" VALUES('f8b084a09f182d35c21b8ae04a9952eb','appeal-levels',1,'pulled','"2026-12-03"',1796256000000);
CREATE INDEX card_due_on ON card (due_on);
CREATE INDEX review_card ON review (note_id, ordinal, study_day, reviewed_at_ms);
CREATE INDEX review_study_day ON review (study_day);
CREATE INDEX review_undoes ON review (undoes);
CREATE INDEX switch_note ON switch (note_id);
CREATE INDEX exam_item_note ON exam_item (note_id);
CREATE INDEX exam_event_exam ON exam_event (exam_uid);
PRAGMA application_id = 1129140045;
PRAGMA user_version = 4;
COMMIT;
