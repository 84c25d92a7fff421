//! `/xp/signoff`: a session ends for its applications of every protocol; and what `/as/signoff` does for them.

use super::PRODUCT;
use crate::rule::Rule;
use crate::sign_off::Control;
use signoff_oidc::Door;

mod cookie_needed;
mod others_told;
mod uri_of_environment;

pub(super) use cookie_needed::RULE as COOKIE_NEEDED;
pub(super) use others_told::RULE as OTHERS_TOLD;
pub(super) use uri_of_environment::RULE as URI_OF_ENVIRONMENT;

/// A rule of this endpoint; the other fields by `..`.
const ENDPOINT: Rule = Rule {
    scope: super::CURRENT_ONLY,
    doors: &[Door::EveryProtocol],
    needs: &[Control::SameDoor],
    ..PRODUCT
};

#[cfg(test)]
mod fixture {
    use crate::pingone::reading::fixture::AtPingOne;
    use crate::pingone::reading::fixture::alice;
    use crate::setting::Setting;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, TARGET};
    use signoff_oidc::Door;

    pub(super) const DOOR: &str =
        "https://auth.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11/xp/signoff";

    /// Alice is signed on; the environment lets its sign-offs lead to one address.
    pub(super) fn listed() -> Case {
        alice().with_setting(Setting::EveryProtocolUris(vec![OUT.to_owned()]))
    }

    /// A request to the endpoint. Until said otherwise nothing happens.
    pub(super) fn asks(case: Case, params: &[(&str, &str)]) -> Case {
        case.get_at(Door::EveryProtocol, DOOR, params)
    }

    /// Beside an orderly request that was carried out, or refused.
    pub(super) fn beside(case: Case, works: bool) -> Case {
        let twin = asks(listed(), &[TARGET]);
        let twin = if works { twin.ends_at(OUT) } else { twin };
        case.control(Control::SameDoor, twin)
    }
}
