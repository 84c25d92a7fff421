//! The logout endpoint of the same tenant at another host, such as a custom domain. The browser's session is
//! that of the usual host, so only the answer shows what was made of the hint.

use super::alice;
use crate::intent::LogoutIntent;
use crate::redirect::RedirectUri;
use crate::scenario::{Party, Scenario, Step};
use crate::token::{ClaimEdit, ClaimValue, Hint, IssuerEdit, Signing};
use signoff_oidc::Door;

fn there(hint: Hint) -> LogoutIntent {
    LogoutIntent::bare()
        .at(Door::OtherAddress)
        .hint(hint)
        .redirect(RedirectUri::of(Party::A))
}

fn from(issuer: IssuerEdit) -> Hint {
    let issuer = ClaimEdit::set("iss", ClaimValue::Issuer(issuer));
    Hint::forged(vec![issuer], Signing::ByTheOp)
}

pub(super) fn scenarios() -> Vec<Scenario> {
    let one = |id: &str, purpose: &str, intent: LogoutIntent| {
        Scenario::of(id, purpose, vec![alice(), Step::SignOff(intent)])
    };
    vec![
        one(
            "door/other-address/own-issuer",
            "A hint whose issuer is the host that the request goes to is good there.",
            there(from(IssuerEdit::CustomDomain)),
        ),
        one(
            "door/other-address/usual-issuer",
            "A hint of the usual host must not be good at another one, although both are the same tenant.",
            there(Hint::OfSignIn(0)),
        ),
        one(
            "door/other-address/usual-issuer-by-post",
            "The other host compares the issuer for POST as it does for GET.",
            there(Hint::OfSignIn(0)).by_post(),
        ),
        one(
            "door/other-address/other-region",
            "A hint of another region must not be good at another host of the tenant.",
            there(from(IssuerEdit::OtherRegion)),
        ),
        one(
            "door/other-address/stranger",
            "A hint that names a stranger as its issuer must not be good at another host of the tenant.",
            there(from(IssuerEdit::Stranger)),
        ),
        one(
            "door/other-address/trailing-slash",
            "The comparison at another host is by character too: a slash more is another issuer.",
            there(from(IssuerEdit::TrailingSlash)),
        ),
    ]
}
