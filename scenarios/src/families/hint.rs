//! What is sent as `id_token_hint`.

use crate::intent::LogoutIntent;
use crate::scenario::Scenario;

/// The family's scenarios.
pub(super) fn scenarios() -> Vec<Scenario> {
    vec![Scenario::after_sign_in(
        "hint/valid",
        "The orderly request: hint of this session, registered URI, state.",
        LogoutIntent::orderly(),
    )]
}
