//! What shows of a fault of the plain provider at the endpoints around sign-off: registration, revocation, and requests
//! that must not show anything.

use mock_idp_core::{Op, Request};

use super::browser::{
    ALICE, BOB, Browser, OP, authorize, oidc, refresh, start, token_at, userinfo,
};
use super::fault_effects::noted;
use super::oidc_registration::register;
use serde_json::json;

/// What is answered there, with this fault or with none.
pub(crate) fn around(fault: Option<&str>) -> Vec<String> {
    let made = || {
        let config = match fault {
            Some(fault) => oidc().with_fault(fault),
            None => oidc(),
        };
        Op::new(config).unwrap()
    };
    let mut notes = registrations(&mut made());
    notes.extend(silent_requests(&mut made()));
    for (client, refresh_token, token_type) in [
        ("rp", false, None),
        ("rp", true, None),
        ("rp", true, Some("access_token")),
        ("other", true, None),
    ] {
        notes.extend(revocation(&mut made(), client, refresh_token, token_type));
    }
    notes
}

fn registrations(op: &mut Op) -> Vec<String> {
    let uris = |after_sign_off: &[&str]| {
        json!({
            "redirect_uris": ["https://new.example/cb"],
            "post_logout_redirect_uris": after_sign_off,
        })
    };
    [
        uris(&["https://new.example/out", "https://new.example/out?x=1"]),
        uris(&["http://new.example/out"]),
        uris(&["javascript:alert(1)"]),
        uris(&["no address"]),
    ]
    .iter()
    .map(|metadata| noted(&register(op, metadata)))
    .collect()
}

fn silent_requests(op: &mut Op) -> Vec<String> {
    let mut nobody = Browser::default();
    let mut alice = Browser::default();
    alice.sign_on(op, OP, "rp", ALICE);
    let bob = Browser::default().sign_on(op, OP, "rp", BOB);
    let silent = ("prompt", "none");
    vec![
        noted(&nobody.get(op, &authorize(OP, "rp", &[silent]))),
        noted(&alice.get(
            op,
            &authorize(OP, "rp", &[silent, ("id_token_hint", &bob.id)]),
        )),
        noted(&alice.get(op, &authorize(OP, "rp", &[silent, ("ui_locales", "tlh")]))),
    ]
}

fn revocation(
    op: &mut Op,
    client: &str,
    refresh_token: bool,
    token_type: Option<&str>,
) -> Vec<String> {
    let tokens = Browser::default().sign_on_with(
        op,
        OP,
        "rp",
        ALICE,
        &[("scope", "openid offline_access"), ("prompt", "consent")],
    );
    let refreshed = tokens.refresh.unwrap();
    let token = if refresh_token {
        &refreshed
    } else {
        &tokens.access
    };
    let mut fields = vec![("token", token.as_str())];
    fields.extend(token_type.map(|token_type| ("token_type_hint", token_type)));
    let endpoint = format!("{OP}/revoke");
    let revoked = token_at(op, &endpoint, client, &fields);
    let unknown = token_at(op, &endpoint, "rp", &[("token", "unheard-of")]);
    let gone = op.handle(&Request::get(format!("{OP}/end-session")), start());
    vec![
        noted(&revoked),
        noted(&unknown),
        noted(&gone),
        userinfo(op, OP, &tokens.access).to_string(),
        refresh(op, OP, "rp", &refreshed).to_string(),
    ]
}
