//! A click target against an app file: what Android would open, step by step, and what is wrong with it.

mod by_filter;
mod opened;
mod rules;
mod story;

use super::Target;
use super::finding::{Finding, quoted};
use super::manifest;
use crate::app::{self, AppFile, BROWSABLE, Intent, VIEW};

pub(crate) use rules::{APP_OTHER_PACKAGE, RULES};
pub(crate) use story::{Judged, Step};

/// Follows the tap through the app's manifest.
pub(crate) fn judge(app: &AppFile, target: &Target) -> Judged {
    let mut story = Judged::default();
    match target {
        Target::OpenApp => launcher(app, &mut story),
        Target::Activity(class) => {
            story.step(format!("OPPO's service starts the Activity {class}"));
            by_class(app, class, &mut story);
        }
        Target::Intent(action) => {
            story.step(format!("OPPO's service starts the action {action}, without data"));
            by_filter::follow(app, &Intent::of_action(action), target, &mut story);
        }
        Target::Scheme(url) => scheme(app, url, target, &mut story),
        Target::Url(url) => web(app, url, &mut story),
    }
    story
}

fn launcher(app: &AppFile, story: &mut Judged) {
    story.step("Android looks for the Activity behind the app's icon: MAIN and LAUNCHER in one filter");
    let launchers: Vec<_> = app::launchers(app).collect();
    let enabled = launchers.iter().find(|activity| activity.enabled.known() != Some(false));
    match enabled.or(launchers.first()) {
        Some(activity) => opened::follow(app, activity, story),
        None => {
            let evidence = format!("no Activity of {} has a filter with MAIN and LAUNCHER", app.file);
            let rule =
                if app.form.is_whole() { &rules::NO_LAUNCHER_ACTIVITY } else { &rules::ACTIVITY_OF_LIBRARY };
            story.find(Finding::new(rule, evidence).pasting(manifest::LAUNCHER_FILTER.to_owned()));
        }
    }
}

fn by_class(app: &AppFile, class: &str, story: &mut Judged) {
    if let Some(activity) = app.activity(class) {
        return opened::follow(app, activity, story);
    }
    let evidence = format!("{} declares no Activity {}", app.file, quoted(class));
    let nearest = nearest(app, class);
    let of_library = !app.form.is_whole() && nearest.is_none() && !same_vendor(app, class);
    let rule = if of_library { &rules::ACTIVITY_OF_LIBRARY } else { &rules::ACTIVITY_MISSING };
    story.find(match nearest {
        Some(near) => Finding::suggesting(rule, evidence, &format!("activity:{near}")),
        None => Finding::new(rule, evidence).pasting(manifest::needed(&Target::Activity(class.to_owned()))),
    });
}

/// The Activity that was probably meant: the same class in another package, or a name that is nearly the same.
fn nearest<'a>(app: &'a AppFile, class: &str) -> Option<&'a str> {
    let simple = |name: &str| name.rsplit(['.', '$']).next().unwrap_or_default().to_ascii_lowercase();
    let wanted = simple(class);
    let distance = |name: &str| match simple(name) == wanted {
        true => 0,
        false => strsim::damerau_levenshtein(name, class),
    };
    let names = app.activities.iter().map(|activity| activity.name.as_str());
    let nearest = names.map(|name| (distance(name), name)).min()?;
    (nearest.0 <= class.chars().count() / 6).then_some(nearest.1)
}

/// Whether a class is the app's own, by the first two parts of its name.
fn same_vendor(app: &AppFile, class: &str) -> bool {
    let vendor = |name: &str| name.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    let own =
        app.package.iter().map(String::as_str).chain(app.activities.iter().map(|own| own.name.as_str()));
    own.into_iter().any(|own| vendor(own) == vendor(class))
}

fn scheme(app: &AppFile, url: &str, target: &Target, story: &mut Judged) {
    let mut intent = Intent::of_url(url);
    story.step(format!("OPPO's service starts the action {} with {}", intent.action, quoted(url)));
    let named = intent.package.as_ref().or(intent.component.as_ref().map(|(package, _)| package));
    if let (Some(named), Some(own)) = (named, &app.package)
        && named != own
    {
        let evidence = format!("the URL names the app {named}, and {} is {own}", app.file);
        return story.find(Finding::new(&rules::INTENT_OTHER_PACKAGE, evidence));
    }
    if let Some((_, class)) = &intent.component {
        story.step(format!("the URL names the Activity {class}"));
        return by_class(app, class, story);
    }
    if intent.action == VIEW && !intent.categories.iter().any(|category| category == BROWSABLE) {
        intent.categories.insert(0, BROWSABLE.to_owned());
    }
    by_filter::follow(app, &intent, target, story);
}

/// A web page opens in the browser, unless the app itself takes its links.
fn web(app: &AppFile, url: &str, story: &mut Judged) {
    story.step(format!("Android views {}", quoted(url)));
    let mut intent = Intent::of_url(url);
    intent.categories.push(BROWSABLE.to_owned());
    let candidates = app::candidates(app, &intent);
    let Some(taker) = candidates.iter().find(|candidate| candidate.obstacles.is_empty()) else {
        story.step("no filter of the app takes the link: the browser opens it");
        story.opens = Some("the browser".into());
        return;
    };
    let place = app.place(&taker.filter.place);
    let evidence = format!("a filter of {} takes links of this host", taker.activity.name);
    let verified = taker.filter.verified && taker.activity.exported.known() != Some(false);
    let rule = if verified { &rules::LINK_OPENS_APP } else { &rules::LINK_NOT_VERIFIED };
    story.opens = Some(if verified { taker.activity.name.clone() } else { "the browser".into() });
    story.find(Finding::new(rule, evidence).at(place));
}
