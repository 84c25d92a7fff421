//! The file as it is written: one struct a table, unknown keys refused.

use super::TargetFileError;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The whole file.
#[derive(Debug, Deserialize, JsonSchema)]
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
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// What it is, for `signoff list --targets`.
    pub(super) description: Option<String>,
    /// The product it speaks like: `signoff list --dialects`.
    pub(super) dialect: String,
    /// The edition of the dialect, where it has several.
    pub(super) edition: Option<String>,
    /// The issuer, exactly as the discovery document has it.
    pub(super) issuer: String,
    /// Origins besides those of the metadata that belong to the IdP.
    #[serde(default)]
    pub(super) own_origins: Vec<String>,
    /// A custom domain of the same tenant, where the product has such.
    pub(super) custom_domain: Option<String>,
    /// The client under test.
    pub(super) client: ClientEntry,
    /// A second client; unlocks what is said of two.
    pub(super) other_client: Option<ClientEntry>,
    /// A client that a run may disable, on a mock with a control surface.
    pub(super) disposable_client: Option<ClientEntry>,
    /// Who signs in.
    pub(super) user: UserEntry,
    /// A second person; unlocks what is said of two.
    pub(super) other_user: Option<UserEntry>,
    /// A tenant of the same product beside the one under test: where a foreign ID token comes from.
    pub(super) other_tenant: Option<TenantEntry>,
    /// How people sign in; a form unless this or the dialect says otherwise.
    pub(super) login: Option<Login>,
    /// The page that asks whether to sign off, where it is not recognised.
    pub(super) confirm: Option<ConfirmEntry>,
    /// The scope to ask for; `openid` unless said otherwise.
    pub(super) scope: Option<String>,
    /// A file with the IdP's private signing key, PKCS#8 in PEM; unlocks hints that only the IdP could sign.
    pub(super) signing_key: Option<String>,
    /// A file with a certification authority to trust besides those of the system, PEM.
    pub(super) ca: Option<String>,
    /// Addresses for host names: `"id.example" = "127.0.0.1:8443"`.
    #[serde(default)]
    pub(super) resolve: BTreeMap<String, String>,
    /// Where the clients' `back_channel_logout` addresses lead: `127.0.0.1:9911`. The harness listens there while it
    /// runs and judges what it is told.
    pub(super) listen: Option<String>,
    /// The longest that one exchange may take, in seconds.
    pub(super) timeout_seconds: Option<u64>,
    /// The most requests in a time, such as `5/s` or `30/min`.
    pub(super) rate: Option<String>,
    /// The control surface, where the target is our own mock.
    pub(super) mock: Option<MockEntry>,
    /// Differences that are meant.
    #[serde(default)]
    pub(super) deviation: Vec<DeviationEntry>,
}

/// A client as registered at the IdP.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientEntry {
    /// `client_id`.
    pub(super) id: String,
    /// `client_secret`, if the client is confidential.
    pub(super) secret: Option<String>,
    /// How it authenticates at the token endpoint; `client_secret_basic` with a secret, `none` without.
    #[schemars(with = "Option<AuthMethod>")]
    pub(super) auth: Option<signoff_oidc::ClientAuth>,
    /// `redirect_uris`, as registered.
    pub(super) redirect: Vec<String>,
    /// `post_logout_redirect_uris`, as registered.
    #[serde(default)]
    pub(super) post_logout: Vec<String>,
    /// `frontchannel_logout_uri`, as registered.
    pub(super) front_channel_logout: Option<String>,
    /// `backchannel_logout_uri`, as registered; heard where the target has `listen`.
    pub(super) back_channel_logout: Option<String>,
}

/// A person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserEntry {
    /// The user name, as typed.
    pub(super) name: String,
    /// The password.
    pub(super) password: String,
}

