//! A case from raw exchanges in a few lines, for the rules' tests.
//!
//! [`Case::new`] is a target with two clients where Alice has signed in at client `a` in the first browser.
//! `get` or `post` adds a sign-off; what follows describes that one: how it was answered, what became of
//! the session, what the person said. `control` sets a run beside it, and `judge` lets a rule speak.

use crate::world::World;
use signoff_oidc::{Client, ClientAuth, Metadata, Origin};

mod answers;
mod assertions;
mod case;
mod discovered;
mod judging;
pub(crate) mod tried;

pub(crate) use answers::{asks, blank, error, json, page, redirect, signed_off, with_header};
pub(crate) use case::{Case, Session};
pub(crate) use discovered::Discovered;

/// The issuer of the target.
pub(crate) const ISSUER: &str = "https://op.example";
/// Its logout endpoint.
pub(crate) const END: &str = "https://op.example/end";
/// Client `a`'s first post-logout redirect URI.
pub(crate) const OUT: &str = "https://rp.example/out";
/// Client `a`'s second one, with a query.
pub(crate) const OUT_QUERY: &str = "https://rp.example/out?x=1";
/// Client `b`'s post-logout redirect URI.
pub(crate) const BYE: &str = "https://other.example/bye";
/// Registered nowhere.
pub(crate) const EVIL: &str = "https://evil.test/";
/// The ID token of Alice's first sign-in, at client `a`.
pub(crate) const HINT: &str = "id-token-0";
/// The access token of that sign-in.
pub(crate) const ACCESS_TOKEN: &str = "access-token-0";
/// How long an ID token lasts here, in seconds.
pub(crate) const LIFETIME: i64 = 3600;
/// The hint of Alice's first sign-in.
pub(crate) const OWN: (&str, &str) = ("id_token_hint", HINT);
/// Client `a`'s registered URI as the target.
pub(crate) const TARGET: (&str, &str) = ("post_logout_redirect_uri", OUT);

fn client(id: &str, host: &str, post_logout_redirect_uris: &[&str]) -> Client {
    Client {
        id: id.to_owned(),
        secret: Some(format!("secret-of-{id}")),
        auth: ClientAuth::default(),
        redirect_uris: vec![format!("https://{host}/callback")],
        post_logout_redirect_uris: post_logout_redirect_uris
            .iter()
            .map(|uri| (*uri).to_owned())
            .collect(),
        frontchannel_logout_uri: None,
        backchannel_logout_uri: None,
    }
}

/// The target that every case starts from.
pub(crate) fn world() -> World {
    let discovery = json(
        200,
        r#"{"issuer":"https://op.example","end_session_endpoint":"https://op.example/end","jwks_uri":"https://op.example/jwks"}"#,
    );
    World {
        dialect: "oidc".to_owned(),
        edition: None,
        real: false,
        issuer: ISSUER.to_owned(),
        own_origins: Origin::of(ISSUER).into_iter().collect(),
        clients: vec![
            client("a", "rp.example", &[OUT, OUT_QUERY]),
            client("b", "other.example", &[BYE]),
        ],
        listening: Vec::new(),
        metadata: Metadata::parse(&discovery.body),
        discovery,
        doors: Vec::new(),
        rfc8414: None,
        jwks: None,
        behind: None,
        confirmation: None,
    }
}

mod tests {
    use super::*;
    use crate::rp_initiated::RULES;
    use crate::sign_off::Control;

    #[test]
    fn a_case_judges_its_last_sign_off() {
        let exact = RULES
            .iter()
            .find(|rule| rule.id == "RPIL-3-04")
            .expect("a rule");
        let case =
            || Case::new().get(&[("id_token_hint", HINT), ("post_logout_redirect_uri", EVIL)]);
        case().assert_wants(exact, Control::Orderly);
        case().orderly_worked().assert_kept(exact);
        case().orderly_refused().assert_undecided(exact);
        case().gets(redirect(302, EVIL)).assert_violated(exact);
        Case::new().get(&[TARGET]).assert_not_mine(exact);
    }
}
