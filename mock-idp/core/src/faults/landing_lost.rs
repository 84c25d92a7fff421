//! Where nobody said where to go, the way out leads nowhere: the page is not told what to show, the application's own
//! pages not where the person comes from.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "landing-lost",
    summary: "lands without the part of the page and without environmentId when no redirect URI was asked for",
    dialects: &[PingOne],
    expect: Expect::Should,
    breaks: &[(PingOne, &["P1-SO-17"])],
    stands_on: &["F-08"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if !incoming.path.ends_with("/as/signoff") {
        return response;
    }
    response.rewritten("Location", |location| {
        let location = location.replace("#signedOff", "").replace("#signedOut", "");
        location.replace("environmentId=", "environment=")
    })
}