/// How the page that asks whether to sign off is known, and answered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmEntry {
    /// Stands in the form's action, id or text, or in the name, value or text of one of its fields.
    pub(super) form: String,
    /// The name, value or text of the button that says yes.
    pub(super) yes: Option<String>,
    /// The same of the one that says no.
    pub(super) no: Option<String>,
}

/// Another tenant of the same product.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TenantEntry {
    /// Its issuer.
    pub(super) issuer: String,
    /// A client of it.
    pub(super) client: ClientEntry,
    /// A user of it.
    pub(super) user: UserEntry,
}

/// The control surface of our own mock, so that its clock can be moved and its clients disabled.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MockEntry {
    /// The address of the control surface.
    pub(super) control: String,
    /// The tenant's id.
    pub(super) tenant: String,
}

/// How people sign in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    /// The way.
    pub(super) kind: LoginKind,
    /// `form` and `browser`: the name of the field for the user name, where it is not recognised.
    pub(super) username_field: Option<String>,
    /// `form` and `browser`: the name of the field for the password, where it is not recognised.
    pub(super) password_field: Option<String>,
    /// `steps`: what to do, one after the other, from `{authorization_url}` back to the client.
    #[serde(default)]
    pub(super) steps: Vec<StepEntry>,
    /// `command`: the program and its arguments, run in the folder of this file.
    #[serde(default)]
    pub(super) command: Vec<String>,
    /// `command`: the longest that the program may take, in seconds; 60 unless said otherwise.
    pub(super) timeout_seconds: Option<u64>,
}

/// The ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LoginKind {
    /// Follow the redirects and fill the forms.
    Form,
    /// `PingOne`'s flow API.
    PingoneFlow,
    /// Declared steps.
    Steps,
    /// Chromium without a window, for pages that only a script can work.
    Browser,
    /// A program that prints where the sign-in ended and the cookies, as JSON.
    Command,
}

/// One step: `fetch` or `post` an address, `fill` fields and `submit` a form, or `expect` something of the page. In
/// texts, `{authorization_url}`, `{redirect_uri}`, `{issuer}`, `{client_id}`, `{user}` and `{password}` are filled in.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepEntry {
    /// An address to get.
    pub(super) fetch: Option<String>,
    /// An address to post to, with `form` or `json`.
    pub(super) post: Option<String>,
    /// The fields of a form to post.
    pub(super) form: Option<BTreeMap<String, String>>,
    /// The JSON to post.
    pub(super) json: Option<serde_json::Value>,
    /// Header fields of `fetch` or `post`.
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    /// Values for fields of the page, by the fields' names.
    pub(super) fill: Option<BTreeMap<String, String>>,
    /// The name, value or text of the button to press; an empty one presses the first.
    pub(super) submit: Option<String>,
    /// Text that the page has to contain.
    pub(super) expect: Option<String>,
    /// The status that the page has to have.
    pub(super) status: Option<u16>,
}

/// `[[target.NAME.deviation]]`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviationEntry {
    /// The rules it touches.
    pub(super) rule: Rules,
    /// For which sign-offs: a predicate over facts, such as `method = POST`.
    #[serde(default)]
    pub(super) when: String,
    /// What is seen instead: `status 404`, `target honoured`, or the id of a rule.
    pub(super) by: String,
    /// Why.
    pub(super) reason: String,
    /// Where that is documented.
    pub(super) source: Option<String>,
    /// The last day on which it is accepted, such as 2027-03-01.
    pub(super) until: Option<String>,
}

/// One rule or several: one difference is one deviation, with all the rules it touches.
#[derive(Debug, Deserialize, JsonSchema)]
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

/// The words of [`signoff_oidc::ClientAuth`], for the schema.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case", rename = "AuthMethod")]
#[expect(dead_code, reason = "its names are all that is wanted of it")]
enum AuthMethod {
    /// HTTP Basic with the client secret.
    ClientSecretBasic,
    /// The client secret in the form.
    ClientSecretPost,
    /// A public client.
    None,
}
