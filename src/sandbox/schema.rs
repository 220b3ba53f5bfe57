//! The sandbox's tables, version by version: each entry of the list lifts a database by one version and is never changed again.

use crate::sqlite::Schema;

pub(super) const SCHEMA: Schema<'_> =
    Schema { application_id: 0, migrations: &[V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12] };

// `registration` keeps every regId ever issued: after its phone is gone it is known, but not subscribed.
// `delivery.due_at` is when passing time alone may change a held one, so that the others need no look.
const V1: &str = "
CREATE TABLE app (
    app_id        TEXT PRIMARY KEY,
    app_key       TEXT NOT NULL UNIQUE,
    master_secret TEXT NOT NULL,
    package       TEXT NOT NULL
) STRICT;
CREATE TABLE call (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms    INTEGER NOT NULL,
    app_id   TEXT,
    method   TEXT NOT NULL,
    path     TEXT NOT NULL,
    request  TEXT NOT NULL,
    checks   TEXT NOT NULL,
    dialects TEXT NOT NULL,
    code     INTEGER NOT NULL,
    answer   TEXT NOT NULL
) STRICT;
CREATE TABLE token (
    token      TEXT PRIMARY KEY,
    app_id     TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX token_by_age ON token (created_ms);
CREATE TABLE pushed (
    app_id         TEXT NOT NULL,
    target         TEXT NOT NULL,
    app_message_id TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    PRIMARY KEY (app_id, target, app_message_id)
) STRICT;
CREATE TABLE tally (
    app_id TEXT NOT NULL,
    what   TEXT NOT NULL,
    period INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (app_id, what)
) STRICT;
CREATE TABLE phone (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    app_id        TEXT NOT NULL,
    package       TEXT NOT NULL,
    brand         TEXT NOT NULL,
    model         TEXT NOT NULL,
    android       INTEGER NOT NULL,
    network       TEXT NOT NULL,
    notifications INTEGER NOT NULL,
    registered    INTEGER NOT NULL,
    reg_id        TEXT NOT NULL,
    channels      TEXT NOT NULL,
    activities    TEXT NOT NULL
) STRICT;
CREATE TABLE registration (
    reg_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    phone  INTEGER REFERENCES phone (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX registration_phone ON registration (phone);
CREATE TABLE alias (
    app_id TEXT NOT NULL,
    alias  TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, alias),
    UNIQUE (app_id, reg_id)
) STRICT;
CREATE TABLE delivery (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    phone        INTEGER NOT NULL REFERENCES phone (id) ON DELETE CASCADE,
    message_id   TEXT NOT NULL,
    reg_id       TEXT NOT NULL,
    notification TEXT NOT NULL,
    notify_id    TEXT,
    stage        TEXT NOT NULL,
    reason       TEXT,
    arrived_at   INTEGER NOT NULL,
    reached_at   INTEGER,
    shown_at     INTEGER,
    hide_at      INTEGER,
    due_at       INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_phone ON delivery (phone, seq);
CREATE INDEX delivery_stage ON delivery (phone, stage, due_at);
CREATE INDEX delivery_hide ON delivery (phone, hide_at) WHERE stage = 'shown' AND hide_at IS NOT NULL;
";

// `im_certificate.previous` holds the values before the last edit, as long as that edit is not in effect.
// `im_session` has one row per phone: the user who logged in there last, and how that ended.
const V2: &str = "
CREATE TABLE im_app (
    sdk_app_id INTEGER PRIMARY KEY,
    admin      TEXT NOT NULL,
    secret_key TEXT NOT NULL
) STRICT;
CREATE TABLE im_certificate (
    sdk_app_id INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    app_id     TEXT NOT NULL,
    channel_id TEXT,
    click      TEXT NOT NULL,
    saved_at   INTEGER,
    deleted    INTEGER NOT NULL DEFAULT 0,
    previous   TEXT,
    PRIMARY KEY (sdk_app_id, id)
) STRICT;
CREATE TABLE im_account (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    nick       TEXT,
    kicked_at  INTEGER,
    PRIMARY KEY (sdk_app_id, user)
) STRICT;
CREATE TABLE im_session (
    phone       TEXT PRIMARY KEY REFERENCES phone (name) ON DELETE CASCADE,
    sdk_app_id  INTEGER NOT NULL,
    user        TEXT NOT NULL,
    app         TEXT NOT NULL,
    background  INTEGER NOT NULL,
    login_at    INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    lost_at     INTEGER,
    gone_at     INTEGER,
    ended       TEXT,
    refuse_once INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX im_session_user ON im_session (sdk_app_id, user);
CREATE TABLE im_report (
    phone          TEXT PRIMARY KEY REFERENCES phone (name) ON DELETE CASCADE,
    sdk_app_id     INTEGER NOT NULL,
    user           TEXT NOT NULL,
    certificate_id INTEGER,
    reg_id         TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
CREATE TABLE im_mute (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    sender     TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, user, sender)
) STRICT;
CREATE TABLE im_message (
    sdk_app_id INTEGER NOT NULL,
    sender     TEXT NOT NULL,
    receiver   TEXT NOT NULL,
    random     INTEGER NOT NULL,
    second     INTEGER NOT NULL,
    msg_key    TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, sender, receiver, random, second)
) STRICT;
CREATE INDEX im_message_by_age ON im_message (second);
CREATE TABLE im_oppo_token (
    app_id TEXT PRIMARY KEY,
    token  TEXT NOT NULL
) STRICT;
CREATE TABLE im_push (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    push_id        TEXT NOT NULL,
    at             INTEGER NOT NULL,
    sdk_app_id     INTEGER NOT NULL,
    msg_key        TEXT NOT NULL,
    sender         TEXT NOT NULL,
    user           TEXT NOT NULL,
    phone          TEXT,
    reg_id         TEXT,
    certificate_id INTEGER,
    reason         TEXT,
    detail         TEXT NOT NULL,
    oppo_code      INTEGER,
    message_id     TEXT
) STRICT;
CREATE INDEX im_push_id ON im_push (push_id);
";

// `met` counts the calls that a fault was meant for, `struck` those it struck.
// `fault_push` remembers what became of a push by a fault, `fault_tally` how many a device had today.
// Phones have it off unless it is set.
// The invalid regIds that were listed, where listing takes them off the list.
// `due_at` is when it is to be posted, or, while it is on its way, when it counts as unheard of.
const V3: &str = "
CREATE TABLE fault (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    fault  TEXT NOT NULL,
    app    TEXT,
    call   TEXT,
    reg_id TEXT,
    user   TEXT,
    share  INTEGER NOT NULL,
    most   INTEGER,
    met    INTEGER NOT NULL DEFAULT 0,
    struck INTEGER NOT NULL DEFAULT 0,
    set_at INTEGER NOT NULL
) STRICT;
CREATE TABLE fault_push (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    app_id     TEXT NOT NULL,
    reg_id     TEXT NOT NULL,
    fate       TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX fault_push_message ON fault_push (message_id);
CREATE INDEX fault_push_app ON fault_push (app_id, fate);
CREATE TABLE fault_tally (
    fault  INTEGER NOT NULL REFERENCES fault (id) ON DELETE CASCADE,
    reg_id TEXT NOT NULL,
    day    INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (fault, reg_id)
) STRICT;
ALTER TABLE phone ADD COLUMN do_not_disturb INTEGER NOT NULL DEFAULT 0;
CREATE TABLE invalid_told (
    app_id TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, reg_id)
) STRICT;
CREATE TABLE receipt (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    app_id     TEXT NOT NULL,
    reg_id     TEXT NOT NULL,
    event      TEXT NOT NULL,
    event_at   INTEGER NOT NULL,
    url        TEXT NOT NULL,
    param      TEXT,
    stage      TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    status     INTEGER,
    detail     TEXT
) STRICT;
CREATE INDEX receipt_due ON receipt (due_at) WHERE stage IN ('waiting', 'posting');
";

// Phones of earlier versions were made without the channels of ColorOS.
const V4: &str = "ALTER TABLE phone ADD COLUMN system_channels INTEGER NOT NULL DEFAULT 0;";

// What was pushed before, in the order of its time: 16 bytes for app, target and app_message_id, 12 for the message id.
// `dedup` takes over what an older file has in `pushed`.
const V5: &str = "
CREATE TABLE repeat (
    id      INTEGER PRIMARY KEY,
    digest  BLOB NOT NULL UNIQUE,
    message BLOB NOT NULL,
    at_ms   INTEGER NOT NULL
) STRICT;
";

// One row. `ahead_ms` is how far the clock is ahead of the machine's, `start_ms` where a reset puts it; numbers are made
// from `seed`, and `drawn` counts them. What is due is found without a look at every phone.
const V6: &str = "
CREATE TABLE setting (
    ahead_ms INTEGER NOT NULL DEFAULT 0,
    start_ms INTEGER,
    seed     INTEGER,
    drawn    INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO setting DEFAULT VALUES;
CREATE INDEX delivery_due ON delivery (due_at) WHERE stage = 'held';
CREATE INDEX delivery_hide_due ON delivery (hide_at) WHERE stage = 'shown' AND hide_at IS NOT NULL;
";

// A phone that was made for a push takes channels and activities from those that come.
const V7: &str = "ALTER TABLE phone ADD COLUMN learns INTEGER NOT NULL DEFAULT 0;";

// A message saved for broadcasts; each broadcast of one, with what it counts. `due_at` is when more of its targets are to
// be pushed to; `after_phone` is the last phone that was. What is counted stays when its deliveries are forgotten.
const V8: &str = "
CREATE TABLE saved (
    id             INTEGER PRIMARY KEY,
    message_id     TEXT NOT NULL UNIQUE,
    app_id         TEXT NOT NULL,
    app_message_id TEXT,
    notification   TEXT NOT NULL,
    at_ms          INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_once ON saved (app_id, app_message_id) WHERE app_message_id IS NOT NULL;
CREATE TABLE broadcast (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id      TEXT NOT NULL UNIQUE,
    app_id       TEXT NOT NULL,
    message_id   TEXT NOT NULL,
    notification TEXT NOT NULL,
    target_type  INTEGER NOT NULL,
    target_value TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    due_at       INTEGER,
    after_phone  INTEGER NOT NULL DEFAULT 0,
    targets      INTEGER NOT NULL DEFAULT 0,
    valid        INTEGER NOT NULL DEFAULT 0,
    sent         INTEGER NOT NULL DEFAULT 0,
    arrived      INTEGER NOT NULL DEFAULT 0,
    shown        INTEGER NOT NULL DEFAULT 0,
    opened       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX broadcast_due ON broadcast (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX broadcast_message ON broadcast (message_id);
CREATE INDEX phone_app ON phone (app_id, id);
ALTER TABLE delivery ADD COLUMN task_id TEXT;
ALTER TABLE receipt ADD COLUMN task_id TEXT;
CREATE INDEX delivery_message ON delivery (message_id);
CREATE TRIGGER delivery_forgotten AFTER DELETE ON delivery WHEN OLD.task_id IS NOT NULL BEGIN
    UPDATE broadcast SET
        arrived = arrived + (OLD.reached_at IS NOT NULL),
        shown = shown + (OLD.shown_at IS NOT NULL),
        opened = opened + (OLD.stage = 'opened')
    WHERE task_id = OLD.task_id;
END;
CREATE TABLE tag (
    app_id TEXT NOT NULL,
    name   TEXT NOT NULL,
    about  TEXT NOT NULL,
    family TEXT,
    PRIMARY KEY (app_id, name)
) STRICT;
CREATE TABLE tagged (
    app_id TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    tag    TEXT NOT NULL,
    PRIMARY KEY (app_id, reg_id, tag)
) STRICT, WITHOUT ROWID;
";

// A push that is shown at once touches its row, and one index. `forgotten` counts the pushes that are no longer kept.
// Phones that were added in bulk share a row of `install` for what is on them, until one is changed. They are found by an
// index of those that don't.
const V9: &str = "
DROP INDEX delivery_phone;
DROP INDEX delivery_stage;
CREATE INDEX delivery_phone ON delivery (phone, stage);
CREATE INDEX delivery_held ON delivery (phone, due_at) WHERE stage = 'held';
CREATE TABLE forgotten (
    phone  INTEGER NOT NULL REFERENCES phone (id) ON DELETE CASCADE,
    stage  TEXT NOT NULL,
    pushes INTEGER NOT NULL,
    PRIMARY KEY (phone, stage)
) STRICT, WITHOUT ROWID;
CREATE TABLE install (
    id         INTEGER PRIMARY KEY,
    channels   TEXT NOT NULL,
    activities TEXT NOT NULL,
    UNIQUE (channels, activities)
) STRICT;
ALTER TABLE phone ADD COLUMN install INTEGER REFERENCES install (id);
CREATE INDEX phone_listed ON phone (id) WHERE install IS NULL;
CREATE TABLE registration_by_id (
    reg_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    phone  INTEGER REFERENCES phone (id) ON DELETE SET NULL
) STRICT, WITHOUT ROWID;
INSERT INTO registration_by_id SELECT * FROM registration ORDER BY reg_id;
DROP TABLE registration;
ALTER TABLE registration_by_id RENAME TO registration;
CREATE INDEX registration_phone ON registration (phone);
";

// `phone` has the login that a callback of a change of presence is about. A `due_at` that lies ahead is a lost connection
// that the server has not noticed yet.
const V10: &str = "
CREATE TABLE im_webhook (url TEXT NOT NULL) STRICT;
CREATE TABLE im_callback (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    sdk_app_id INTEGER NOT NULL,
    command    TEXT NOT NULL,
    platform   TEXT NOT NULL,
    phone      TEXT,
    body       TEXT NOT NULL,
    event_at   INTEGER NOT NULL,
    url        TEXT NOT NULL,
    stage      TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    status     INTEGER,
    detail     TEXT
) STRICT;
CREATE INDEX im_callback_due ON im_callback (due_at) WHERE stage IN ('waiting', 'posting');
CREATE INDEX im_push_message ON im_push (message_id) WHERE message_id IS NOT NULL;
";

// Of the few that are kept, one is found without it; keeping it up to date took longer than the rest of a push.
const V11: &str = "DROP INDEX delivery_message;";

// The bytes that were uploaded; `over_ms` is when OPPO no longer sends them.
const V12: &str = "
CREATE TABLE picture (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL, kind TEXT NOT NULL,
    format TEXT NOT NULL, bytes BLOB NOT NULL, at_ms INTEGER NOT NULL, over_ms INTEGER NOT NULL
) STRICT;
";
