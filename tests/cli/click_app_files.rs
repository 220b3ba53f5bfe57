//! `--app` with every form of an app file, and with files that are made to do harm.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::harness::Home;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/app").join(name)
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn entry(archive: &str, name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(fs::File::open(fixture(archive)).unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

#[test]
fn every_form_of_one_app_declares_the_same() {
    let home = Home::new();
    let listed = |file: &str| {
        let (code, mut listed) = home.json(&["click", "list", "--app", fixture(file).to_str().unwrap()]);
        assert_eq!(code, 0, "{file}: {listed:#}");
        for activity in listed["activities"].as_array_mut().unwrap() {
            assert!(
                activity["place"].as_str().unwrap().starts_with("AndroidManifest.xml: application/activity")
            );
            activity["place"] = Value::Null;
        }
        listed
    };
    let apk = listed("shop.apk");
    let keys = ["package", "version_name", "version_code", "target_sdk", "activities", "open"];
    for file in ["shop-aapt.apk", "shop.aab", "shop.apks"] {
        let other = listed(file);
        for key in keys {
            assert_eq!(other[key], apk[key], "{file}: {key}");
        }
    }
    assert_eq!(apk["open"], json!([]));
    // A reference to a reference to a boolean, and a string that has another value in Chinese.
    assert_eq!(apk["activities"][1]["exported"], true);
    assert_eq!(apk["activities"][2]["enabled"], false);
    assert_eq!(apk["activities"][3]["filters"][0]["data"][0]["scheme"], "shop");
    assert_eq!(apk["activities"][3]["filters"][0]["data"][0]["host"], "订单.example.com");
}

#[test]
fn a_project_folder_gives_its_newest_merged_manifest_else_the_one_that_was_written() {
    let home = Home::new();
    let file = |path: &str, text: &str| {
        home.write(&format!("shop/{path}"), text);
    };
    let manifest = |name: &str| {
        format!(
            "<manifest xmlns:android='http://schemas.android.com/apk/res/android'><application><activity \
             android:name='{name}' android:exported='true'/></application></manifest>"
        )
    };
    file(
        "lib/build.gradle",
        "plugins { id 'com.android.library' }\nandroid {\n    namespace 'com.example.lib'\n}",
    );
    file("lib/src/main/AndroidManifest.xml", &manifest(".Lib"));
    let build = "plugins {\n    id(\"com.android.application\")\n}\nandroid {\n    namespace = \"com.example.code\"\n    \
                 defaultConfig {\n        applicationId = \"com.example.shop\"\n    }\n}\n";
    file("zapp/build.gradle.kts", build);
    file("zapp/src/main/AndroidManifest.xml", &manifest(".Main"));
    let (_, listed) = home.json(&["click", "list", "--app", "shop"]);
    assert_eq!(listed["file"], "shop/zapp/src/main/AndroidManifest.xml");
    assert_eq!((&listed["package"], &listed["form"]), (&json!("com.example.shop"), &json!("source")));
    assert_eq!(listed["activities"][0]["name"], "com.example.code.Main");
    file(
        "zapp/build/intermediates/merged_manifests/release/processReleaseManifest/AndroidManifest.xml",
        &manifest("com.example.code.Merged"),
    );
    let (_, listed) = home.json(&["click", "list", "--app", "shop"]);
    assert_eq!(
        (&listed["form"], &listed["activities"][0]["name"]),
        (&json!("merged"), &json!("com.example.code.Merged"))
    );
    let (code, empty) = home.json(&["click", "list", "--app", "shop/lib/src"]);
    assert_eq!((code, &empty["activities"][0]["name"]), (0, &json!("com.example.lib.Lib")));
}

/// A dex file that defines these classes and nothing else.
fn dex(classes: &[&str]) -> Vec<u8> {
    let count = u32::try_from(classes.len()).unwrap();
    let (strings, types, defined) = (0x70, 0x70 + 4 * count, 0x70 + 8 * count);
    let mut dex = vec![0; 0x70];
    let mut data: Vec<u8> = Vec::new();
    for (at, value) in
        [(0x38, count), (0x3c, strings), (0x40, count), (0x44, types), (0x60, count), (0x64, defined)]
    {
        dex[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    for class in classes {
        let offset = defined + 32 * count + u32::try_from(data.len()).unwrap();
        dex.extend(offset.to_le_bytes());
        data.push(u8::try_from(class.len()).unwrap());
        data.extend(class.bytes());
        data.push(0);
    }
    (0..count).for_each(|number| dex.extend(number.to_le_bytes()));
    for number in 0..count {
        dex.extend(number.to_le_bytes());
        dex.extend([0; 28]);
    }
    dex.extend(data);
    dex
}

#[test]
fn the_names_of_the_classes_tell_the_generation_of_the_sdk_and_the_adapter() {
    let manifest = entry("shop.apk", "AndroidManifest.xml");
    let home = Home::new();
    let check = |classes: &[&str]| {
        home.write(
            "app.apk",
            archive(&[
                ("AndroidManifest.xml", &manifest),
                ("classes.dex", &dex(&["La/B;"])),
                ("classes2.dex", &dex(classes)),
            ]),
        );
        let (_, result) = home.json(&["click", "check", "open-app", "--app", "app.apk"]);
        let problems = result["app"]["problems"].as_array().unwrap();
        let code = problems.iter().filter_map(|problem| problem["id"].as_str());
        let code: Vec<String> = code
            .filter(|id| id.starts_with("push-sdk") || id.starts_with("push-adapter"))
            .map(Into::into)
            .collect();
        (result["app"]["sdks"].clone(), result["app"]["adapters"].clone(), code)
    };
    let (today, old) = ("Lcom/heytap/msp/push/HeytapPushManager;", "Lcom/coloros/mcssdk/PushManager;");
    let timpush = "Lcom/tencent/timpush/oppo/OppoPushImpl;";
    assert_eq!(check(&[today, timpush]), (json!(["com.heytap.msp.push"]), json!(["TIMPush"]), vec![]));
    assert_eq!(check(&["Lx/Y;"]).2, ["push-sdk-missing"]);
    assert_eq!(check(&[today, old]).2, ["push-sdk-twice"]);
    assert_eq!(check(&[old, "Lcn/jpush/android/service/X;"]).2, ["push-sdk-old"]);
    assert_eq!(check(&[old, timpush]).2, ["push-sdk-old", "push-adapter-does-not-fit"]);
}

#[test]
fn an_apk_lacks_what_oppo_push_needs_as_an_error() {
    let home = Home::new();
    let (code, result) =
        home.json(&["click", "check", "open-app", "--app", fixture("shop.apk").to_str().unwrap()]);
    let problems = result["app"]["problems"].as_array().unwrap();
    let found: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (problem["id"].as_str().unwrap(), problem["severity"].as_str().unwrap()))
        .collect();
    assert_eq!(code, 0, "what the app lacks decides no target");
    assert_eq!(
        found,
        [
            ("push-permission-missing", "error"),
            ("push-service-missing", "error"),
            ("push-sdk-missing", "error")
        ]
    );
}

/// Nested `XmlNode`s of an app bundle.
fn deep(levels: usize) -> Vec<u8> {
    let wrap = |field: u8, inner: &[u8]| {
        let mut length = inner.len();
        let mut bytes = vec![field << 3 | 2];
        while length >= 0x80 {
            bytes.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
            length >>= 7;
        }
        bytes.push(u8::try_from(length).unwrap());
        bytes.extend(inner);
        bytes
    };
    let name = wrap(3, b"a");
    (0..levels).fold(Vec::new(), |inner, _| {
        let child = if inner.is_empty() { Vec::new() } else { wrap(5, &inner) };
        wrap(1, &[name.clone(), child].concat())
    })
}

/// Two entries of the directory that share the bytes of one file.
fn overlapping() -> Vec<u8> {
    let manifest = entry("shop.apk", "AndroidManifest.xml");
    let bytes = archive(&[("AndroidManifest.xml", &manifest)]);
    let start = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = bytes.windows(4).position(|four| four == b"PK\x05\x06").unwrap();
    let mut second = bytes[start..end].to_vec();
    second[46] = b'B';
    let mut record = bytes[end..].to_vec();
    record[8..12].copy_from_slice(&[2, 0, 2, 0]);
    let size = u32::try_from((end - start) * 2).unwrap();
    record[12..16].copy_from_slice(&size.to_le_bytes());
    [&bytes[..end], &second, &record].concat()
}

/// The fixture with `push_exported` and `push_exported_again` each meaning the other.
fn cyclic() -> Vec<u8> {
    let manifest = entry("shop.apk", "AndroidManifest.xml");
    let mut table = entry("shop.apk", "resources.arsc");
    let reference = table.windows(4).position(|four| four == [8, 0, 0, 1]).unwrap();
    let yes = table.windows(8).position(|eight| eight == [8, 0, 0, 0x12, 0xff, 0xff, 0xff, 0xff]).unwrap();
    let again = u32::from_le_bytes(table[reference + 4..reference + 8].try_into().unwrap()) + 1;
    table[yes + 3] = 1;
    table[yes + 4..yes + 8].copy_from_slice(&again.to_le_bytes());
    archive(&[("AndroidManifest.xml", &manifest), ("resources.arsc", &table)])
}

#[test]
fn hostile_files_are_refused_at_once_with_a_reason() {
    let bomb = archive(&[("AndroidManifest.xml", &vec![0; 100_000_000])]);
    let manifest = entry("shop.apk", "AndroidManifest.xml");
    let mut lying = archive(&[("AndroidManifest.xml", &vec![b' '; 3_000_000])]);
    let listed = lying.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    lying[listed + 24..listed + 28].copy_from_slice(&100_u32.to_le_bytes());
    let android = "xmlns:android='http://schemas.android.com/apk/res/android'";
    let attributes: String = (0..300_000).map(|number| format!(" a{number}=''")).collect();
    let names: String = (0..100_000).map(|number| format!(" xmlns:a{number}='b'")).collect();
    let shop = fs::read(fixture("shop.apk")).unwrap();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.apk", bomb, "AndroidManifest.xml is larger than 4 MiB"),
        ("lying.apk", lying, "another size than the directory says"),
        ("overlapping.apk", overlapping(), "overlap"),
        ("cut.apk", shop[..shop.len() - 30].to_vec(), "cut short"),
        ("none.apk", archive(&[("a.txt", b"x")]), "holds neither"),
        ("twice.apk", archive(&[("x.apk", b"PK")]), "it has no directory"),
        ("deep.aab", archive(&[("base/manifest/AndroidManifest.xml", &deep(10_000))]), "60 levels"),
        ("deep.xml", "<a>".repeat(100_000).into_bytes(), "60 levels"),
        (
            "wide.xml",
            format!("<manifest>{}</manifest>", "<a/>".repeat(300_000)).into_bytes(),
            "50000 elements",
        ),
        ("attributes.xml", format!("<manifest{attributes}/>").into_bytes(), "500 attributes"),
        ("names.xml", format!("<manifest {android}{names}/>").into_bytes(), "100 namespaces"),
        ("text.apk", archive(&[("AndroidManifest.xml", b"<manifest/>")]), "is cut short"),
        ("half.apk", archive(&[("AndroidManifest.xml", &manifest[..manifest.len() / 2])]), "is cut short"),
    ];
    let home = Home::new();
    for (name, bytes, reason) in cases {
        home.write(name, bytes);
        let start = Instant::now();
        let (code, result) = home.json(&["click", "list", "--app", name]);
        assert!(start.elapsed() < Duration::from_secs(30), "{name}");
        let message = result["error"]["message"].as_str().unwrap_or_else(|| panic!("{name}: {result:#}"));
        assert!(code == 4 && message.contains(reason), "{name}: {message}");
    }
    // A hundred megabytes that are not even read.
    fs::File::create(home.file("huge.xml")).unwrap().set_len(100_000_000).unwrap();
    let (code, result) = home.json(&["click", "list", "--app", "huge.xml"]);
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("bad-app-file")), "{result:#}");
    home.write("cyclic.apk", cyclic());
    let (code, result) = home.json(&["click", "list", "--app", "cyclic.apk"]);
    assert_eq!((code, &result["activities"][1]["exported"]), (0, &Value::Null), "{result:#}");
}

