//! Each kind of expectation, met and not met, against the sandbox.

use super::{NOBODY, PHONE, home, run, verdicts};

#[test]
fn acceptance_refusal_and_code() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let nobody = format!("target = {{ reg_id = \"{NOBODY}\" }}");
    let scenario = format!(
        "{PHONE}[[case]]\nname = \"accepted\"\n[[case]]\nname = \"refused\"\n{nobody}\nexpect = {{ status = \"refused\" }}\n\
         [[case]]\nname = \"its code\"\n{nobody}\nexpect = {{ code = 10000 }}\n\
         [[case]]\nname = \"another code\"\n{nobody}\nexpect = {{ code = 67 }}\n\
         [[case]]\nname = \"not accepted\"\n{nobody}\n[[case]]\nname = \"not refused\"\nexpect = {{ status = \"refused\" }}\n"
    );
    let (code, ran) = run(&home, &scenario, &[]);
    assert_eq!(code, 8, "{ran:#}");
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "fail", "fail", "fail"]);
    let item = &ran["items"][4];
    assert_eq!(item["seen"], "refused by OPPO: 10000, Invalid Registration_id");
    assert_eq!(
        (item["pushes"][0]["vendor"]["code"].as_i64(), item["repeats"].as_i64()),
        (Some(10000), Some(0))
    );
    assert_eq!(ran["items"][5]["seen"], "accepted");
    assert_eq!(ran["error"]["place"], "s.toml:19");
    assert_eq!(ran["error"]["kind"], "broken-link");
}

#[test]
fn what_the_phone_shows_and_what_a_tap_opens() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    let splash = "com.example.demo.SplashActivity";
    let scenario = format!(
        "{PHONE}extras = {{ extKey = \"ext content\", n = 7 }}\n\
         [[case]]\nname = \"shown and opened\"\nexpect = {{ shown = {{ title = \"Hello\", content = \"see you\" }}, click = {{ opened = \"{splash}\", extras = {{ extKey = \"ext content\", n = 7 }} }} }}\n\
         [[case]]\nname = \"no such channel\"\nnotification = {{ channel_id = \"other\" }}\nexpect = {{ shown = false, click = {{ opened = false }} }}\n\
         [[case]]\nname = \"no such page\"\nnotification = {{ click = \"activity:com.example.demo.NoActivity\" }}\nexpect = {{ shown = true, click = {{ opened = false }} }}\n\
         [[case]]\nname = \"other words\"\nexpect = {{ shown = {{ title = \"Bye\" }} }}\n\
         [[case]]\nname = \"other extras\"\nexpect = {{ click = {{ opened = \"{splash}\", extras = {{ extKey = \"x\" }} }} }}\n\
         [[case]]\nname = \"hidden\"\nnotification = {{ channel_id = \"other\" }}\nexpect = {{ shown = true }}\n\
         [[case]]\nname = \"nothing\"\nexpect = {{ click = {{ opened = false }} }}\n"
    );
    let (code, ran) = run(&home, &scenario, &[]);
    assert_eq!(code, 8, "{ran:#}");
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "fail", "fail", "fail", "fail"], "{ran:#}");
    let seen = |at: usize| ran["items"][at]["seen"].as_str().unwrap().to_owned();
    assert_eq!(seen(0), format!("accepted, shown, a tap opened {splash}"));
    assert!(seen(1).starts_with("accepted, not shown, channel-missing"), "{}", seen(1));
    assert_eq!(seen(3), "shown with title \"Hello\"");
    assert_eq!(seen(4), format!("a tap opened {splash} with extKey: \"ext content\""));
    assert!(seen(5).contains("channel-missing"), "{}", seen(5));
    assert_eq!(seen(6), format!("a tap opened {splash}"));
}

