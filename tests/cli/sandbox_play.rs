//! `opush sandbox play`: the story of the documents, every problem of a file at once, and how a story ends.

use serde_json::{Value, json};

use super::harness::Home;

/// The story in docs/sandbox-stories.md.
fn documented() -> String {
    let page =
        std::fs::read_to_string(format!("{}/docs/sandbox-stories.md", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (_, from) = page.split_once("```toml\n").unwrap();
    from.split_once("```").unwrap().0.to_owned()
}

fn verdicts(played: &Value) -> Vec<&str> {
    played["steps"].as_array().unwrap().iter().map(|step| step["verdict"].as_str().unwrap()).collect()
}

#[test]
fn the_story_of_the_documents_ends_well_with_and_without_a_running_sandbox() {
    let home = Home::new();
    home.write("order.toml", documented());
    let (code, played) = home.json(&["sandbox", "play", "order.toml"]);
    assert_eq!(code, 0, "{played:#}");
    assert_eq!(verdicts(&played), ["done"; 9]);
    assert_eq!(played["steps"][2]["seen"], "held on find-x, waits-for-network");
    assert_eq!(played["steps"][6]["seen"], "com.example.demo.SplashActivity opened");
    let _sandbox = home.sandbox(&["--ephemeral"]);
    home.run(&["sandbox", "play", "order.toml"]).expect(0);
}

#[test]
fn every_problem_of_a_file_is_named_with_its_place_and_nothing_is_played() {
    let home = Home::new();
    home.write(
        "broken.toml",
        "colour = 1\n[[step]]\nphone = { name = \"p\", size = 3, weight = 2 }\n[[step]]\nfly = {}\n[[step]]\n\
         push = { phone = \"p\", title = \"t\" }\n[[step]]\nclock = { advance = \"soon\" }\n[[step]]\n\
         login = { phone = \"p\", user = \"u\" }\nkill = { phone = \"p\" }\n",
    );
    let (code, refused) = home.json(&["sandbox", "play", "broken.toml"]);
    assert_eq!(code, 3, "{refused:#}");
    let problems = refused["error"]["problems"].as_array().unwrap();
    let found: Vec<(&str, &str)> =
        problems.iter().map(|one| (one["kind"].as_str().unwrap(), one["place"].as_str().unwrap())).collect();
    assert_eq!(
        found,
        [
            ("unknown-key", "broken.toml:1:1"),
            ("unknown-key", "broken.toml:3:23"),
            ("unknown-key", "broken.toml:3:33"),
            ("unknown-key", "broken.toml:5:1"),
            ("missing-key", "broken.toml:7:1"),
            ("bad-value", "broken.toml:9:9"),
            ("bad-value", "broken.toml:10:1"),
        ],
        "{refused:#}"
    );
    let (_, phones) = home.json(&["sandbox", "phone", "list"]);
    assert_eq!(phones["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_first_step_that_fails_is_the_last_and_its_line_is_named() {
    for (step, seen) in [
        ("expect = { title = \"no\", within = \"10ms\" }", "there is no such message"),
        (
            "expect = { title = \"t\", stage = \"dropped\", within = \"10ms\" }",
            "the nearest message is shown on demo",
        ),
        (
            "push = { phone = \"demo\", title = \"t\", content = \"c\", refused = true }",
            "OPPO accepted it, and was to refuse it",
        ),
        ("tap = { phone = \"demo\", opens = \"a.B\" }", "com.example.demo.SplashActivity opened"),
        ("kill = { phone = \"nobody\" }", "there is no phone \"nobody\""),
        ("clock = {}", "a clock is moved by one of set, advance and follow = true"),
    ] {
        let home = Home::new();
        let text = format!(
            "title = \"t\"\n[[step]]\npush = {{ phone = \"demo\", title = \"t\", content = \"c\" }}\n[[step]]\n{step}\n\
             [[step]]\nclear-faults = {{}}\n"
        );
        home.write("story.toml", &text);
        let (code, played) = home.json(&["sandbox", "play", "story.toml"]);
        assert_eq!(code, 8, "{played:#}");
        assert_eq!(verdicts(&played), ["done", "failed", "skipped"]);
        assert_eq!(played["steps"][1]["seen"], seen);
        let error = &played["error"];
        assert_eq!(
            (&error["kind"], &error["place"]),
            (&json!("broken-link"), &json!("story.toml:5")),
            "{played:#}"
        );
    }
}

#[test]
fn users_log_in_and_out_and_faults_are_cleared() {
    let home = Home::new();
    let story = "[[step]]\nreset = {}\n[[step]]\nphone = { name = \"p\" }\n[[step]]\nlogin = { phone = \"p\", user = \"u\" }\n\
        [[step]]\nbackground = { phone = \"p\" }\n[[step]]\nopen = { phone = \"p\" }\n[[step]]\nkill = { phone = \"p\" }\n\
        [[step]]\nlogout = { phone = \"p\" }\n[[step]]\nfault = { fault = \"code=33\" }\n[[step]]\nclear-faults = {}\n\
        [[step]]\nclock = { set = \"2026-01-01T00:00:00Z\" }\n[[step]]\nclock = { follow = true }\n\
        [[step]]\npush = { phone = \"p\", title = \"t\", content = \"c\", notification = { channel_id = \"other\" } }\n\
        [[step]]\nexpect = { phone = \"p\", text = \"c\", stage = \"dropped\", reason = \"channel-missing\" }\n\
        [[step]]\ntap = { phone = \"p\", reason = \"nothing-shown\" }\n";
    home.write("story.toml", story);
    let ran = home.run(&["sandbox", "play", "story.toml"]);
    assert!(ran.stdout.contains("ok       u logs in on p"), "{ran}");
    ran.expect(0);
}

/// A user who is away gets a message pushed, one whose app runs or who logged out does not.
#[test]
fn a_message_goes_through_the_im_server_which_decides() {
    let home = Home::new();
    let story = r#"
[[step]]
phone = { name = "p", brand = "realme", channels = [{ id = "tuikit", importance = "low" }] }
[[step]]
login = { phone = "p", user = "bob" }
[[step]]
message = { to = "bob", text = "are you there?", reason = "online" }
[[step]]
kill = { phone = "p" }
[[step]]
message = { to = "bob", text = "see you at 8?", title = "Alice", extras = { orderId = "42" } }
[[step]]
expect = { phone = "p", title = "Alice", text = "see you", extras = { orderId = "42" }, stage = "shown" }
[[step]]
dismiss = { phone = "p" }
[[step]]
logout = { phone = "p" }
[[step]]
message = { to = "bob", text = "and now?", reason = "logged-out" }
[[step]]
register = { phone = "p" }
[[step]]
message = { to = "bob", text = "and now?" }
[[step]]
dismiss = { phone = "p" }
"#;
    home.write("story.toml", story);
    let (code, played) = home.json(&["sandbox", "play", "story.toml"]);
    assert_eq!(code, 8, "{played:#}");
    let expected = [["done"; 10].as_slice(), &["failed", "skipped"]].concat();
    assert_eq!(verdicts(&played), expected, "{played:#}");
    let seen = |at: usize| played["steps"][at]["seen"].as_str().unwrap();
    assert_eq!([seen(2), seen(4), seen(8)], ["not pushed: online", "pushed to p", "not pushed: logged-out"]);
    assert_eq!(seen(10), "not pushed: logged-out");
    assert!(seen(5).starts_with("shown on p"), "{}", seen(5));
}
