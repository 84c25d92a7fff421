//! Cases at this product, for the rules' tests.

use crate::record::{Answered, Arrival, Channel};
use crate::sign_off::Control;
use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, page};
use signoff_oidc::{Request, Response};

/// Alice has signed in at client `a`.
pub(in crate::identity_server) fn alice() -> Case {
    Case::new().of_product("identityserver", Some("duende-8"))
}

/// The page after the sign-off, with a link to this address.
pub(in crate::identity_server) fn logged_out(back: Option<&str>) -> Response {
    let link = back.map(|back| format!("<a href=\"{}\">here</a>", back.replace('&', "&amp;")));
    let link = link.unwrap_or_default();
    page(
        200,
        &format!("<h1>Logged out</h1><p>You are now logged out.</p>{link}"),
    )
}

/// It signs off at once and offers this way back.
pub(in crate::identity_server) fn signs_off(case: Case, back: Option<&str>) -> Case {
    case.gets(logged_out(back)).at_rest(Session::Ended)
}

/// It asks, the person says yes, and then it offers this way back.
pub(in crate::identity_server) fn asks_first(case: Case, back: Option<&str>) -> Case {
    case.gets(asks())
        .says(Answered::Yes, logged_out(back), Session::Ended)
}

/// Beside an orderly twin that worked.
pub(in crate::identity_server) fn beside_success(case: Case) -> Case {
    let twin = signs_off(alice().get(&[OWN, TARGET]), Some(OUT));
    case.control(Control::Orderly, twin)
}

/// Beside an orderly twin that was refused.
pub(in crate::identity_server) fn beside_refusal(case: Case) -> Case {
    let twin = alice().get(&[OWN, TARGET]).gets(error());
    case.control(Control::Orderly, twin)
}

/// Beside the same request by the other method, which worked.
pub(in crate::identity_server) fn other_method_worked(case: Case) -> Case {
    let twin = signs_off(alice().post(&[OWN, TARGET]), Some(OUT));
    case.control(Control::OtherMethod, twin)
}

/// A client is reached.
pub(in crate::identity_server) fn told(
    mut case: Case,
    channel: Channel,
    client: Option<&str>,
) -> Case {
    let seq = case.record.attempts.last().map_or(0, |attempt| attempt.seq) + 1;
    case.record.arrivals.push(Arrival {
        seq,
        channel,
        client_id: client.map(str::to_owned),
        request: Request::get("https://rp.example/front").expect("an address"),
    });
    case
}
