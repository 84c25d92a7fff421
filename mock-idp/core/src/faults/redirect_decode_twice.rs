//! The address of the redirect is decoded once more than it was encoded.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "redirect-decode-twice",
    summary: "decodes the address of the redirect once more, which ends at an encoded number sign",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-15"])],
    stands_on: &["A-43"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if !incoming.is_about_signing_off() {
        return response;
    }
    response.rewritten("Location", |location| {
        // What is no text afterwards, or could not stand in a header, stays as it was.
        let decoded = percent_encoding::percent_decode_str(location).decode_utf8();
        let decoded = decoded
            .ok()
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
        let decoded = decoded.map_or(location.to_owned(), std::borrow::Cow::into_owned);
        decoded.split('#').next().unwrap_or_default().to_owned()
    })
}
