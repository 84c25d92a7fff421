//! Passwords: set by somebody else, or changed by whoever knows the one before.

use serde_json::json;

use super::error::{ApiError, Detail};
use super::reader::Reader;
use super::users::{changing, found};
use super::{Call, Outcome};
use crate::accounts::PasswordRefused;
use crate::config::PasswordStatus;
use crate::http::Response;
use crate::parameters::media_type;
use crate::realm::Realm;

const SET: &str = "application/vnd.pingidentity.password.set+json";
const RESET: &str = "application/vnd.pingidentity.password.reset+json";

/// How the password is doing; never the password itself.
pub(super) fn read(realm: &mut Realm, call: &Call) -> Outcome {
    let user = found(realm, call)?;
    let status = if user.password.is_empty() {
        "NO_PASSWORD"
    } else {
        user.password_status.name()
    };
    let description = json!({
        "_links": { "self": { "href": call.link(&format!("/users/{}/password", user.id)) } },
        "environment": { "id": realm.tenant.id },
        "user": { "id": user.id },
        "status": status,
    });
    Ok(Response::json(200, &description))
}

pub(super) fn update(realm: &mut Realm, call: &Call) -> Outcome {
    found(realm, call)?;
    let kind = media_type(call.incoming.request).unwrap_or_default();
    if kind == SET {
        set(realm, call)?;
    } else {
        reset(realm, call)?;
    }
    read(realm, call)
}

fn set(realm: &mut Realm, call: &Call) -> Result<(), ApiError> {
    let mut content = Reader::of_type(call.incoming, &[SET])?;
    let value = content.required_text("value").unwrap_or_default();
    let force = content.flag("forceChange").unwrap_or(false);
    content.inert(&["bypassPolicy"]);
    content.finish()?;
    let user = changing(realm, call)?;
    user.password = value;
    user.password_status = if force {
        PasswordStatus::MustChangePassword
    } else {
        PasswordStatus::Ok
    };
    Ok(())
}

fn reset(realm: &mut Realm, call: &Call) -> Result<(), ApiError> {
    let mut content = Reader::of_type(call.incoming, &[RESET, "application/json"])?;
    let current = content.required_text("currentPassword").unwrap_or_default();
    let new = content.required_text("newPassword").unwrap_or_default();
    content.finish()?;
    let changed = realm.change_password(call.id(1), &current, &new);
    changed.map_err(|refused| {
        let target = match refused {
            PasswordRefused::WrongCurrent => "currentPassword",
            PasswordRefused::Empty | PasswordRefused::Unchanged => "newPassword",
        };
        ApiError::Invalid(vec![Detail::new(
            "INVALID_VALUE",
            target,
            refused.message(),
        )])
    })
}
