//! What the code of an app holds of OPPO push, by the names of its classes.

use super::found::PushInApp;
use super::rules;
use crate::app::{self, AppFile};
use crate::click::{Finding, Rule};

pub(crate) use crate::app::Unreadable;

/// The generations of OPPO's SDK: the path of their classes, and the package as people search for it.
const TODAY: (&str, &str) = ("com/heytap/msp/push/", "com.heytap.msp.push");
const OLDER: [(&str, &str); 2] =
    [("com/heytap/mcssdk/", "com.heytap.mcssdk"), ("com/coloros/mcssdk/", "com.coloros.mcssdk")];

/// Platforms that bring an adapter for OPPO: the path of its classes, its name, and whether it calls today's SDK alone.
const ADAPTERS: &[(&str, &str, bool)] = &[
    ("com/tencent/timpush/oppo/", "TIMPush", true),
    ("com/tencent/qcloud/tim/push/", "TIMPush", true),
    ("com/tencent/qcloud/tuikit/tuiofflinepush/", "TUIOfflinePush", true),
    ("cn/jpush/android/", "JPush", false),
    ("com/igexin/assist/", "Getui", false),
    ("com/hyphenate/push/", "Easemob", false),
    ("com/netease/nimlib/mixpush/", "NIM", false),
    ("com/umeng/message/", "Umeng", false),
    ("org/android/agoo/oppo/", "Aliyun or Umeng", false),
    ("com/mob/pushsdk/", "MobPush", false),
    ("io/dcloud/", "DCloud", false),
];

pub(super) fn is_of_older_sdk(class: &str) -> bool {
    OLDER.iter().any(|(_, package)| class.starts_with(package))
}

pub(super) fn examine(app: &AppFile, push: &mut PushInApp) -> Result<(), Unreadable> {
    let generations = || std::iter::once(TODAY).chain(OLDER);
    let adapters = ADAPTERS.iter().map(|(path, ..)| *path);
    let wanted: Vec<&'static str> = generations().map(|(path, _)| path).chain(adapters).collect();
    let Some(found) = app::prefixes_in(app, &wanted)? else { return Ok(()) };
    push.sdks = generations().filter(|(path, _)| found.contains(path)).map(|(_, package)| package).collect();
    let present = ADAPTERS.iter().filter(|(path, ..)| found.contains(path));
    for (_, name, _) in present.clone() {
        if !push.adapters.contains(name) {
            push.adapters.push(name);
        }
    }
    let mut find = |rule: &Rule, evidence: String| push.findings.push(Finding::new(rule, evidence));
    let sdks = push.sdks.join(" and ");
    match push.sdks.as_slice() {
        [] => find(&rules::PUSH_SDK_MISSING, format!("the code of {} holds no SDK of OPPO's", app.file)),
        [_, _, ..] => find(&rules::PUSH_SDK_TWICE, format!("the code of {} holds {sdks}", app.file)),
        [only] if *only != TODAY.1 => {
            find(&rules::PUSH_SDK_OLD, format!("the code of {} holds {only}", app.file));
        }
        [_] => {}
    }
    let has_today = push.sdks.contains(&TODAY.1);
    let misfit = present.clone().find(|(.., only_today)| *only_today && !has_today && !sdks.is_empty());
    if let Some((_, name, _)) = misfit {
        find(
            &rules::PUSH_ADAPTER_DOES_NOT_FIT,
            format!("the adapter of {name} calls {}, and the code holds {sdks}", TODAY.1),
        );
    }
    Ok(())
}
