//! The OP does not send the End-User to a post-logout redirect URI that is not, character for character,
//! one of those registered.
//!
//! # Why it matters
//! The logout endpoint needs no authentication. Whatever it redirects to can borrow the IdP's good name: a
//! prefix match, a parsed and normalised comparison, or another client's address each
//! made an open redirector of a real product.
//!
//! # What does not count
//! An error page, a confirmation page or a signed-off page: the specification leaves that to the OP. Which
//! client's registrations count is judged by the client that a genuine hint or `client_id` names; when none
//! is named, a URI that any client registered is not judged here but by RPIL-3-03.
//!
//! # How to fix
//! Compare the parameter's octets with the registered octets, before any parsing. Do not normalise, decode
//! or match prefixes, and register what is meant.

use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "RPIL-3-04",
    name: "exact-redirect-uri",
    level: Level::MustNot,
    source: Reference {
        document: Document::RpInitiatedLogout,
        section: "3",
    },
    title: "no redirect to a URI that does not exactly match a registered one",
    file: include_str!("exact_redirect_uri.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let target = s.target();
    let uri = target
        .once()
        .ok_or_else(|| crate::Stop::NotMine("no single redirect URI was sent".to_owned()))?;
    let registration = s.registered(uri);
    only_if(
        !registration.for_client.unwrap_or(registration.anywhere),
        "the URI is registered",
    )?;
    s.must_not(
        s.left(),
        s.did(Control::Orderly, SignOff::honoured, "honour its target"),
        "an error page, a question or a signed-off page: no redirect",
    )
}
