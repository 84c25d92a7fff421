//! `/as/idpSignoff`: a session ends by an ID token alone.

use super::PRODUCT;
use crate::rule::Rule;
use crate::sign_off::Control;
use signoff_oidc::Door;

mod answers_in_three_forms;
mod client_agrees_with_hint;
mod hint_alone_required;
mod hint_checked;
mod no_cookie_needed;
mod switched_on;

pub(super) use answers_in_three_forms::RULE as ANSWERS_IN_THREE_FORMS;
pub(super) use client_agrees_with_hint::RULE as CLIENT_AGREES;
pub(super) use hint_alone_required::RULE as HINT_REQUIRED;
pub(super) use hint_checked::RULE as HINT_CHECKED;
pub(super) use no_cookie_needed::RULE as NO_COOKIE_NEEDED;
pub(super) use switched_on::RULE as SWITCHED_ON;

/// A rule of this endpoint; the other fields by `..`.
const ENDPOINT: Rule = Rule {
    scope: super::CURRENT_ONLY,
    doors: &[Door::HintAlone],
    needs: &[Control::SameDoor],
    ..PRODUCT
};

#[cfg(test)]
mod fixture {
    use crate::pingone::reading::fixture::alice;
    use crate::record::CookiesSent;
    use crate::setting::Setting;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, error, redirect};
    use signoff_oidc::Door;

    pub(super) const DOOR: &str =
        "https://auth.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11/as/idpSignoff";

    /// Alice is signed on at application `a`, for which the setting is on.
    pub(super) fn allowed() -> Case {
        set(true)
    }

    /// The same with the setting as told.
    pub(super) fn set(allowed: bool) -> Case {
        alice().with_setting(Setting::HintAlone {
            client: "a".to_owned(),
            allowed,
        })
    }

    /// A request without any cookie. Until said otherwise it is refused.
    pub(super) fn asks(case: Case, params: &[(&str, &str)]) -> Case {
        case.get_at(Door::HintAlone, DOOR, params)
            .with_cookies(CookiesSent::None)
            .gets(error())
    }

    /// It is carried out: the session ends, and the browser goes there.
    pub(super) fn ends_at(case: Case, location: &str) -> Case {
        case.gets(redirect(302, location)).at_rest(Session::Ended)
    }

    /// Beside an orderly request that was carried out, or refused.
    pub(super) fn beside(case: Case, works: bool) -> Case {
        let twin = asks(allowed(), &[OWN, TARGET]);
        let twin = if works { ends_at(twin, OUT) } else { twin };
        case.control(Control::SameDoor, twin)
    }
}
