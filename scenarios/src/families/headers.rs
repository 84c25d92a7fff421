//! Header fields that any sender can write, and that a sign-off must not depend on.

use crate::intent::LogoutIntent;
use crate::redirect::{RedirectOperation, RedirectUri, STRANGER};
use crate::scenario::Scenario;
use crate::token::Hint;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    let hint_only = || LogoutIntent::bare().hint(Hint::OfSignIn(0));
    let forwarded = |intent: LogoutIntent| {
        intent
            .header("X-Forwarded-Host", STRANGER)
            .header("Forwarded", &format!("host={STRANGER}"))
    };
    let origin = format!("https://{STRANGER}");
    let at_stranger = RedirectUri::altered(RedirectOperation::Instead(format!("{origin}/bye")));
    vec![
        Scenario::after_sign_in(
            "headers/origin/stranger",
            "A script of a foreign page calls the endpoint with the person's cookies: it must not be let read the answer.",
            hint_only().header("Origin", &origin),
        ),
        Scenario::after_sign_in(
            "headers/origin/stranger-by-post",
            "The same script posts the form, which needs no permission to be sent and must get none to read.",
            LogoutIntent::orderly().by_post().header("Origin", &origin),
        ),
        Scenario::after_sign_in(
            "headers/forwarded/without-target",
            "A sender's own forwarding header: the provider's addresses are those of its configuration all the same.",
            forwarded(hint_only()),
        ),
        Scenario::after_sign_in(
            "headers/forwarded/without-hint",
            "The question is answered at the provider's own address, whatever host a header names.",
            forwarded(LogoutIntent::bare()),
        ),
        Scenario::after_sign_in(
            "headers/forwarded/target-at-that-host",
            "A target at the host that the forwarding header names is as unregistered as any other stranger's.",
            forwarded(hint_only().redirect(at_stranger)),
        ),
    ]
}
