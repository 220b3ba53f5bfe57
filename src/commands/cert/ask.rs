//! The guided way of `opush cert add`: asks a person for what the flags did not give, one thing at a time.
//! What a good answer is belongs to `config` and `click`; how a question looks, to `output`.

use super::super::context::Ctx;
use super::super::profile::region::region_choice;
use super::fields::{self, Checked, opaque};
use crate::click::Target;
use crate::config::{CertificateId, NewSecret, Profile, Region, console, rules};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt};
use crate::session::Destination;

/// What a profile that does not exist yet is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProfileToMake {
    pub(crate) region: Option<Region>,
    pub(crate) package: Option<String>,
}

/// The name offered for a first profile.
const FIRST: &str = "demo";

/// Says where things will go, and asks for the profile where it is new.
pub(crate) fn profile(
    prompt: &Prompt,
    ctx: &Ctx,
    place: &mut Destination,
    new: &mut ProfileToMake,
) -> Result<(), Failure> {
    let file = ctx.paths.friendly(&place.found.path);
    let exists = place.found.path.symlink_metadata().is_ok();
    match (&place.known, &place.name) {
        (Some(profile), _) => {
            prompt
                .say(&format!("A certificate for profile {} ({}) in {file}.", profile.name, profile.region));
            return Ok(());
        }
        (None, _) if !exists => prompt.say(&format!("No configuration yet. It will be written to {file}.")),
        (None, Some(name)) => prompt.say(&format!("Profile {name} is not in {file} yet. It will be added.")),
        (None, None) => prompt.say(&format!("{file} has no profile yet. One will be added.")),
    }
    if place.name.is_none() {
        let check = |name: &str| rules::profile_name(name).map_err(|flaw| flaw.reply());
        place.name = Some(prompt.text("Profile name", Some(FIRST), &check)?);
    }
    if new.region.is_none() {
        let choices: Vec<_> = Region::ALL.iter().copied().map(region_choice).collect();
        let chosen = prompt.choose("Region", &choices, 0)?;
        new.region = Region::ALL.get(chosen).copied();
    }
    if new.package.is_none() {
        let check = |name: &str| rules::package(name).map_err(|flaw| flaw.reply());
        new.package = Some(prompt.text("App package", None, &check)?);
    }
    Ok(())
}

/// Asks for what a certificate still needs, in the order of OPPO's console and then of the IM console.
pub(crate) fn certificate(
    prompt: &Prompt,
    checked: &mut Checked,
    known: Option<&Profile>,
    package: Option<&str>,
) -> Result<(), Failure> {
    let text = |word: &str| prompt.text(word, None, &|answer| opaque(word, answer));
    if checked.app_id.is_none() {
        checked.app_id = Some(text("AppId")?);
    }
    if checked.app_key.is_none() {
        checked.app_key = Some(text("AppKey")?);
    }
    while checked.master_secret.is_none() {
        let secret = fields::secret(prompt, "MasterSecret")?;
        if let Some(remark) = remark(&secret, checked) {
            prompt.remark(&remark);
            if !prompt.confirm("  Use it all the same?", Some(false))? {
                continue;
            }
        }
        checked.master_secret = Some(secret);
    }
    if checked.channel_id.is_none() {
        checked.channel_id = Some(text("ChannelID")?);
    }
    if checked.click.is_none() {
        checked.click = Some(click(prompt, package)?);
    }
    if checked.id.is_none() {
        checked.id = id(prompt, known)?;
    }
    Ok(())
}

