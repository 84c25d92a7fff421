//! What stands in the place of an asterisk: an OP that takes the registered value for a pattern meets more than names.

use super::to;
use crate::redirect::{RedirectOperation, RedirectUri, Registered};
use crate::scenario::Scenario;

pub(super) fn scenarios() -> Vec<Scenario> {
    let in_its_place = |text: &str| {
        to(RedirectUri {
            registered: Registered::Pattern,
            operation: Some(RedirectOperation::InPlaceOfAsterisk(text.to_owned())),
            ..RedirectUri::default()
        })
    };
    vec![
        Scenario::after_sign_in(
            "redirect/pattern/query",
            "A question mark ends the authority, so that what the pattern fixes behind its asterisk is a stranger's query.",
            in_its_place("{stranger}?"),
        ),
        Scenario::after_sign_in(
            "redirect/pattern/fragment",
            "A number sign ends the authority just so, and the rest never leaves the browser.",
            in_its_place("{stranger}#"),
        ),
    ]
}