#[test]
fn a_phone_of_the_sandbox_opens_what_the_app_file_declares() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let app = fixture("shop.apk");
    let phone =
        ["sandbox", "phone", "add", "--profile", "sandbox", "--name", "shop", "--app", app.to_str().unwrap()];
    let (code, phone) = home.json(&phone);
    assert_eq!(code, 0, "{phone:#}");
    let names: Vec<&str> = phone["activities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|activity| activity["name"].as_str().unwrap())
        .collect();
    // The one that is not enabled is not there.
    assert_eq!(
        names,
        ["com.example.shop.Main", "com.example.shop.OrderActivity", "com.example.shop.LinkEntry"]
    );
    let exported: Vec<&Value> =
        phone["activities"].as_array().unwrap().iter().map(|own| &own["exported"]).collect();
    assert_eq!(exported, [true, false, true], "OrderActivity asks for a permission");
    assert_eq!(phone["activities"][2]["filters"][0]["data_paths"], json!(["/v*"]));
    drop(sandbox);
}

/// The form of other stores: the list in manifest.json says which of its APKs is the base.
#[test]
fn the_base_of_an_xapk_is_the_one_that_its_list_names() {
    let home = Home::new();
    let base = fs::read(fixture("shop.apk")).unwrap();
    let larger = archive(&[("AndroidManifest.xml", b"not the app"), ("x", &[7; 9000])]);
    let xapk = |list: &str, name: &str| {
        let entries: [(&str, &[u8]); 4] = [
            ("manifest.json", list.as_bytes()),
            (name, &base),
            ("config.de.apk", &larger),
            ("icon.png", b"x"),
        ];
        home.write("shop.xapk", archive(&entries));
        home.json(&["click", "list", "--app", "shop.xapk"])
    };
    let by_split = r#"{"package_name":"com.example.shop","split_apks":[{"file":"config.de.apk","id":"config.de"},{"file":"the base.apk","id":"base"}]}"#;
    let by_package = r#"{"package_name":"com.example.shop","name":"Shop"}"#;
    for (list, name) in
        [(by_split, "the base.apk"), (by_package, "com.example.shop.apk"), ("not JSON", "base.apk")]
    {
        let (code, listed) = xapk(list, name);
        assert_eq!((code, &listed["package"]), (0, &json!("com.example.shop")), "{list}: {listed:#}");
        assert_eq!(listed["activities"].as_array().unwrap().len(), 4, "{list}");
    }
    // Without a list and without a known name the largest is taken.
    assert_eq!(xapk("{}", "other.apk").1["package"], "com.example.shop");
    let larger = archive(&[("AndroidManifest.xml", b"not the app"), ("x", &base), ("y", &base)]);
    home.write("shop.xapk", archive(&[("config.de.apk", &larger), ("other.apk", &base)]));
    let (code, listed) = home.json(&["click", "list", "--app", "shop.xapk"]);
    assert_eq!((code, &listed["error"]["kind"]), (4, &json!("bad-app-file")));
}
