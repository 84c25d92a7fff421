//! Cases of one sign-off and the token that was tried before and after it.

use crate::record::{Life, Offline, Witness};
use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect};

pub(super) fn alive() -> Life {
    Life::Alive(None)
}

pub(super) fn unknown() -> Life {
    Life::Unknown("the token endpoint answered 503".to_owned())
}

pub(super) fn signed_in(offline: Offline) -> Case {
    Case::new().with_refresh_token(offline)
}

/// The orderly sign-off, after which the session is over.
pub(super) fn ended(witness: Witness, offline: Offline, before: Life, after: Life) -> Case {
    signed_in(offline)
        .get(&[OWN, TARGET])
        .gets(redirect(303, OUT))
        .at_rest(Session::Ended)
        .token(witness, before, after)
}
