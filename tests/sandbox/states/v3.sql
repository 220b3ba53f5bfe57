PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alias (
    app_id TEXT NOT NULL,
    alias  TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, alias),
    UNIQUE (app_id, reg_id)
) STRICT;
INSERT INTO "alias" VALUES('30001','alice','CN_b6d327e222e28076d509dbca76a79f74');
CREATE TABLE app (
    app_id        TEXT PRIMARY KEY,
    app_key       TEXT NOT NULL UNIQUE,
    master_secret TEXT NOT NULL,
    package       TEXT NOT NULL
) STRICT;
INSERT INTO "app" VALUES('30001','sandbox-demo-app-key','sandbox-demo-master-secret','com.example.demo');
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
INSERT INTO "call" VALUES(1,1795516608487,'30001','POST','/server/v1/auth',replace(replace('POST /server/v1/auth HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\naccept: application/json\r\nuser-agent: opush/0.1.0\r\nhost: 127.0.0.1:40635\r\ncontent-length: 122\r\n\r\napp_key=sandbox-demo-app-key&timestamp=1795516608487&sign=ab8e0d51c7d5543516aecca6d743bc57d416b4cc4edb6dd0abaa7cdd77fab03e','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"app_key","ok":true,"detail":"AppID 30001"},{"name":"timestamp","ok":true,"detail":"0 ms behind"},{"name":"sign","ok":true,"detail":""}]','[]',0,'{"code":0,"message":"success","data":{"auth_token":"***","create_time":1795516608487}}');
INSERT INTO "call" VALUES(2,1795516608489,'30001','POST','/server/v1/message/notification/unicast',replace(replace('POST /server/v1/message/notification/unicast HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\naccept: application/json\r\nuser-agent: opush/0.1.0\r\nhost: 127.0.0.1:40635\r\ncontent-length: 407\r\n\r\nauth_token=***&message=%7B%22target_type%22%3A5%2C%22target_value%22%3A%22alice%22%2C%22notification%22%3A%7B%22title%22%3A%22Alice%22%2C%22content%22%3A%22see+you+at+8%3F%22%2C%22click_action_type%22%3A4%2C%22click_action_activity%22%3A%22com.example.demo.SplashActivity%22%2C%22channel_id%22%3A%22tuikit%22%2C%22app_message_id%22%3A%22opush-01M86J2BZ5QZ640D59NCFW6EG5%22%7D%7D','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"auth_token","ok":true,"detail":""},{"name":"message","ok":true,"detail":""},{"name":"alias","ok":true,"detail":"CN_b6d327e222e28076d509dbca76a79f74"}]','[]',0,'{"code":0,"message":"","data":{"messageId":"30001-1-1-c9866a5059791ffb67235d79"}}');
INSERT INTO "call" VALUES(3,1795516608521,'30001','POST','/server/v1/auth',replace(replace('POST /server/v1/auth HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\n\r\napp_key=sandbox-demo-app-key&timestamp=1795516608521&sign=7578562390c96b8a94f59f73a6ebae446a7b66f1f76ed6b85fef5f8b4a138c51','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"app_key","ok":true,"detail":"AppID 30001"},{"name":"timestamp","ok":true,"detail":"0 ms behind"},{"name":"sign","ok":true,"detail":""}]','[]',0,'{"code":0,"message":"success","data":{"auth_token":"***","create_time":1795516608521}}');
INSERT INTO "call" VALUES(4,1795516608521,'30001','POST','/server/v1/message/notification/unicast',replace(replace('POST /server/v1/message/notification/unicast HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\n\r\nauth_token=***&message=%7B%22target_type%22%3A2%2C%22target_value%22%3A%22CN_b6d327e222e28076d509dbca76a79f74%22%2C%22notification%22%3A%7B%22app_message_id%22%3A%22967dea105a6b65c1%22%2C%22style%22%3A1%2C%22title%22%3A%22administrator%22%2C%22content%22%3A%22hello%22%2C%22click_action_type%22%3A4%2C%22click_action_activity%22%3A%22com.example.demo.SplashActivity%22%2C%22channel_id%22%3A%22tuikit%22%7D%7D','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"auth_token","ok":true,"detail":""},{"name":"message","ok":true,"detail":""},{"name":"reg_id","ok":true,"detail":""}]','[]',0,'{"code":0,"message":"","data":{"messageId":"30001-1-1-122442b528a775fa79eec128"}}');
INSERT INTO "call" VALUES(5,1795516608523,'1400000001','POST','/v4/openim/sendmsg?sdkappid=1400000001&identifier=administrator&usersig=***&random=725749306&contenttype=json',replace(replace('POST /v4/openim/sendmsg?sdkappid=1400000001&identifier=administrator&usersig=***&random=725749306&contenttype=json HTTP/1.1\r\ncontent-type: application/json\r\naccept: application/json\r\nuser-agent: opush/0.1.0\r\nhost: 127.0.0.1:34875\r\ncontent-length: 111\r\n\r\n{"To_Account":"bob","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}],"MsgRandom":2208556028}','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"query","ok":true,"detail":""},{"name":"sdkappid","ok":true,"detail":""},{"name":"usersig","ok":true,"detail":""},{"name":"identifier","ok":true,"detail":""},{"name":"body","ok":true,"detail":""},{"name":"body-length","ok":true,"detail":""},{"name":"message","ok":true,"detail":""},{"name":"To_Account","ok":true,"detail":""},{"name":"push","ok":true,"detail":"bob on find-x: pushed (OPPO took it)"}]','[]',0,'{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1795516608,"MsgKey":"45125_2208556028_1795516608"}');
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
INSERT INTO "delivery" VALUES(1,2,'30001-1-1-c9866a5059791ffb67235d79','CN_b6d327e222e28076d509dbca76a79f74','{"app_message_id":"opush-01M86J2BZ5QZ640D59NCFW6EG5","style":1,"title":"Alice","content":"see you at 8?","channel_id":"tuikit","click_action_type":4,"click_action_activity":"com.example.demo.SplashActivity","off_line":true,"off_line_ttl":86400}',NULL,'shown',NULL,1795516608489,1795516608489,1795516608489,NULL,1795516608489,1795516608489);
INSERT INTO "delivery" VALUES(2,2,'30001-1-1-122442b528a775fa79eec128','CN_b6d327e222e28076d509dbca76a79f74','{"app_message_id":"967dea105a6b65c1","style":1,"title":"administrator","content":"hello","channel_id":"tuikit","click_action_type":4,"click_action_activity":"com.example.demo.SplashActivity","off_line":true,"off_line_ttl":86400}',NULL,'shown',NULL,1795516608521,1795516608521,1795516608521,NULL,1795516608521,1795516608521);
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
CREATE TABLE fault_tally (
    fault  INTEGER NOT NULL REFERENCES fault (id) ON DELETE CASCADE,
    reg_id TEXT NOT NULL,
    day    INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (fault, reg_id)
) STRICT;
CREATE TABLE im_account (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    nick       TEXT,
    kicked_at  INTEGER,
    PRIMARY KEY (sdk_app_id, user)
) STRICT;
INSERT INTO "im_account" VALUES(1400000001,'administrator',NULL,NULL);
INSERT INTO "im_account" VALUES(1400000001,'bob',NULL,NULL);
CREATE TABLE im_app (
    sdk_app_id INTEGER PRIMARY KEY,
    admin      TEXT NOT NULL,
    secret_key TEXT NOT NULL
) STRICT;
INSERT INTO "im_app" VALUES(1400000001,'administrator','opush-sandbox-secret-key-000000000000000000000000000000000000000');
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
INSERT INTO "im_certificate" VALUES(1400000001,1,'30001','tuikit','{"activity":"com.example.demo.SplashActivity"}',NULL,0,NULL);
CREATE TABLE im_message (
    sdk_app_id INTEGER NOT NULL,
    sender     TEXT NOT NULL,
    receiver   TEXT NOT NULL,
    random     INTEGER NOT NULL,
    second     INTEGER NOT NULL,
    msg_key    TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, sender, receiver, random, second)
) STRICT;
INSERT INTO "im_message" VALUES(1400000001,'administrator','bob',2208556028,1795516608,'45125_2208556028_1795516608');
CREATE TABLE im_mute (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    sender     TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, user, sender)
) STRICT;
CREATE TABLE im_oppo_token (
    app_id TEXT PRIMARY KEY,
    token  TEXT NOT NULL
) STRICT;
INSERT INTO "im_oppo_token" VALUES('30001','837c14b79dbc727bb110155842cb9aa4');
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
INSERT INTO "im_push" VALUES(1,'967dea105a6b65c1',1795516608521,1400000001,'45125_2208556028_1795516608','administrator','bob','find-x','CN_b6d327e222e28076d509dbca76a79f74',1,NULL,'OPPO took it',0,'30001-1-1-122442b528a775fa79eec128');
CREATE TABLE im_report (
    phone          TEXT PRIMARY KEY REFERENCES phone (name) ON DELETE CASCADE,
    sdk_app_id     INTEGER NOT NULL,
    user           TEXT NOT NULL,
    certificate_id INTEGER,
    reg_id         TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
INSERT INTO "im_report" VALUES('find-x',1400000001,'bob',1,'CN_b6d327e222e28076d509dbca76a79f74',1795516608499);
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
INSERT INTO "im_session" VALUES('find-x',1400000001,'bob','killed',0,1795516608499,1795516608511,1795516608511,1795516608511,NULL,0);
CREATE TABLE invalid_told (
    app_id TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, reg_id)
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
, do_not_disturb INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "phone" VALUES(1,'demo','30001','com.example.demo','oppo','OPPO Find X',14,'wifi',1,1,'CN_076aa4dc1352ef36c39000557fadb42e','[{"id":"tuikit","importance":"default"}]','[{"name":"com.example.demo.MainActivity","exported":true,"filters":[{"actions":["android.intent.action.MAIN"],"categories":["android.intent.category.LAUNCHER"],"data_schemes":[]}]},{"name":"com.example.demo.SplashActivity","exported":true,"filters":[]}]',0);
INSERT INTO "phone" VALUES(2,'find-x','30001','com.example.demo','oppo','OPPO Find X',14,'wifi',1,1,'CN_b6d327e222e28076d509dbca76a79f74','[{"id":"tuikit","importance":"default"}]','[{"name":"com.example.demo.MainActivity","exported":true,"filters":[{"actions":["android.intent.action.MAIN"],"categories":["android.intent.category.LAUNCHER"],"data_schemes":[]}]},{"name":"com.example.demo.SplashActivity","exported":true,"filters":[]}]',0);
CREATE TABLE pushed (
    app_id         TEXT NOT NULL,
    target         TEXT NOT NULL,
    app_message_id TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    PRIMARY KEY (app_id, target, app_message_id)
) STRICT;
INSERT INTO "pushed" VALUES('30001','CN_b6d327e222e28076d509dbca76a79f74','opush-01M86J2BZ5QZ640D59NCFW6EG5','30001-1-1-c9866a5059791ffb67235d79',1795516608489);
INSERT INTO "pushed" VALUES('30001','CN_b6d327e222e28076d509dbca76a79f74','967dea105a6b65c1','30001-1-1-122442b528a775fa79eec128',1795516608521);
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
CREATE TABLE registration (
    reg_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    phone  INTEGER REFERENCES phone (id) ON DELETE SET NULL
) STRICT;
INSERT INTO "registration" VALUES('CN_076aa4dc1352ef36c39000557fadb42e','30001',1);
INSERT INTO "registration" VALUES('CN_b6d327e222e28076d509dbca76a79f74','30001',2);
CREATE TABLE tally (
    app_id TEXT NOT NULL,
    what   TEXT NOT NULL,
    period INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (app_id, what)
) STRICT;
CREATE TABLE token (
    token      TEXT PRIMARY KEY,
    app_id     TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
INSERT INTO "token" VALUES('397f949aea23dcc7a6d94766e9f712ce','30001',1795516608487);
INSERT INTO "token" VALUES('837c14b79dbc727bb110155842cb9aa4','30001',1795516608521);
CREATE INDEX token_by_age ON token (created_ms);
CREATE INDEX registration_phone ON registration (phone);
CREATE INDEX delivery_phone ON delivery (phone, seq);
CREATE INDEX delivery_stage ON delivery (phone, stage, due_at);
CREATE INDEX delivery_hide ON delivery (phone, hide_at) WHERE stage = 'shown' AND hide_at IS NOT NULL;
CREATE INDEX im_session_user ON im_session (sdk_app_id, user);
CREATE INDEX im_message_by_age ON im_message (second);
CREATE INDEX im_push_id ON im_push (push_id);
CREATE INDEX fault_push_message ON fault_push (message_id);
CREATE INDEX fault_push_app ON fault_push (app_id, fate);
CREATE INDEX receipt_due ON receipt (due_at) WHERE stage IN ('waiting', 'posting');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('phone',2);
INSERT INTO "sqlite_sequence" VALUES('call',5);
INSERT INTO "sqlite_sequence" VALUES('delivery',2);
INSERT INTO "sqlite_sequence" VALUES('im_push',1);
COMMIT;
PRAGMA user_version=3;
