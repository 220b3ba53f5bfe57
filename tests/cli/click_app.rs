//! `opush click check|explain|list --app`: click targets against source manifests; the whole of what an app declares.

use serde::Deserialize;
use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

/// A manifest, a click target, and what is found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    manifest: Option<String>,
    application: Option<String>,
    click: String,
    #[serde(default)]
    expects: Vec<String>,
    opens: Option<String>,
}

/// A manifest of com.example.shop with this inside of its application.
fn manifest(application: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"com.example.shop\"
    android:versionCode=\"12\" android:versionName=\"1.2\">
    <uses-sdk android:minSdkVersion=\"26\" android:targetSdkVersion=\"34\" />
    <application>
{application}
    </application>
</manifest>"
    )
}

fn write(home: &Home, text: &str) {
    home.write("AndroidManifest.xml", text);
}

#[test]
fn every_manifest_of_the_table_has_its_verdict() {
    let table: Table = toml::from_str(include_str!("click_app.toml")).unwrap();
    assert!(table.case.len() >= 30);
    let home = Home::new();
    for case in table.case {
        let text = case.manifest.unwrap_or_else(|| manifest(&case.application.unwrap_or_default()));
        write(&home, &text);
        let args = ["click", "check", "--app", "AndroidManifest.xml", "--click", case.click.as_str()];
        let (code, result) = home.json(&args);
        let found = result["problems"].as_array().unwrap_or_else(|| panic!("{}: {result:#}", case.name));
        let ids: Vec<&str> = found.iter().map(|problem| problem["id"].as_str().unwrap()).collect();
        assert_eq!(ids, case.expects, "{}: {result:#}", case.name);
        let broken = found.iter().any(|problem| problem["severity"] == "error");
        assert_eq!((code, &result["valid"]), (if broken { 4 } else { 0 }, &json!(!broken)), "{}", case.name);
        assert_eq!(result["opens"].as_str(), case.opens.as_deref(), "{}: {result:#}", case.name);
        for problem in found.iter().filter(|problem| problem["id"] != "activity-missing") {
            let about_all = ["activity-not-in-source", "no-activity-for-action", "intent-other-package"];
            let placed =
                problem["place"].as_str().is_some_and(|place| place.contains("AndroidManifest.xml:"));
            assert!(
                placed || about_all.contains(&problem["id"].as_str().unwrap()),
                "{}: {problem:#}",
                case.name
            );
        }
    }
}

const SHOP: &str = r#"<activity android:name=".Main" android:exported="true" android:launchMode="singleTop">
    <intent-filter>
        <action android:name="android.intent.action.MAIN" />
        <category android:name="android.intent.category.LAUNCHER" />
    </intent-filter>
</activity>
<activity android:name=".OrderActivity" android:exported="false" />
<activity-alias android:name=".PushEntry" android:targetActivity=".OrderActivity" android:exported="true"
    android:permission="com.example.shop.PRIVATE">
    <intent-filter>
        <action android:name="com.example.shop.OPEN_ORDER" />
        <category android:name="android.intent.category.DEFAULT" />
        <data android:scheme="shop" />
        <data android:host="order" />
    </intent-filter>
</activity-alias>"#;

#[test]
fn list_prints_what_the_app_declares() {
    let home = Home::new();
    write(&home, &manifest(SHOP));
    let ran = home.run(&["click", "list", "--app", "AndroidManifest.xml"]);
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush click list --app AndroidManifest.xml
    com.example.shop 1.2, target 34, from AndroidManifest.xml
    com.example.shop.Main  exported, singleTop
      --click open-app
      --click activity:com.example.shop.Main
    com.example.shop.OrderActivity  not exported
    com.example.shop.PushEntry  exported, alias of com.example.shop.OrderActivity, needs com.example.shop.PRIVATE
    exit code 0
    ");
    let (code, listed) = home.json(&["click", "list", "--app", "AndroidManifest.xml"]);
    assert_eq!((code, &listed["package"], &listed["error"]), (0, &json!("com.example.shop"), &Value::Null));
    let alias = &listed["activities"][2];
    assert_eq!(
        json!({
            "name": alias["name"], "kind": alias["kind"], "target": alias["target"], "exported": alias["exported"],
            "enabled": alias["enabled"], "permission": alias["permission"], "filters": alias["filters"],
        }),
        json!({
            "name": "com.example.shop.PushEntry",
            "kind": "activity-alias",
            "target": "com.example.shop.OrderActivity",
            "exported": true,
            "enabled": true,
            "permission": "com.example.shop.PRIVATE",
            "filters": [{
                "actions": ["com.example.shop.OPEN_ORDER"],
                "categories": ["android.intent.category.DEFAULT"],
                "data": [{"scheme": "shop"}, {"host": "order"}],
                "auto_verify": false,
            }],
        })
    );
}

