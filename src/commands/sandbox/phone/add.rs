//! `opush sandbox phone add`: a phone made to fit the profile, so that it works; flags break it.
//! What fits is the sandbox's to say.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::app_file::AppFlag;
use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::declared;
use super::flags::{PhoneFlags, Switch, brand};
use super::printed;
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report};
use crate::sandbox::control::NewPhone;
use crate::sandbox::phone::{Brand, Phone};
use crate::services::sandbox::{SandboxTarget, package, phone_for};

/// Add a phone, its app installed and registered
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox phone add --name find-x --alias alice
  opush sandbox phone add --name no-channel --channel none
  opush sandbox phone add --activity com.example.demo.SplashActivity:not-exported
  opush sandbox phone add --app app-release.apk")]
pub(crate) struct Args {
    /// Its name here [default: phone-1, phone-2 ...]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Its alias at OPPO
    #[arg(long, value_name = "ALIAS")]
    alias: Option<String>,

    /// oppo, realme or oneplus
    #[arg(long, value_name = "BRAND", value_parser = brand)]
    brand: Option<Brand>,

    /// Model name
    #[arg(long, value_name = "NAME")]
    model: Option<String>,

    /// The app's package [default: the profile's]
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,

    /// The certificate of the app it runs [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    #[command(flatten)]
    flags: PhoneFlags,

    #[command(flatten)]
    app: AppFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PhoneAdd, Failure> {
    let channels = args.flags.channels()?;
    let declared = args.app.read(ctx)?.map(|app| declared::activities(&app));
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let certificate = target.certificate(args.certificate)?;
        let new = NewPhone {
            package: Some(args.package.unwrap_or_else(|| package(&target.profile))),
            brand: args.brand,
            model: args.model,
            android: args.flags.android,
            alias: args.alias,
            channels,
            activities: args.flags.activities().or(declared),
            notifications: args.flags.notifications.map(Switch::is_on),
            do_not_disturb: args.flags.do_not_disturb.map(Switch::is_on),
            network: args.flags.network,
            registered: args.flags.registered.map(Switch::is_on),
            ..phone_for(certificate, args.name)
        };
        let phone = target.control.add_phone(&new).await?;
        Ok(PhoneAdd { phone: WithTimes(phone), of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox phone add --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneAdd {
    #[serde(flatten)]
    phone: WithTimes<Phone>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneAdd {
    fn text(&self, page: &mut Page) {
        printed::phone(&self.phone, page);
        page.line("Send to it, then tap:");
        let send = match &self.phone.alias {
            Some(alias) => {
                let template =
                    "send --profile <PROFILE> --alias <ALIAS> --title Hello --content \"first push\"";
                Remedy::only(template).with("ALIAS", alias)
            }
            None => {
                let template =
                    "send --profile <PROFILE> --reg-id <REG_ID> --title Hello --content \"first push\"";
                Remedy::only(template).with("REG_ID", &self.phone.reg_id)
            }
        };
        page.commands(&[
            send.with("PROFILE", &self.of.profile),
            Remedy::only("sandbox phone tap <NAME>").with("NAME", &self.phone.name),
        ]);
    }
}
