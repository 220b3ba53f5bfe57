PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE app (
    app_id        TEXT PRIMARY KEY,
    app_key       TEXT NOT NULL UNIQUE,
    master_secret TEXT NOT NULL,
    package       TEXT NOT NULL
) STRICT;
INSERT INTO app VALUES('30001','sandbox-demo-app-key','sandbox-demo-master-secret','com.example.demo');
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
INSERT INTO call VALUES(1,1795508679234,'30001','POST','/server/v1/auth',replace(replace('POST /server/v1/auth HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\naccept: application/json\r\nuser-agent: opush/0.1.0\r\nhost: 127.0.0.1:35683\r\ncontent-length: 122\r\n\r\napp_key=sandbox-demo-app-key&timestamp=1795508679233&sign=e238cbab96b4a23724c8bda3971ac36ea5acd82b5a063f2e8eb8cc0499ae3011','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"app_key","ok":true,"detail":"AppID 30001"},{"name":"timestamp","ok":true,"detail":"1 ms behind"},{"name":"sign","ok":true,"detail":""}]','[]',0,'{"code":0,"message":"success","data":{"auth_token":"***","create_time":1795508679234}}');
INSERT INTO call VALUES(2,1795508679268,'30001','POST','/server/v1/message/notification/unicast',replace(replace('POST /server/v1/message/notification/unicast HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded; charset=UTF-8\r\naccept: application/json\r\nuser-agent: opush/0.1.0\r\nhost: 127.0.0.1:35683\r\ncontent-length: 407\r\n\r\nauth_token=***&message=%7B%22target_type%22%3A5%2C%22target_value%22%3A%22alice%22%2C%22notification%22%3A%7B%22title%22%3A%22Alice%22%2C%22content%22%3A%22see+you+at+8%3F%22%2C%22click_action_type%22%3A4%2C%22click_action_activity%22%3A%22com.example.demo.SplashActivity%22%2C%22channel_id%22%3A%22tuikit%22%2C%22app_message_id%22%3A%22opush-01M86AGCJ1ZSTH326XYMHDCB9G%22%7D%7D','\r',char(13)),'\n',char(10)),'[{"name":"path","ok":true,"detail":""},{"name":"method","ok":true,"detail":""},{"name":"content-type","ok":true,"detail":""},{"name":"encoding","ok":true,"detail":""},{"name":"auth_token","ok":true,"detail":""},{"name":"message","ok":true,"detail":""},{"name":"alias","ok":true,"detail":"CN_d8251109ce2caf3ed21ec99bbc2ce6c6"}]','[]',0,'{"code":0,"message":"","data":{"messageId":"30001-1-1-66c8f5a4a86a09586d401976"}}');
CREATE TABLE token (
    token      TEXT PRIMARY KEY,
    app_id     TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
INSERT INTO token VALUES('d2db1579303649071c51db7d19c48297','30001',1795508679234);
CREATE TABLE pushed (
    app_id         TEXT NOT NULL,
    target         TEXT NOT NULL,
    app_message_id TEXT NOT NULL,
    message_id     TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    PRIMARY KEY (app_id, target, app_message_id)
) STRICT;
INSERT INTO pushed VALUES('30001','CN_d8251109ce2caf3ed21ec99bbc2ce6c6','opush-01M86AGCJ1ZSTH326XYMHDCB9G','30001-1-1-66c8f5a4a86a09586d401976',1795508679268);
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
INSERT INTO phone VALUES(1,'demo','30001','com.example.demo','oppo','OPPO Find X',14,'wifi',1,1,'CN_ff8507a178a896bceb002a777105f5ca','[{"id":"tuikit","importance":"default"}]','[{"name":"com.example.demo.MainActivity","exported":true,"filters":[{"actions":["android.intent.action.MAIN"],"categories":["android.intent.category.LAUNCHER"],"data_schemes":[]}]},{"name":"com.example.demo.SplashActivity","exported":true,"filters":[]}]');
INSERT INTO phone VALUES(2,'find-x','30001','com.example.demo','oppo','OPPO Find X',14,'wifi',1,1,'CN_d8251109ce2caf3ed21ec99bbc2ce6c6','[{"id":"tuikit","importance":"default"}]','[{"name":"com.example.demo.MainActivity","exported":true,"filters":[{"actions":["android.intent.action.MAIN"],"categories":["android.intent.category.LAUNCHER"],"data_schemes":[]}]},{"name":"com.example.demo.SplashActivity","exported":true,"filters":[]}]');
CREATE TABLE registration (
    reg_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    phone  INTEGER REFERENCES phone (id) ON DELETE SET NULL
) STRICT;
INSERT INTO registration VALUES('CN_ff8507a178a896bceb002a777105f5ca','30001',1);
INSERT INTO registration VALUES('CN_d8251109ce2caf3ed21ec99bbc2ce6c6','30001',2);
CREATE TABLE alias (
    app_id TEXT NOT NULL,
    alias  TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, alias),
    UNIQUE (app_id, reg_id)
) STRICT;
INSERT INTO alias VALUES('30001','alice','CN_d8251109ce2caf3ed21ec99bbc2ce6c6');
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
INSERT INTO delivery VALUES(1,2,'30001-1-1-66c8f5a4a86a09586d401976','CN_d8251109ce2caf3ed21ec99bbc2ce6c6','{"app_message_id":"opush-01M86AGCJ1ZSTH326XYMHDCB9G","style":1,"title":"Alice","content":"see you at 8?","channel_id":"tuikit","click_action_type":4,"click_action_activity":"com.example.demo.SplashActivity","off_line":true,"off_line_ttl":86400}',NULL,'shown',NULL,1795508679268,1795508679268,1795508679268,NULL,1795508679268,1795508679268);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('phone',2);
INSERT INTO sqlite_sequence VALUES('call',2);
INSERT INTO sqlite_sequence VALUES('delivery',1);
CREATE INDEX token_by_age ON token (created_ms);
CREATE INDEX registration_phone ON registration (phone);
CREATE INDEX delivery_phone ON delivery (phone, seq);
CREATE INDEX delivery_stage ON delivery (phone, stage, due_at);
CREATE INDEX delivery_hide ON delivery (phone, hide_at) WHERE stage = 'shown' AND hide_at IS NOT NULL;
COMMIT;
PRAGMA user_version=1;
