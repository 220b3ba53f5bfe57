//! The schema, version by version: each entry of the list lifts a database by one version and is never changed again.
//! What the columns mean is in each table's own file.

use crate::sqlite::Schema;

/// The application_id is "opsh": it lets `file` and a careful reader tell the database from any other.
pub(super) const SCHEMA: Schema<'_> =
    Schema { application_id: 0x6f70_7368, migrations: &[V1, V2, V3, V4, V5, V6, V7, V8] };

// `user` is a reserved word of PostgreSQL, hence user_id. Times are milliseconds since 1970-01-01 UTC.
const V1: &str = "
CREATE TABLE auth_token (
    key_digest  TEXT PRIMARY KEY NOT NULL,
    endpoint    TEXT NOT NULL,
    app_key     TEXT NOT NULL,
    token       TEXT NOT NULL,
    obtained_at BIGINT NOT NULL
);

CREATE TABLE token_report (
    id               INTEGER PRIMARY KEY,
    profile          TEXT NOT NULL,
    region           TEXT NOT NULL,
    user_id          TEXT NOT NULL,
    device           TEXT NOT NULL,
    certificate_id   BIGINT NOT NULL,
    reg_id           TEXT NOT NULL,
    brand            TEXT,
    state            TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'unbound', 'removed')),
    reported_at      BIGINT NOT NULL,
    last_reported_at BIGINT NOT NULL,
    ended_at         BIGINT,
    ended_reason     TEXT,
    CHECK ((state = 'current') = (ended_at IS NULL)),
    CHECK ((state = 'current') = (ended_reason IS NULL))
);
CREATE UNIQUE INDEX token_report_current ON token_report (profile, user_id, device) WHERE state = 'current';
CREATE UNIQUE INDEX token_report_owner ON token_report (profile, reg_id) WHERE state = 'current';
CREATE INDEX token_report_by_user ON token_report (profile, user_id);
CREATE INDEX token_report_by_reg_id ON token_report (reg_id);

CREATE TABLE delivery (
    id              INTEGER PRIMARY KEY,
    begun_at        BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    process         TEXT NOT NULL,
    profile         TEXT NOT NULL,
    region          TEXT NOT NULL,
    certificate_id  BIGINT,
    app_id          TEXT,
    user_id         TEXT,
    device          TEXT,
    target_kind     TEXT CHECK (target_kind IN ('reg_id', 'alias')),
    target          TEXT,
    app_message_id  TEXT,
    decision        TEXT NOT NULL,
    request         TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'refused', 'unknown', 'not_sent')),
    message_id      TEXT,
    code            BIGINT,
    words           TEXT,
    reason          TEXT,
    answer          TEXT,
    tries           BIGINT NOT NULL DEFAULT 0,
    completed_at    BIGINT,
    elapsed_ms      BIGINT,
    CHECK ((target_kind IS NULL) = (target IS NULL)),
    CHECK ((status = 'pending') = (completed_at IS NULL))
);
CREATE INDEX delivery_by_time ON delivery (begun_at);
CREATE INDEX delivery_by_status ON delivery (status);
CREATE INDEX delivery_by_user ON delivery (profile, user_id);
CREATE INDEX delivery_by_target ON delivery (target);
CREATE INDEX delivery_by_message_id ON delivery (message_id);
CREATE INDEX delivery_by_app_message_id ON delivery (app_message_id);
";

// The state of users' apps; what the words mean is in `presence`.
const V2: &str = "
CREATE TABLE presence (
    profile         TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    device          TEXT NOT NULL,
    platform        TEXT NOT NULL,
    state           TEXT NOT NULL
                    CHECK (state IN ('unknown', 'online', 'background', 'killed', 'logged-out', 'kicked')),
    since           BIGINT NOT NULL,
    last_login_at   BIGINT,
    disconnected_at BIGINT,
    told_by         TEXT NOT NULL,
    reason          TEXT,
    PRIMARY KEY (profile, user_id, device),
    CHECK (state <> 'killed' OR disconnected_at IS NOT NULL)
);
";