#[test]
fn explain_shows_the_decision_for_a_user() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    for device in ["phone", "pad"] {
        let (_, phone) = home.json(&["sandbox", "phone", "add", "--name", device]);
        let reg_id = phone["reg_id"].as_str().unwrap();
        home.run(&["token", "report", "--user", "alice", "--device", device, "--reg-id", reg_id]).expect(0);
    }
    home.run(&["presence", "set", "--user", "alice", "--device", "phone", "killed"]).expect(0);
    home.run(&["presence", "set", "--user", "alice", "--device", "pad", "logged-out"]).expect(0);
    let on = |device: &str| format!("target = {{ user = \"alice\", device = \"{device}\" }}");
    let scenario = format!(
        "[target]\nuser = \"alice\"\n[notification]\ntitle = \"Hello\"\ncontent = \"see you\"\n\
         [[case]]\nname = \"killed\"\n{}\nexpect = {{ decision = \"push\" }}\n\
         [[case]]\nname = \"logged out\"\n{}\nexpect = {{ decision = \"logged-out\" }}\n\
         [[case]]\nname = \"forced\"\ntarget = {{ user = \"alice\", device = \"pad\", force = true }}\n\
         [[case]]\nname = \"never heard of\"\ntarget = {{ user = \"bob\" }}\nexpect = {{ decision = \"no-report\" }}\n\
         [[case]]\nname = \"any device\"\n\
         [[case]]\nname = \"online\"\n{}\nexpect = {{ decision = \"online\" }}\n\
         [[case]]\nname = \"no such device\"\n{}\n",
        on("phone"),
        on("pad"),
        on("phone"),
        on("watch")
    );
    let (code, ran) = run(&home, &scenario, &[]);
    assert_eq!(code, 8, "{ran:#}");
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass", "pass", "fail", "fail"], "{ran:#}");
    assert!(ran["items"][1]["seen"].as_str().unwrap().starts_with("not sent, logged-out: "));
    assert_eq!(ran["items"][4]["pushes"].as_array().unwrap().len(), 2);
    assert_eq!(ran["items"][5]["seen"], "accepted (device phone)");
    assert_eq!(ran["items"][6]["seen"], "alice has no device watch");
}

#[test]
fn receipts_come_to_the_command_itself_in_the_sandbox() {
    let home = home();
    let _sandbox = home.sandbox(&[]);
    home.run(&["sandbox", "phone", "add", "--name", "away"]).expect(0);
    home.run(&["sandbox", "phone", "offline", "away"]).expect(0);
    let scenario = format!(
        "{PHONE}[[case]]\nname = \"arrives\"\nexpect = {{ receipt = {{ within = \"90s\" }} }}\n\
         [[case]]\nname = \"the phone is off\"\ntarget = {{ phone = \"away\" }}\nexpect = {{ receipt = {{ event = \"push_arrive\", within = \"300ms\" }} }}\n"
    );
    let (code, ran) = run(&home, &scenario, &[]);
    assert_eq!(code, 8, "{ran:#}");
    assert_eq!(verdicts(&ran), ["pass", "fail"], "{ran:#}");
    assert!(ran["items"][0]["seen"].as_str().unwrap().starts_with("accepted, push_arrive after "));
    assert!(ran["items"][1]["seen"].as_str().unwrap().starts_with("no receipt came within "), "{ran:#}");
}

#[test]
fn variables_matrix_and_certificate_reach_the_push() {
    let home = home().variable("GREETING", "Hello from CI");
    let _sandbox = home.sandbox(&[]);
    let scenario = "certificate = 1\ntarget = { phone = \"demo\" }\n[matrix]\nstyle = [1, 2]\n[notification]\ntitle = \"${GREETING}\"\n\
        content = \"style ${matrix.style}\"\nstyle = \"${matrix.style}\"\n[expect]\nshown = { title = \"Hello from CI\", content = \"style ${matrix.style}\" }\n";
    let (code, ran) = run(&home, scenario, &[]);
    assert_eq!((code, verdicts(&ran)), (0, vec!["pass", "pass"]), "{ran:#}");
    assert_eq!(ran["items"][1]["name"], "s (style=2)");
    assert_eq!(ran["items"][0]["pushes"][0]["certificate_id"], 1);
}

#[test]
fn a_scenario_may_name_its_profile_and_a_flag_overrides_it() {
    let home = crate::harness::Home::with_config(&super::profile("http://127.0.0.1:9"))
        .variable("MASTER", super::MASTER);
    let scenario = "profile = \"sandbox\"\ntarget = { phone = \"demo\" }\nnotification = { title = \"t\", content = \"c\" }\n";
    let (code, ran) = run(&home, scenario, &[]);
    assert_eq!((code, ran["items"][0]["profile"].as_str()), (0, Some("sandbox")), "{ran:#}");
    let (code, ran) = run(&home, scenario, &["--profile", "staging"]);
    assert_eq!((code, ran["error"]["kind"].as_str()), (3, Some("contradiction")), "{ran:#}");
}