fn click(prompt: &Prompt, package: Option<&str>) -> Result<Target, Failure> {
    let choices = [
        "Open the app",
        "Open a URL",
        "Open an Activity of the app",
        "Open what has an intent action",
        "Open a URL of the app's own scheme",
    ];
    let chosen = prompt.choose("Click event", &choices.map(String::from), 0)?;
    let (action, word) = match chosen {
        0 => return Ok(Target::OpenApp),
        1 => ("url", "URL"),
        2 => ("activity", "Activity"),
        3 => ("intent", "Intent action"),
        _ => ("scheme", "Scheme URL"),
    };
    let read = |answer: &str| Target::from_parts(action, Some(answer), package);
    let reason = |problems: Vec<Problem>| {
        let said: Vec<String> = problems.iter().map(|one| format!("{}; {}", one.message, one.hint)).collect();
        said.join(". ")
    };
    let answer = prompt.text(word, None, &|answer| read(answer).map(|_| ()).map_err(reason))?;
    read(&answer).map_err(Failure::all)
}

fn id(prompt: &Prompt, known: Option<&Profile>) -> Result<Option<CertificateId>, Failure> {
    prompt.remark("The IM console shows a certificate ID once it has saved one. Empty if there is none yet.");
    let check = |answer: &str| match rules::certificate_id(answer) {
        _ if answer.is_empty() => Ok(()),
        Ok(id) if known.is_some_and(|profile| profile.find(id).is_some()) => {
            Err(format!("the profile has a certificate {id} already; give another ID"))
        }
        Ok(_) => Ok(()),
        Err(flaw) => Err(flaw.reply()),
    };
    Ok(CertificateId::parse(&prompt.text("Certificate ID", None, &check)?))
}

/// What looks as if another of the three had been pasted (AppKey, AppSecret, MasterSecret, in the console's order).
pub(crate) fn remark(master_secret: &NewSecret, checked: &Checked) -> Option<String> {
    let master = master_secret.typed()?;
    let app_secret = checked.app_secret.as_ref().and_then(NewSecret::typed);
    let other = match () {
        () if checked.app_key.as_deref() == Some(master) => "AppKey",
        () if app_secret == Some(master) => "AppSecret",
        () => return None,
    };
    let hex = master.len() == 32 && master.chars().all(|c| c.is_ascii_hexdigit());
    let form = if hex { "is 32 hex characters and equals" } else { "equals" };
    Some(format!(
        "That {form} the {other} you gave. In OPPO's console MasterSecret is the third of the three: AppKey, \
         AppSecret, MasterSecret."
    ))
}

/// Shows all that will be saved, and asks.
pub(crate) fn confirm(
    prompt: &Prompt,
    place: &Destination,
    new: &ProfileToMake,
    checked: &Checked,
) -> Result<(), Failure> {
    let none = || "none".to_owned();
    let name = place.name.clone().unwrap_or_default();
    let profile = match &place.known {
        Some(profile) => format!("{name} ({})", profile.region),
        None => format!(
            "{name} (new): {}, {}",
            new.region.map_or("", Region::as_str),
            new.package.as_deref().unwrap_or("")
        ),
    };
    let secret = match &checked.master_secret {
        Some(NewSecret::Env(name)) => format!("in the environment variable {name}"),
        Some(NewSecret::File(path)) => format!("in {}", path.display()),
        Some(NewSecret::Typed(_)) => "given; it becomes a private file".into(),
        None => none(),
    };
    let id = checked.id.map_or_else(|| "none yet; opush gives a local one".into(), |id| id.to_string());
    let mut page = Page::new(None, false);
    page.blank();
    page.pairs(&[
        ("Profile", profile),
        ("AppId", checked.app_id.clone().unwrap_or_else(none)),
        ("AppKey", checked.app_key.clone().unwrap_or_else(none)),
        ("MasterSecret", secret),
        ("ChannelID", checked.channel_id.clone().unwrap_or_else(none)),
        ("Click event", checked.click.as_ref().map_or_else(none, console::click_event)),
        ("Certificate ID", id),
    ]);
    prompt.page(page);
    if prompt.confirm("Save it?", Some(true))? {
        return Ok(());
    }
    Err(Problem::new(Kind::Declined, "not saved", Remedy::run("begin again when you are ready", "cert add"))
        .into())
}
