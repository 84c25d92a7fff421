//! What comes decoded goes out undecoded: a line end ends the field.

use super::{Expect, Fault};
use crate::config::DialectId::{Oidc, PingOne};
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "reflect-crlf",
    summary: "lets a line end in the address of a redirect begin a header field",
    dialects: &[PingOne, Oidc],
    expect: Expect::Must,
    breaks: &[(PingOne, &["CSS-08"]), (Oidc, &["CSS-08"])],
    stands_on: &["J-04"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, _: &Incoming, response: Response) -> Response {
    let Some(location) = response.header("Location").map(str::to_owned) else {
        return response;
    };
    let Some((before, line)) = location.split_once("%0D%0A") else {
        return response;
    };
    let line = line.replace("%3A", ":").replace('+', " ");
    let response = response.without("Location").with("Location", before);
    match line.split_once(':') {
        Some((name, value)) => response.with(name, value.trim()),
        None => response,
    }
}
