//! Manners: nobody's production is tested by mistake.

use crate::console::Console;
use crate::stop::Stop;
use signoff_runner::engine::Target;
use signoff_runner::target_file::Access;

/// Asks before the first request to a target that is not on this machine.
pub(crate) fn obtain(
    target: &Target,
    access: Option<&Access>,
    yes: bool,
    console: Console,
) -> Result<(), Stop> {
    let Some(access) = access.filter(|access| access.needs_consent() && !yes) else {
        return Ok(());
    };
    let rate = access.rate.map_or_else(
        || "without a limit".to_owned(),
        |rate| format!("{rate} a second"),
    );
    let about = format!(
        "{} at {} is not on this machine; it would be sent sign-ins and sign-offs as {}, {rate}",
        target.name, target.issuer, target.user.name
    );
    if !Console::can_ask() {
        return Err(Stop::usage(format!(
            "{about}; say so with --yes, or look first with --dry-run"
        )));
    }
    match console.ask(&format!("{about}. Go ahead? [y/N]"))?.as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Stop::usage("nothing was sent")),
    }
}
