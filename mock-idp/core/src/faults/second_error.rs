//! The second click on the yes meets a server error.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "second-error",
    summary: "answers 500 to a yes that was given before",
    dialects: &[Oidc],
    expect: Expect::Should,
    breaks: &[(Oidc, &["CSS-03"])],
    stands_on: &["T-01", "T-02"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path == "/end-session/confirm" && response.status == 400 {
        Response::text(500, "Internal server error.")
    } else {
        response
    }
}
