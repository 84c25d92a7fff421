//! The page that is to ask says yes by itself: what looks like a question in the source asks nobody.

use super::{Expect, Fault};
use crate::config::DialectId::Oidc;
use crate::http::Response;
use crate::realm::{Incoming, Realm};

pub(super) static FAULT: Fault = Fault {
    id: "question-answers-itself",
    summary: "shows a question whose form a script sends with a yes as soon as the page is there",
    dialects: &[Oidc],
    expect: Expect::Must,
    breaks: &[(Oidc, &["RPIL-2-27", "RPIL-2-28", "RPIL-6-01"])],
    stands_on: &["H-04"],
    inject: |policy| {
        policy.after.push(change);
    },
};

const BUTTONS: &str = "<button name=\"answer\"";

const BY_ITSELF: &str = "<input type=\"hidden\" name=\"answer\" value=\"yes\"></form><script>\
    document.addEventListener(\"DOMContentLoaded\", function () { document.forms[0].submit(); });\
    </script>";

fn change(_: &Realm, incoming: &Incoming, response: Response) -> Response {
    if !incoming.path.starts_with("/end-session") {
        return response;
    }
    let text = String::from_utf8_lossy(&response.body);
    let Some((before, rest)) = text.split_once(BUTTONS) else {
        return response;
    };
    let behind = rest.split_once("</form>").map_or("", |(_, behind)| behind);
    let body = format!("{before}{BY_ITSELF}{behind}").into_bytes();
    Response { body, ..response }
}
