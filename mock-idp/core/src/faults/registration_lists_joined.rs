//! Lists of URIs are kept in one column, and come back as one text.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use serde_json::Value;

use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "registration-lists-joined",
    summary: "gives the URIs of a registered client back as one text, with spaces between them",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["DCR-3.2-01", "RPIL-3.1-02"])],
    stands_on: &["A-08", "A-55"],
    inject: |policy| {
        policy.after.push(change);
    },
};

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if incoming.path != "/register" {
        return response;
    }
    response.with_members(|members| {
        for name in ["redirect_uris", "post_logout_redirect_uris"] {
            let uris = members.get(name).and_then(Value::as_array);
            let joined = uris.map(|uris| {
                let uris: Vec<&str> = uris.iter().filter_map(Value::as_str).collect();
                uris.join(" ")
            });
            if let Some(joined) = joined {
                members.insert(name.into(), joined.into());
            }
        }
    })
}
