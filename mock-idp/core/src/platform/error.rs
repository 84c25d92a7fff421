//! Errors as the platform API writes them (`P1Error`).

use serde_json::{Value, json};

use crate::dialects::P1_INVALID;
use crate::http::Response;

/// Why a call was not carried out.
#[derive(Debug)]
pub(super) enum ApiError {
    /// No token, or none that is good.
    Unauthorized,
    /// A good token that does not give the right.
    Forbidden,
    /// Nothing is there.
    NotFound,
    /// The content is no JSON object.
    NoObject,
    /// The media type means nothing here.
    MediaType,
    /// The method means nothing here; these do.
    Method(String),
    /// Members or parameters that will not do.
    Invalid(Vec<Detail>),
}

/// One thing that will not do.
#[derive(Debug)]
pub(super) struct Detail {
    pub(super) code: &'static str,
    pub(super) target: String,
    pub(super) message: String,
    pub(super) inner: Option<Value>,
}

impl Detail {
    pub(super) fn new(code: &'static str, target: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            target: target.to_owned(),
            message: message.into(),
            inner: None,
        }
    }

    fn written(&self) -> Value {
        let mut detail = json!({
            "code": self.code,
            "target": self.target,
            "message": self.message,
        });
        if let Some(inner) = &self.inner {
            detail["innerError"] = inner.clone();
        }
        detail
    }
}

impl ApiError {
    /// One member that will not do.
    pub(super) fn invalid(target: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Detail::new("INVALID_VALUE", target, message)])
    }

    /// A value that somebody else has.
    pub(super) fn taken(target: &str) -> Self {
        let message = "is already in use in the environment";
        Self::Invalid(vec![Detail::new("UNIQUENESS_VIOLATION", target, message)])
    }

    /// More than a mock keeps.
    pub(super) fn too_many() -> Self {
        let message = "There are as many of them as this mock keeps.";
        Self::Invalid(vec![Detail::new("LIMIT_EXCEEDED", "request", message)])
    }

    pub(super) fn answer(self, id: &str) -> Response {
        let (status, code, message) = match &self {
            Self::Unauthorized => (
                401,
                "ACCESS_FAILED",
                "You do not have access to this resource.",
            ),
            Self::Forbidden => (
                403,
                "ACCESS_FAILED",
                "The request could not be completed. You do not have access to this resource.",
            ),
            Self::NotFound => (404, "NOT_FOUND", "The requested resource was not found."),
            Self::NoObject => (400, "INVALID_REQUEST", "The content is no JSON object."),
            Self::MediaType => (
                415,
                "INVALID_REQUEST",
                "The media type of the content is not supported for this action.",
            ),
            Self::Method(_) => (405, "INVALID_REQUEST", "The method is not supported here."),
            Self::Invalid(_) => (400, "INVALID_DATA", P1_INVALID),
        };
        let mut body = json!({ "id": id, "code": code, "message": message });
        let details = self.details();
        if !details.is_empty() {
            body["details"] = details.iter().map(Detail::written).collect();
        }
        let response = Response::json(status, &body);
        match self {
            Self::Unauthorized => response.with("WWW-Authenticate", "Bearer"),
            Self::Method(allow) => response.with("Allow", allow),
            _ => response,
        }
    }

    fn details(&self) -> Vec<Detail> {
        match self {
            Self::Unauthorized => vec![Detail::new(
                "INVALID_TOKEN",
                "Authentication Credentials",
                "The authorization token is either missing or invalid, or it has expired.",
            )],
            Self::Forbidden => vec![Detail::new(
                "INSUFFICIENT_PERMISSIONS",
                "",
                "The actor attempting to perform the request is not authorized.",
            )],
            Self::Invalid(details) => details
                .iter()
                .map(|detail| Detail {
                    inner: detail.inner.clone(),
                    ..Detail::new(detail.code, &detail.target, detail.message.as_str())
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