#[test]
fn check_prints_evidence_place_and_xml() {
    let home = Home::new();
    write(&home, &manifest(SHOP));
    let ran = home.run(&["click", "check", "--app", "AndroidManifest.xml", "activity:.OrderActivity"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check --app AndroidManifest.xml activity:.OrderActivity
    activity:com.example.shop.OrderActivity  not valid
      note[activity-expanded]: ".OrderActivity" is the manifest's short form of "com.example.shop.OrderActivity"
        the full class name is what is sent; write it so in certificates and consoles
      error[activity-not-exported]: com.example.shop.OrderActivity is declared with exported=false
        AndroidManifest.xml:12
        OPPO's service is another app and can't start it; declare it with exported=true
        <activity android:name="com.example.shop.OrderActivity" android:exported="true">
    com.example.shop, AndroidManifest.xml  OPPO push needs more of the app
      warning[push-permission-missing]: AndroidManifest.xml does not ask for com.coloros.mcs.permission.RECIEVE_MCS_MESSAGE
        without OPPO's two permissions register is never answered, and the app gets no regId
        <uses-permission android:name="com.coloros.mcs.permission.RECIEVE_MCS_MESSAGE" />
      warning[push-permission-missing]: AndroidManifest.xml does not ask for com.heytap.mcs.permission.RECIEVE_MCS_MESSAGE
        without OPPO's two permissions register is never answered, and the app gets no regId
        <uses-permission android:name="com.heytap.mcs.permission.RECIEVE_MCS_MESSAGE" />
      warning[post-notifications-missing]: AndroidManifest.xml has target 34 and not android.permission.POST_NOTIFICATIONS
        from target 33 nothing is shown until the app asks for this permission and the user allows it
        <uses-permission android:name="android.permission.POST_NOTIFICATIONS" />
      warning[push-service-missing]: AndroidManifest.xml does not declare com.heytap.msp.push.service.CompatibleDataMessageCallbackService
        without OPPO's two services register is never answered, and the app gets no regId
        <service
            android:name="com.heytap.msp.push.service.CompatibleDataMessageCallbackService"
            android:exported="true"
            android:permission="com.coloros.mcs.permission.SEND_MCS_MESSAGE">
            <intent-filter>
                <action android:name="com.coloros.mcs.action.RECEIVE_MCS_MESSAGE" />
            </intent-filter>
        </service>
      warning[push-service-missing]: AndroidManifest.xml does not declare com.heytap.msp.push.service.DataMessageCallbackService
        without OPPO's two services register is never answered, and the app gets no regId
        <service
            android:name="com.heytap.msp.push.service.DataMessageCallbackService"
            android:exported="true"
            android:permission="com.heytap.mcs.permission.SEND_PUSH_MESSAGE">
            <intent-filter>
                <action android:name="com.heytap.mcs.action.RECEIVE_MCS_MESSAGE" />
                <action android:name="com.heytap.msp.push.RECEIVE_MCS_MESSAGE" />
            </intent-filter>
        </service>
    exit code 4
    "#);
}

#[test]
fn explain_prints_the_steps_of_a_tap() {
    let home = Home::new();
    write(&home, &manifest(SHOP));
    let explain = |click: &str| {
        plain(&home, &home.run(&["click", "explain", "--app", "AndroidManifest.xml", "--click", click]))
    };
    insta::assert_snapshot!(explain("open-app"), @r"
    $ opush click explain --app AndroidManifest.xml --click open-app
    open-app in AndroidManifest.xml
      1. Android looks for the Activity behind the app's icon: MAIN and LAUNCHER in one filter
      2. com.example.shop.Main is declared as <activity>  AndroidManifest.xml:6
      3. it is exported, so that OPPO's service may start it  AndroidManifest.xml:6
      4. com.example.shop.Main has the launch mode singleTop  note[extras-in-new-intent]
        AndroidManifest.xml:6
        where it runs already, the extras come to onNewIntent and not to onCreate; read them in both
    opens com.example.shop.Main
    exit code 0
    ");
    insta::assert_snapshot!(explain("intent:com.example.shop.OPEN_ORDER"), @r#"
    $ opush click explain --app AndroidManifest.xml --click intent:com.example.shop.OPEN_ORDER
    intent:com.example.shop.OPEN_ORDER in AndroidManifest.xml
      1. OPPO's service starts the action com.example.shop.OPEN_ORDER, without data
      2. the nearest filter is one of com.example.shop.PushEntry  AndroidManifest.xml:15
      3. the filter of com.example.shop.PushEntry has a <data> element  error[filter-has-data]
        AndroidManifest.xml:15
        OPPO starts the action without data, which a filter with <data> refuses; put the action into a filter of its own
        <intent-filter>
            <action android:name="com.example.shop.OPEN_ORDER" />
            <category android:name="android.intent.category.DEFAULT" />
        </intent-filter>
    opens nothing
    exit code 4
    "#);
}

#[test]
fn a_file_that_is_no_app_file_is_refused_with_its_reason() {
    let home = Home::new();
    let refused = |text: &str, kind: &str| {
        write(&home, text);
        let (code, result) = home.json(&["click", "list", "--app", "AndroidManifest.xml"]);
        assert_eq!(result["error"]["kind"], kind, "{text:.60}: {result:#}");
        assert_eq!(result["error"]["place"], "--app");
        (code, result["error"]["message"].as_str().unwrap().to_owned())
    };
    for (text, reason) in [
        ("<html></html>", "the root <html>"),
        ("<manifest", "is not XML"),
        ("<manifest></application>", "is not XML"),
        ("<manifest>", "ends inside <manifest>"),
        ("", "has no element"),
        ("<manifest x:y='1'/>", "prefix x: is not declared"),
        ("<manifest a='1' a='2'/>", "there twice"),
        ("<manifest>&bomb;</manifest><manifest/>", "second root"),
        ("<!DOCTYPE m [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><manifest>&b;</manifest>", "document type"),
        ("<manifest a='&bomb;'/>", "is not XML"),
    ] {
        let (code, message) = refused(text, "bad-app-file");
        assert!(code == 4 && (message.contains(reason)), "{text}: {message}");
    }
    let (code, result) = home.json(&["click", "list", "--app", "missing.apk"]);
    assert_eq!((code, &result["error"]["kind"]), (3, &json!("missing-file")));
    let (code, result) = home.json(&["click", "list"]);
    assert_eq!((code, &result["error"]["kind"]), (2, &json!("missing-flag")));
}
