//! An address of a native application is written anew as if it were of the web.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "scheme-rewritten",
    summary: "redirects to addresses of native applications with two slashes more",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["RPIL-2-11"])],
    stands_on: &["A-31"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    response.rewritten("Location", |location| match location.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}:///{rest}"),
        _ => location.to_owned(),
    })
}
