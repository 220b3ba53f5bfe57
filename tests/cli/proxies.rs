//! Proxies from the environment: used on the way to the vendor, never for this machine itself.

use super::harness::{Home, Ran};
use super::vendor::{Received, Reply, Vendor, answer, json};

const REG_ID: &str = "OPPO_CN_00000000000000000000000000000001";

fn home(endpoint: &str) -> Home {
    let config = format!(
        r#"
[profile.demo]
region = "cn"
{endpoint}

[[profile.demo.certificate]]
id = 7005
name = "demo-oppo"
app_id = "30001"
app_key = "demo-app-key"
master_secret = {{ env = "DEMO_MASTER_SECRET" }}
channel_id = "tuikit"
click = {{ action = "open-app" }}
"#
    );
    Home::with_config(&config).variable("DEMO_MASTER_SECRET", "demo-master-secret")
}

const SEND: [&str; 8] = ["send", "--reg-id", REG_ID, "--title", "Hi", "--content", "hello", "--json"];

fn send(home: &Home) -> Ran {
    home.run(&SEND)
}

fn proxy() -> Vendor {
    Vendor::start(|_, _| Reply::Close(answer("502 Bad Gateway", "text/html", b"<html>no way</html>")))
}

/// Nothing was sent, and the hint leads to the proxy.
#[track_caller]
fn assert_unreachable(ran: &Ran) {
    let value = ran.json();
    assert_eq!(
        (ran.code, &value["status"], &value["error"]["kind"]),
        (6, &"not_sent".into(), &"unreachable".into())
    );
    let hint = value["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("HTTPS_PROXY") && hint.contains("NO_PROXY"), "{hint}");
}

#[test]
fn the_vendor_is_reached_through_the_proxy_of_the_environment() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let proxy = proxy();
        let home = home("").variable(variable, &proxy.url());
        assert_unreachable(&send(&home));
        let asked: Vec<Received> = proxy.received();
        assert!((1..=3).contains(&asked.len()), "{variable}: {} times", asked.len());
        for request in asked {
            let first = request.head.lines().next().unwrap();
            assert_eq!(first, "CONNECT api-push-cn.heytapmobi.com:443 HTTP/1.1", "{variable}");
            assert!(!request.head.contains("demo-app-key") && request.body.is_empty());
        }
    }
}

#[test]
fn a_proxys_password_is_for_the_proxy_alone() {
    let proxy = proxy();
    let url = format!("http://me:pr0xy-pa55@{}", proxy.address);
    let home = home("").variable("HTTPS_PROXY", &url);
    let ran = send(&home);
    assert_unreachable(&ran);
    // me:pr0xy-pa55 in Base64.
    let head = proxy.received()[0].head.to_lowercase();
    assert!(head.contains("proxy-authorization: basic bwu6chiwehktcge1nq=="), "{head}");
    let history = home.run(&["history", "show", "1"]);
    for printed in [&ran, &history] {
        let text = printed.to_string();
        assert!(!text.contains("pr0xy-pa55") && !text.contains("bWU6cHIweHktcGE1NQ"), "{text}");
    }
}

/// 192.0.2.1 is nobody's (RFC 5737): without NO_PROXY the proxy is asked for it, with it the proxy is left alone.
#[test]
fn hosts_in_no_proxy_are_reached_without_it() {
    for (no_proxy, asked) in [
        ("", true),
        ("example.com", true),
        ("192.0.2.1", false),
        ("192.0.2.0/24", false),
        ("*", false),
        ("example.com, *", false),
    ] {
        let proxy = proxy();
        let home = home("endpoint = \"https://192.0.2.1\"")
            .variable("HTTPS_PROXY", &proxy.url())
            .variable("NO_PROXY", no_proxy);
        // Nothing answers there, so that only the deadline ends it; the proxy answers at once.
        let deadline: &[&str] = if asked { &[] } else { &["--timeout", "3s"] };
        assert_unreachable(&home.run(&[&SEND, deadline].concat()));
        assert_eq!(proxy.connections() > 0, asked, "NO_PROXY={no_proxy}");
    }
}

#[test]
fn a_proxy_is_never_used_for_this_machine() {
    let vendor = Vendor::start(|request, _| {
        Reply::Keep(json(match request.is_auth() {
            true => r#"{"code":0,"data":{"auth_token":"t","create_time":1700000000000}}"#,
            false => r#"{"code":0,"data":{"messageId":"30001-1-1-aa"}}"#,
        }))
    });
    let proxy = proxy();
    let ways = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"];
    let through = |mut home: Home| {
        ways.iter().for_each(|way| home.set(way, &proxy.url()));
        home
    };
    for host in ["127.0.0.1", "localhost"] {
        let home = through(home(&format!("endpoint = \"http://{host}:{}\"", vendor.address.port())));
        assert_eq!(send(&home).expect(0).json()["status"], "accepted");
    }
    // TLS fails there, which is no matter: the proxy was not asked.
    let secure = through(home(&format!("endpoint = \"https://{}\"", vendor.address)));
    assert_eq!(send(&secure).expect(6).json()["status"], "not_sent");

    // The sandbox's commands, too, with one running and with none.
    let sandbox_home = through(Home::new());
    let phones = sandbox_home.run(&["sandbox", "phone", "add", "--name", "p"]).expect(0);
    let _running = sandbox_home.sandbox(&[]);
    sandbox_home.run(&["sandbox", "phone", "show", "p"]).expect(0);
    drop(phones);
    assert_eq!(proxy.connections(), 0);
}
