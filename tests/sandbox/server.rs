//! The server itself: readiness, unknown paths, limits of size and time, a clean stop, two servers on one state.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use opush::listen::{Limits, ListenError};
use opush::sandbox::{LIMITS, Options, start};
use serde_json::json;

use super::harness::{APP_ID, APP_KEY, FORM, MASTER_SECRET, Sandbox, register, sign, state};
use super::{phones, wire};

#[test]
fn the_sandbox_says_when_it_is_ready() {
    let sandbox = Sandbox::new();
    let reply = sandbox.send("GET", "/readyz", &[], b"");
    assert_eq!((reply.status, reply.json()), (200, json!({ "ready": true })));
}

#[test]
fn a_path_that_is_not_the_vendors_is_a_404_with_an_envelope() {
    let sandbox = Sandbox::new();
    for path in ["/favicon.ico", "/serverless"] {
        let reply = sandbox.send("GET", path, &[], b"");
        assert_eq!((reply.status, reply.code()), (404, 20), "{path}");
    }
}

#[test]
fn the_page_is_at_the_root_and_loads_nothing_from_elsewhere() {
    let sandbox = Sandbox::new();
    let reply = sandbox.send("GET", "/", &[], b"");
    assert_eq!(reply.status, 200);
    let policy = reply.head.lines().find(|line| line.starts_with("content-security-policy: ")).unwrap();
    assert!(policy.contains("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    // Anything but a look at it is a call of OPPO's that there is not.
    assert_eq!(sandbox.send("POST", "/", &[], b"").code(), 20);
}

#[test]
fn the_status_of_a_refusal_is_a_rule() {
    let sandbox = Sandbox::with_rules(&["refusal-status=400".into()]);
    let reply = sandbox.form("/server/v1/auth", &[]);
    assert_eq!((reply.status, reply.code()), (400, 15));
    sandbox.token();
}

/// A full disk, say. The call is logged where that is still possible, and the process that runs the sandbox hears of it.
#[test]
fn an_error_of_the_sandbox_itself_is_a_500_that_names_the_sandbox() {
    let sandbox = Sandbox::new();
    sandbox.state.with(|tx| tx.execute_batch("DROP TABLE token; DROP TABLE im_app")).unwrap();
    let now = sandbox.now();
    let auth = [
        format!("app_key={APP_KEY}"),
        format!("timestamp={now}"),
        format!("sign={}", sign(now, MASTER_SECRET)),
    ];
    let of_oppo = sandbox.form("/server/v1/auth", &auth);
    let query = "sdkappid=1&identifier=a&usersig=s&random=1&contenttype=json";
    let of_im = sandbox.send("POST", &format!("/v4/openim/sendmsg?{query}"), &[], b"{}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (reply, call, service) in
        [(of_oppo, "/server/v1/auth", "OPPO"), (of_im, "/v4/openim/sendmsg", "the IM server")]
    {
        let text = String::from_utf8(reply.body.clone()).unwrap();
        assert_eq!(reply.status, 500, "{text}");
        assert!(text.starts_with(&format!("the opush sandbox failed; {service} did not answer: ")), "{text}");
        assert!(text.contains("no such table"), "{text}");
        let reported = runtime.block_on(sandbox.state.next_error());
        assert!(reported.contains(call) && reported.ends_with(&text), "{reported}");
        assert!(!reported.contains("usersig=s"), "{reported}");
        let logged = sandbox.calls().into_iter().find(|logged| logged.path.contains(call)).unwrap();
        let check = logged.checks.last().unwrap();
        assert_eq!((logged.code, check.name.as_str(), check.ok), (-1, "sandbox", false));
        assert_eq!((&check.detail, &logged.answer), (&text, &text));
    }
}

#[test]
fn one_connection_carries_many_calls() {
    let sandbox = Sandbox::new();
    let mut stream = TcpStream::connect(sandbox.addr).unwrap();
    for _ in 0..3 {
        stream
            .write_all(b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        assert_eq!(wire::parse(&answer).code(), 15);
    }
}

#[test]
fn an_oversized_body_gets_an_envelope_and_is_logged() {
    let sandbox = Sandbox::new();
    let reply = sandbox.send("POST", "/server/v1/auth", &[FORM.into()], &vec![b'a'; 3 * 1024 * 1024]);
    assert_eq!((reply.status, reply.code()), (200, 41));
    let call = sandbox.last_call();
    assert_eq!(call.checks.last().unwrap().detail, "the body is larger than 2097152 bytes");
    let announced =
        b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n";
    let reply = wire::exchange(sandbox.addr, announced);
    assert_eq!((reply.status, reply.code()), (200, 41));
    sandbox.token();
}

#[test]
fn an_oversized_body_in_chunks_gets_an_envelope() {
    let sandbox = Sandbox::new();
    let mut request = b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
        Transfer-Encoding: chunked\r\n\r\n"
        .to_vec();
    for _ in 0..3 {
        request.extend_from_slice(b"100000\r\n");
        request.extend(std::iter::repeat_n(b'a', 0x10_0000));
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    assert_eq!(wire::exchange(sandbox.addr, &request).code(), 41);
}

const SHORT: Duration = Duration::from_millis(300);

fn limited(limits: Limits) -> Sandbox {
    let (state, clock) = state(None, &[]);
    register(&state);
    Sandbox::serve(state, clock, limits)
}

/// Serves one that is cut off itself, where this thread was held up in the middle of a request, the next time.
fn is_served(sandbox: &Sandbox) {
    while std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| sandbox.token())).is_err() {}
}

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let sandbox = limited(Limits { head: SHORT, ..LIMITS });
    for start in ["", "POST /server/v1/auth HT", "POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\n"] {
        let mut stream = TcpStream::connect(sandbox.addr).unwrap();
        stream.write_all(start.as_bytes()).unwrap();
        // Ends because the server closes; otherwise this test never does.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    is_served(&sandbox);
}

#[test]
fn a_body_that_never_ends_gets_an_envelope() {
    let sandbox = limited(Limits { body: SHORT, ..LIMITS });
    let reply = wire::exchange(
        sandbox.addr,
        b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\napp",
    );
    assert_eq!((reply.status, reply.code()), (200, 41));
    assert_eq!(sandbox.last_call().checks.last().unwrap().detail, "the body did not arrive in time");
}

#[test]
fn more_connections_than_allowed_wait_for_their_turn() {
    let sandbox = limited(Limits { connections: 2, head: SHORT, ..LIMITS });
    let idle: Vec<TcpStream> = (0..6).map(|_| TcpStream::connect(sandbox.addr).unwrap()).collect();
    is_served(&sandbox);
    drop(idle);
}

#[test]
fn stopping_closes_the_port_and_idle_connections() {
    let mut sandbox = Sandbox::new();
    let mut idle = TcpStream::connect(sandbox.addr).unwrap();
    idle.write_all(b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n").unwrap();
    let mut first = [0; 1];
    idle.read_exact(&mut first).unwrap();
    sandbox.stop();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"}"), "the answer under way was finished");
    assert!(TcpStream::connect(sandbox.addr).is_err());
}

#[test]
fn stopping_does_not_wait_for_ever_for_a_call_under_way() {
    let (state, clock) = state(None, &[]);
    let stop = Duration::from_millis(30);
    let mut sandbox = Sandbox::serve(state, clock, Limits { stop, ..LIMITS });
    let mut stream = TcpStream::connect(sandbox.addr).unwrap();
    stream
        .write_all(b"POST /server/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\napp")
        .unwrap();
    sandbox.stop();
    let _ = stream.read_to_end(&mut Vec::new());
}

#[test]
fn the_sandbox_listens_on_loopback_only_unless_allowed() {
    let (state, _) = state(None, &[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = Options::new("0.0.0.0:0".parse().unwrap(), state.clone());
        assert!(matches!(start(options).await, Err(ListenError::BeyondLoopback(_))));
        let taken = start(Options::new("127.0.0.1:0".parse().unwrap(), state.clone())).await.unwrap();
        let again = start(Options::new(taken.addr, state)).await;
        assert!(matches!(again, Err(ListenError::Bind { .. })));
    });
}

#[test]
fn two_servers_share_one_state_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.db");
    let servers: Vec<Sandbox> = (0..2)
        .map(|_| {
            let (state, clock) = state(Some(&path), &[]);
            register(&state);
            Sandbox::serve(state, clock, LIMITS)
        })
        .collect();
    let reg_id = phones::add_phone(&servers[0].state, APP_ID);
    let token = servers[0].token();
    let message =
        json!({ "target_type": 2, "target_value": reg_id, "notification": { "title": "T", "content": "C" } });
    std::thread::scope(|scope| {
        for sender in 0..8 {
            let (server, token, message) = (&servers[sender % 2], &token, &message);
            scope.spawn(move || {
                for _ in 0..10 {
                    assert_eq!(server.unicast(token, message).code(), 0);
                }
            });
        }
    });
    let arrived = phones::arrived(&servers[1].state, &reg_id);
    let ids: std::collections::BTreeSet<_> = arrived.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!((arrived.len(), ids.len()), (80, 80));
    assert_eq!(servers[0].calls().len(), 81);
}
