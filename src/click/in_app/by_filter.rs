//! An intent that names no Activity: which filters take it, and what is in the way of the nearest one.

use super::super::finding::{Finding, quoted};
use super::super::rules::Rule;
use super::super::{Target, manifest};
use super::story::Judged;
use super::{opened, rules};
use crate::app::{self, AppFile, BROWSABLE, Candidate, DEFAULT, Intent, Obstacle};

pub(super) fn follow(app: &AppFile, intent: &Intent, target: &Target, story: &mut Judged) {
    let candidates = app::candidates(app, intent);
    let takers: Vec<&Candidate<'_>> = candidates.iter().filter(|candidate| takes(candidate)).collect();
    if let Some(first) = best(&takers) {
        return taken(app, first, &takers, story);
    }
    // The filter with the fewest obstacles is the one that was meant.
    let enabled = |candidate: &&Candidate<'_>| candidate.activity.enabled.known() == Some(false);
    let nearest = candidates.iter().min_by_key(|candidate| (candidate.obstacles.len(), enabled(candidate)));
    let Some(nearest) = nearest else { return without_filter(app, intent, target, story) };
    if nearest.obstacles.is_empty() {
        return opened::follow(app, nearest.activity, story);
    }
    let place = app.place(&nearest.filter.place);
    story.step_at(format!("the nearest filter is one of {}", nearest.activity.name), place.clone());
    for obstacle in &nearest.obstacles {
        let (rule, what) = told(obstacle, intent);
        let evidence = format!("the filter of {} {what}", nearest.activity.name);
        story.find(Finding::new(rule, evidence).at(place.clone()).pasting(manifest::needed(target)));
    }
}

fn takes(candidate: &Candidate<'_>) -> bool {
    candidate.obstacles.is_empty() && candidate.activity.enabled.known() != Some(false)
}

/// Android prefers a filter of higher priority; what is above 0 counts for the system's own apps alone.
fn best<'a>(takers: &[&'a Candidate<'a>]) -> Option<&'a Candidate<'a>> {
    let mut best: Option<&Candidate<'_>> = None;
    for taker in takers {
        if best.is_none_or(|best| taker.filter.priority.min(0) > best.filter.priority.min(0)) {
            best = Some(taker);
        }
    }
    best
}

fn taken(app: &AppFile, first: &Candidate<'_>, takers: &[&Candidate<'_>], story: &mut Judged) {
    let place = app.place(&first.filter.place);
    story.step_at(format!("a filter of {} takes it", first.activity.name), place.clone());
    let level = |taker: &Candidate<'_>| taker.filter.priority.min(0);
    let mut names: Vec<&str> = Vec::new();
    for taker in takers.iter().filter(|taker| level(taker) == level(first)) {
        if !names.contains(&taker.activity.name.as_str()) {
            names.push(&taker.activity.name);
        }
    }
    if names.len() > 1 {
        let evidence = format!("{} Activities take it: {}", names.len(), names.join(", "));
        story.find(Finding::new(&rules::SEVERAL_ACTIVITIES, evidence).at(place.clone()));
    }
    if first.filter.is_launcher() && first.filter.actions.len() > 1 {
        let evidence = format!("the filter of {} is the launcher's too", first.activity.name);
        story.find(Finding::new(&rules::FILTER_OF_LAUNCHER, evidence).at(place));
    }
    opened::follow(app, first.activity, story);
}

fn without_filter(app: &AppFile, intent: &Intent, target: &Target, story: &mut Judged) {
    let evidence = format!("no filter of {} has the action {}", app.file, intent.action);
    let actions =
        app.activities.iter().flat_map(|activity| &activity.filters).flat_map(|filter| &filter.actions);
    let nearest = actions.map(|action| (strsim::damerau_levenshtein(action, &intent.action), action)).min();
    let near = nearest.filter(|(distance, _)| *distance <= intent.action.len() / 6);
    let rule = &rules::NO_ACTIVITY_FOR_ACTION;
    let finding = match (near, target) {
        (Some((_, near)), Target::Intent(_)) => {
            Finding::suggesting(rule, evidence, &format!("intent:{near}"))
        }
        _ => Finding::new(rule, evidence),
    };
    story.find(finding.pasting(manifest::needed(target)));
}

/// The rule of an obstacle, and the end of a sentence that begins with "the filter of …".
fn told(obstacle: &Obstacle, intent: &Intent) -> (&'static Rule, String) {
    let data = intent.data.clone().unwrap_or_default();
    match obstacle {
        Obstacle::LacksCategory(name) if name == DEFAULT => {
            (&rules::FILTER_LACKS_DEFAULT, "lacks the category DEFAULT".into())
        }
        Obstacle::LacksCategory(name) if name == BROWSABLE => {
            (&rules::FILTER_LACKS_BROWSABLE, "lacks the category BROWSABLE".into())
        }
        Obstacle::LacksCategory(name) => {
            (&rules::FILTER_LACKS_CATEGORY, format!("lacks the category {name}"))
        }
        Obstacle::HasData => (&rules::FILTER_HAS_DATA, "has a <data> element".into()),
        Obstacle::LacksScheme => {
            (&rules::FILTER_LACKS_SCHEME, format!("has not the scheme {}", quoted(&data.scheme)))
        }
        Obstacle::LacksHost => {
            let host = data.host.unwrap_or_default();
            (&rules::FILTER_LACKS_HOST, format!("has not the host {}", quoted(&host)))
        }
        Obstacle::LacksPort => {
            let port = data.port.map_or("a URL without port".into(), |port| format!("the port {port}"));
            (&rules::FILTER_LACKS_PORT, format!("does not take {port}"))
        }
        Obstacle::LacksPath => {
            (&rules::FILTER_LACKS_PATH, format!("does not take the path {}", quoted(&data.path)))
        }
        Obstacle::OtherType => (&rules::FILTER_OTHER_TYPE, "asks for another MIME type".into()),
        Obstacle::Unresolved(text) => (&rules::VALUE_NOT_RESOLVED, format!("has the value {}", quoted(text))),
    }
}
