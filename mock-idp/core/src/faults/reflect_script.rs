//! A value of the request is written into a script as it stands.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "reflect-script",
    summary: "writes the state into a script block",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["CSS-04"])],
    stands_on: &["J-01"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    let sent = incoming.parameters();
    let Some(state) = sent.octets("state") else {
        return response;
    };
    if !incoming.is_about_signing_off() {
        return response;
    }
    let state = String::from_utf8_lossy(state).into_owned();
    response
        .with_content(&format!("<script>const asked = \"{state}\";</script>"))
        .without("Content-Security-Policy")
}
