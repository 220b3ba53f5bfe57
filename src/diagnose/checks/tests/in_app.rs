//! Evidence with an app file, made of opush's own manifest snippet.

use super::super::testing::subject;
use crate::app::Form;
use crate::diagnose::Evidence;
use crate::diagnose::evidence::LiveAnswer;
use crate::snippet::{Language, Sdk, Snippet};

/// The app as the file shows it, after a change of its manifest.
pub(super) fn app_file(e: &mut Evidence, form: Form, change: impl FnOnce(String) -> String) {
    let values = crate::snippet::Values {
        profile: "prod".into(),
        package: Some("com.example.demo".into()),
        certificate_id: 7005,
        certificate_is_local: false,
        app_key: "key".into(),
        channel_id: Some("tuikit".into()),
        click: subject(e).profile.certificates[0].click.value.clone(),
    };
    let made =
        crate::snippet::make(Snippet::Manifest, Language::Xml, Sdk::V2tim, &values).expect("a manifest");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("AndroidManifest.xml");
    std::fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(&file)
        .and_then(|mut open| std::io::Write::write_all(&mut open, change(made.text).as_bytes()))
        .expect("written");
    let mut app = crate::app::read(&file).expect("an app file");
    app.form = form;
    crate::diagnose::gather::app(Some(Ok(app)), e);
}

pub(super) fn channel_in_code(e: &mut Evidence, known: Option<bool>) {
    app_file(e, Form::Merged, |text| text);
    let LiveAnswer::Answered(seen) = &mut e.app else { panic!("it is read") };
    seen.channel = Some(("tuikit".into(), known));
}