// What the IM server's webhook reported. `what` and `reason` hold its own words.
const V3: &str = "
CREATE TABLE im_event (
    id          INTEGER PRIMARY KEY,
    received_at BIGINT NOT NULL,
    profile     TEXT NOT NULL,
    sdk_app_id  BIGINT NOT NULL,
    command     TEXT NOT NULL,
    user_id     TEXT,
    platform    TEXT,
    what        TEXT,
    reason      TEXT,
    push_id     TEXT,
    message_key TEXT,
    code        BIGINT,
    event_at    BIGINT,
    body        TEXT NOT NULL
);
CREATE INDEX im_event_by_time ON im_event (received_at);
CREATE INDEX im_event_by_user ON im_event (profile, user_id);
CREATE INDEX im_event_by_push_id ON im_event (push_id);
CREATE INDEX im_event_by_message_key ON im_event (message_key);
";

// What OPPO posted to the callback URL, one row for each event of a regId; and what came that is not a receipt. A parameter
// that is missing is '', for NULL never equals NULL in a key. The new indexes of deliveries end with the row's id, so
// that the newest of any filter are found without sorting.
const V4: &str = "
ALTER TABLE delivery ADD COLUMN call_back_parameter TEXT;
CREATE INDEX delivery_by_certificate ON delivery (profile, certificate_id);
CREATE INDEX delivery_by_certificate_id ON delivery (certificate_id);
CREATE INDEX delivery_by_profile ON delivery (profile);
CREATE INDEX delivery_by_profile_status ON delivery (profile, status);
CREATE INDEX delivery_by_user_id ON delivery (user_id);
CREATE INDEX delivery_by_code ON delivery (code) WHERE code IS NOT NULL;
CREATE INDEX delivery_by_parameter ON delivery (target, call_back_parameter)
    WHERE message_id IS NULL AND call_back_parameter IS NOT NULL;

CREATE TABLE receipt (
    id          INTEGER PRIMARY KEY,
    received_at BIGINT NOT NULL,
    event       TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    task_id     TEXT,
    app_id      TEXT,
    reg_id      TEXT NOT NULL,
    parameter   TEXT NOT NULL,
    event_time  TEXT NOT NULL,
    event_at    BIGINT,
    delivery_id BIGINT REFERENCES delivery (id) ON DELETE SET NULL,
    seen        BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX receipt_once ON receipt (message_id, reg_id, event, event_time, parameter);
CREATE INDEX receipt_by_message_id ON receipt (message_id);
CREATE INDEX receipt_by_task_id ON receipt (task_id) WHERE task_id <> message_id;
CREATE INDEX receipt_by_reg_id ON receipt (reg_id);
CREATE INDEX receipt_by_time ON receipt (received_at);
CREATE INDEX receipt_by_delivery ON receipt (delivery_id);

CREATE TABLE receipt_rejected (
    id           INTEGER PRIMARY KEY,
    received_at  BIGINT NOT NULL,
    content_type TEXT,
    why          TEXT NOT NULL,
    body         TEXT NOT NULL
);
";

// When a state was seen, apart from when it began: an answer of the IM server's tells the first alone. Its Offline does not
// say why. Who made a report is not known of the rows of before.
const V5: &str = "
CREATE TABLE presence_seen (
    profile         TEXT NOT NULL,
    user_id         TEXT NOT NULL,
    device          TEXT NOT NULL,
    platform        TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN (
                        'unknown', 'online', 'background', 'killed', 'logged-out', 'not-logged-in', 'kicked')),
    since           BIGINT,
    seen_at         BIGINT NOT NULL,
    last_login_at   BIGINT,
    disconnected_at BIGINT,
    told_by         TEXT NOT NULL,
    reason          TEXT,
    PRIMARY KEY (profile, user_id, device)
);
INSERT INTO presence_seen
    SELECT profile, user_id, device, platform, state, since, since, last_login_at, disconnected_at, told_by, reason
    FROM presence;
UPDATE presence_seen
    SET since = NULL,
        last_login_at = CASE WHEN last_login_at = since THEN NULL ELSE last_login_at END,
        disconnected_at = CASE WHEN disconnected_at = since THEN NULL ELSE disconnected_at END,
        state = CASE WHEN state = 'logged-out' THEN 'not-logged-in' ELSE state END
    WHERE told_by = 'im-server';
