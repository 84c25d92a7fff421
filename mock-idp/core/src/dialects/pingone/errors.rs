//! Errors as PingOne writes them: an id, a code, and details.

use serde_json::{Value, json};

use crate::accounts::{Denied, PasswordRefused};
use crate::http::Response;
use crate::logout::hint;
use crate::parameters::encoded;
use crate::realm::{Incoming, Realm, Site};
use crate::uri;

/// What the product says whenever a value will not do.
pub(crate) const INVALID: &str =
    "The request could not be completed. One or more validation errors were in the request.";

/// An error with an id of its own.
pub(crate) struct P1Error {
    status: u16,
    body: Value,
}

impl P1Error {
    /// As JSON, for programs.
    pub(crate) fn answer(&self) -> Response {
        Response::json(self.status, &self.body)
    }

    /// On the hosted page, for people.
    pub(crate) fn shown(&self, realm: &Realm, site: Site) -> Response {
        let error = encoded(self.body.to_string().as_bytes());
        Response::redirect(302, &format!("{}/signon/?error={error}", realm.ui(site)))
    }

    /// On the pages of the application's own where it has some, else on the hosted one. The vendor's sample of such pages
    /// reads the error from their query.
    pub(crate) fn shown_by(&self, realm: &Realm, site: Site, client: Option<&str>) -> Response {
        let client = client.and_then(|id| realm.tenant.client(id));
        let own = client
            .filter(|client| client.enabled)
            .and_then(|client| client.login_page_url.as_deref());
        let Some(own) = own else {
            return self.shown(realm, site);
        };
        let error = self.body.to_string();
        let parameters = [
            ("environmentId", realm.tenant.id.as_bytes()),
            ("error", error.as_bytes()),
        ];
        Response::redirect(302, &uri::with_parameters(own.as_bytes(), &parameters))
    }
}

/// The application of a sign-off, if its hint is good. Where an error is shown must not follow from a forged one.
pub(super) fn application(realm: &Realm, incoming: &Incoming) -> Option<String> {
    let sent = incoming.parameters();
    let token = sent.octets("id_token_hint")?;
    let issuer = realm.issuer(incoming.site);
    let hint = hint::examine(realm, token, issuer, None, incoming.now);
    hint.ok()?.client
}

/// A parameter with a value that will not do.
pub(crate) fn invalid_value(realm: &mut Realm, target: &str, message: &str) -> P1Error {
    error(
        realm,
        400,
        ("INVALID_DATA", INVALID),
        Some(("INVALID_VALUE", target, message)),
    )
}

/// Nobody is signed on with this user name and password.
pub(crate) fn denied(realm: &mut Realm, denied: Denied) -> P1Error {
    let (code, message, inner) = match denied {
        Denied::WrongCredentials { attempts_left } => (
            "INVALID_CREDENTIALS",
            "The provided password did not match provisioned password",
            attempts_left.map(|left| json!({ "failuresRemaining": left })),
        ),
        Denied::LockedOut { seconds } => (
            "PASSWORD_LOCKED_OUT",
            "Too many unsuccessful sign-on attempts. Your account is locked.",
            seconds.map(|seconds| json!({ "secondsUntilUnlock": seconds })),
        ),
    };
    let mut error = error(
        realm,
        400,
        ("INVALID_DATA", INVALID),
        Some((code, "password", message)),
    );
    if let Some(inner) = inner {
        error.body["details"][0]["innerError"] = inner;
    }
    error
}

/// A password that cannot be the new one.
pub(crate) fn password_refused(realm: &mut Realm, refused: PasswordRefused) -> P1Error {
    let (target, unsatisfied) = match refused {
        PasswordRefused::WrongCurrent => ("currentPassword", None),
        PasswordRefused::Empty => ("newPassword", Some("length")),
        PasswordRefused::Unchanged => ("newPassword", Some("history")),
    };
    let mut error = invalid_value(realm, target, refused.message());
    if let Some(requirement) = unsatisfied {
        let inner = json!({ "unsatisfiedRequirements": [requirement] });
        error.body["details"][0]["innerError"] = inner;
    }
    error
}

/// Nobody is signed on, and nobody may be asked.
pub(crate) fn login_required(realm: &mut Realm) -> P1Error {
    let summary = "The request could not be completed.";
    let detail = (
        "LOGIN_REQUIRED",
        "prompt",
        "User authentication is required.",
    );
    error(realm, 400, ("INVALID_REQUEST", summary), Some(detail))
}

/// The cookie is missing or another browser's.
pub(crate) fn access_failed(realm: &mut Realm) -> P1Error {
    let message = "The authorization token is either missing or invalid, or it has expired.";
    let detail = ("INVALID_TOKEN", "Authentication Credentials", message);
    error(
        realm,
        401,
        ("ACCESS_FAILED", "You do not have access to this resource."),
        Some(detail),
    )
}

/// A media type that is not understood or cannot be produced.
pub(crate) fn media_type(realm: &mut Realm, status: u16) -> P1Error {
    let message = if status == 406 {
        "The requested media type cannot be produced."
    } else {
        "The media type of the content is not supported for this action."
    };
    error(realm, status, ("INVALID_REQUEST", message), None)
}

/// Nothing is here, or no longer.
pub(crate) fn not_found(realm: &mut Realm) -> Response {
    error(
        realm,
        404,
        ("NOT_FOUND", "The requested resource was not found."),
        None,
    )
    .answer()
}

fn error(
    realm: &mut Realm,
    status: u16,
    (code, message): (&str, &str),
    detail: Option<(&str, &str, &str)>,
) -> P1Error {
    let mut body = json!({ "id": realm.random.uuid(), "code": code, "message": message });
    if let Some((code, target, message)) = detail {
        body["details"] = json!([{ "code": code, "target": target, "message": message }]);
    }
    P1Error { status, body }
}
