//! The page that asks shows a picture of somebody else.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "third-party-image",
    summary: "loads an image from another site on the pages of the sign-off",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["BCP-4.2.4-01"])],
    stands_on: &["U-05"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.is_about_signing_off() {
        response.with_content("<img src=\"https://cdn.third-party.example/logo.png\" alt=\"\">")
    } else {
        response
    }
}