DROP TABLE presence;
ALTER TABLE presence_seen RENAME TO presence;
ALTER TABLE token_report ADD COLUMN source TEXT;
";

// Imports of token reports under way; `decided_at` is NULL until all of it counts. A piece holds reports as JSON. And since
// when ages are not judged, because nothing had been recorded for long.
const V6: &str = "
CREATE TABLE report_import (
    id         INTEGER PRIMARY KEY,
    process    TEXT NOT NULL,
    profile    TEXT NOT NULL,
    decided_at BIGINT,
    new        BIGINT NOT NULL DEFAULT 0,
    unchanged  BIGINT NOT NULL DEFAULT 0,
    superseded BIGINT NOT NULL DEFAULT 0,
    moved      BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE report_piece (
    id        INTEGER PRIMARY KEY,
    import_id BIGINT NOT NULL,
    reports   TEXT NOT NULL
);
CREATE INDEX report_piece_by_import ON report_piece (import_id);

CREATE TABLE retention_gap (
    seen_at BIGINT NOT NULL
);

CREATE TABLE renumbering (
    id             INTEGER PRIMARY KEY,
    process        TEXT NOT NULL,
    path           TEXT NOT NULL,
    profile        TEXT NOT NULL,
    old_id         BIGINT NOT NULL,
    new_id         BIGINT NOT NULL
);
";

// Runs of many pushes. A call holds its rows, packed, and what became of each; what the words mean is in `batch`.
const V7: &str = "
CREATE TABLE batch_run (
    id               INTEGER PRIMARY KEY,
    begun_at         BIGINT NOT NULL,
    ended_at         BIGINT,
    process          TEXT NOT NULL,
    state            TEXT NOT NULL
                     CHECK (state IN ('planning', 'running', 'stopped', 'done', 'cancelled')),
    reason           TEXT,
    profile          TEXT NOT NULL,
    region           TEXT NOT NULL,
    source           TEXT NOT NULL,
    id_prefix        TEXT NOT NULL,
    repeat_window_ms BIGINT NOT NULL,
    certificates     TEXT NOT NULL,
    file_rows        BIGINT NOT NULL DEFAULT 0,
    bad_rows         BIGINT NOT NULL DEFAULT 0,
    repeats          BIGINT NOT NULL DEFAULT 0,
    held_back        TEXT NOT NULL DEFAULT '{}',
    recipients       BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE batch_call (
    id             INTEGER PRIMARY KEY,
    run_id         BIGINT NOT NULL REFERENCES batch_run (id) ON DELETE CASCADE,
    certificate_id BIGINT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('planned', 'begun', 'unknown', 'settled')),
    recipients     BIGINT NOT NULL,
    first_begun_at BIGINT,
    begun_at       BIGINT,
    ended_at       BIGINT,
    tries          BIGINT NOT NULL DEFAULT 0,
    item_rows      BYTEA NOT NULL,
    results        BYTEA,
    accepted       BIGINT NOT NULL DEFAULT 0,
    refused        BIGINT NOT NULL DEFAULT 0,
    unknown        BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX batch_call_by_run ON batch_call (run_id, id);
";

// Pictures that OPPO keeps, by their bytes; messages that it has saved, and which call sent one to whom. The call's request,
// status and answer are a delivery.
const V8: &str = "
CREATE TABLE picture (
    endpoint    TEXT NOT NULL,
    app_id      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    picture_id  TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    over_at     BIGINT NOT NULL,
    PRIMARY KEY (endpoint, app_id, kind, digest)
);

CREATE TABLE saved_message (
    id             INTEGER PRIMARY KEY,
    saved_at       BIGINT NOT NULL,
    profile        TEXT NOT NULL,
    certificate_id BIGINT NOT NULL,
    app_id         TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    notification   TEXT NOT NULL
);
CREATE INDEX saved_message_by_message_id ON saved_message (message_id);

CREATE TABLE broadcast_call (
    delivery_id BIGINT PRIMARY KEY NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    app_id      TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    audience    TEXT NOT NULL CHECK (audience IN ('all', 'reg-ids', 'aliases', 'tags')),
    digest      TEXT NOT NULL,
    targets     BIGINT,
    task_id     TEXT
);
CREATE INDEX broadcast_call_by_message_id ON broadcast_call (message_id);
";
