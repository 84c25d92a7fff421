//! The file as it is written: one struct a table, unknown keys refused.

use super::TargetFileError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// The JSON Schema that editors use.
    #[serde(rename = "$schema")]
    #[expect(dead_code, reason = "allowed for editors, of no use here")]
    pub(super) schema: Option<String>,
    /// The targets by name.
    #[serde(default)]
    pub(super) target: BTreeMap<String, Entry>,
}

impl Document {
    pub(super) fn parse(file: &Path, text: &str) -> Result<Self, TargetFileError> {
        toml::from_str(text).map_err(|error| TargetFileError::of_toml(file, text, &error))
    }
}

/// `[target.NAME]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) description: Option<String>,
    pub(super) dialect: String,
    pub(super) edition: Option<String>,
    pub(super) issuer: String,
    #[serde(default)]
    pub(super) own_origins: Vec<String>,
    pub(super) custom_domain: Option<String>,
    pub(super) client: ClientEntry,
    pub(super) other_client: Option<ClientEntry>,
    pub(super) disposable_client: Option<ClientEntry>,
    pub(super) user: UserEntry,
    pub(super) other_user: Option<UserEntry>,
    pub(super) other_tenant: Option<TenantEntry>,
    pub(super) login: Option<Login>,
    pub(super) scope: Option<String>,
    pub(super) signing_key: Option<String>,
    pub(super) ca: Option<String>,
    #[serde(default)]
    pub(super) resolve: BTreeMap<String, String>,
    pub(super) timeout_seconds: Option<u64>,
    pub(super) rate: Option<String>,
    pub(super) mock: Option<MockEntry>,
    #[serde(default)]
    pub(super) deviation: Vec<DeviationEntry>,
}

/// A client as registered at the IdP.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientEntry {
    pub(super) id: String,
    pub(super) secret: Option<String>,
    pub(super) auth: Option<signoff_oidc::ClientAuth>,
    pub(super) redirect: Vec<String>,
    #[serde(default)]
    pub(super) post_logout: Vec<String>,
}

/// A person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserEntry {
    pub(super) name: String,
    pub(super) password: String,
}

/// Another tenant of the same product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenantEntry {
    pub(super) issuer: String,
    pub(super) client: ClientEntry,
    pub(super) user: UserEntry,
}

/// The control surface of our own mock, so that its clock can be moved and its clients disabled.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MockEntry {
    pub(super) control: String,
    pub(super) tenant: String,
}

/// How people sign in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    pub(super) kind: LoginKind,
    pub(super) username_field: Option<String>,
    pub(super) password_field: Option<String>,
}

/// The ways of the contract; two of them are not built yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LoginKind {
    Form,
    PingoneFlow,
    Browser,
    Command,
}

/// `[[target.NAME.deviation]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviationEntry {
    pub(super) rule: Rules,
    #[serde(default)]
    pub(super) when: String,
    pub(super) by: String,
    pub(super) reason: String,
    pub(super) source: Option<String>,
    pub(super) until: Option<String>,
}

/// One rule or several: one difference is one deviation, with all the rules it touches.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a rule's id or a list of them")]
pub(super) enum Rules {
    One(String),
    Several(Vec<String>),
}

impl Rules {
    pub(super) fn ids(&self) -> Vec<&str> {
        match self {
            Rules::One(id) => vec![id],
            Rules::Several(ids) => ids.iter().map(String::as_str).collect(),
        }
    }
}
