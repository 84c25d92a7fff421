//! What the specifications leave to a provider, as switches of the plain dialect. Whatever is chosen, no MUST and no
//! MUST NOT is broken.

use serde::Deserialize;

mod switches;

pub use switches::{Choice, Switch};

/// The choices of a provider of the plain dialect. [`Freedom::SWITCHES`] lists them with all their values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Freedom {
    /// When the person is asked whether to sign off (RP-Initiated Logout section 2).
    pub asks: Asks,
    /// Whether `client_id` alone says for whom a redirect URI must be registered (section 3).
    pub redirect_without_hint: RedirectWithoutHint,
    /// The status code of the redirect (RFC 9110 section 15.4).
    pub redirect_status: RedirectStatus,
    /// How the browser gets to the redirect URI.
    pub redirect_by: RedirectBy,
    /// What a hint, `client_id` or redirect URI that fails leads to (section 4).
    pub failed_check: FailedCheck,
    /// The status code of pages that say that a request is wrong: 200, or 400 to 499.
    pub error_status: u16,
    /// What a parameter leads to that stands more than once; the text is silent.
    pub repeated_parameters: RepeatedParameters,
    /// What the person answers the question with.
    pub question: QuestionKind,
    /// Where the question is asked, and where the page is that says who is signed out.
    pub own_pages: OwnPages,
    /// For how many seconds a session that has ended counts as recent (section 2); 0: not at all.
    pub recent_session: u32,
    /// Whether ID tokens have a `sid` claim. Without one the provider remembers of which session each token is.
    pub sid_in_id_tokens: bool,
    /// What a sign-off does to the session cookie, which is worthless afterwards.
    pub session_cookie: SessionCookie,
    /// The `SameSite` attribute of the session cookie over https. Over http it is `Lax`.
    pub same_site: SameSite,
    /// How `state` is spelled in the query of the redirect (RFC 3986 section 3.4).
    pub state_spelling: StateSpelling,
    /// Which codes bring a refresh token (Core section 11).
    pub refresh_tokens: RefreshTokens,
    /// Whether a refresh token is replaced when it is used (RFC 6749 section 6).
    pub refresh_rotation: bool,
    /// What access tokens look like.
    pub access_tokens: AccessTokens,
    /// Whether authorization responses name the issuer (RFC 9207).
    pub issuer_in_response: bool,
}

impl Default for Freedom {
    fn default() -> Self {
        Self {
            asks: Asks::Always,
            redirect_without_hint: RedirectWithoutHint::WithClientId,
            redirect_status: RedirectStatus::ByMethod,
            redirect_by: RedirectBy::Location,
            failed_check: FailedCheck::Ask,
            error_status: 400,
            repeated_parameters: RepeatedParameters::Refused,
            question: QuestionKind::PostForm,
            own_pages: OwnPages::Direct,
            recent_session: 24 * 60 * 60,
            sid_in_id_tokens: true,
            session_cookie: SessionCookie::Expired,
            same_site: SameSite::None,
            state_spelling: StateSpelling::Form,
            refresh_tokens: RefreshTokens::WithEveryCode,
            refresh_rotation: false,
            access_tokens: AccessTokens::Jwt,
            issuer_in_response: true,
        }
    }
}

/// When the person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// Always, as the text recommends.
    #[default]
    Always,
    /// Unless a good hint is of the current session and its application takes part in that.
    WhenRequired,
}

/// What a redirect URI without a hint leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RedirectWithoutHint {
    /// A redirect, when it is registered for the client that `client_id` names.
    #[default]
    WithClientId,
    /// Never a redirect.
    Never,
}

/// The status code of the redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RedirectStatus {
    /// 302 after GET, 303 after POST.
    #[default]
    ByMethod,
    /// Always 302.
    Found,
    /// Always 303.
    SeeOther,
}

/// How the browser gets to the redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RedirectBy {
    /// By a redirect of HTTP.
    #[default]
    Location,
    /// A page with a link.
    Link,
    /// A page with a button.
    Button,
    /// A page with a script.
    Script,
    /// A page that refreshes itself away.
    Refresh,
}

/// What a check that fails leads to. Nothing redirects after one, in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailedCheck {
    /// The question, as if what failed had not been sent.
    #[default]
    Ask,
    /// An error page; nobody is signed off.
    Error,
    /// An error page that offers to sign off all the same.
    ErrorThatAsks,
}

/// What a parameter that stands more than once leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RepeatedParameters {
    /// An error page.
    #[default]
    Refused,
    /// The first value counts.
    First,
    /// The last value counts.
    Last,
}

/// What the person answers the question with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// A form that is sent by POST.
    #[default]
    PostForm,
    /// A form that is sent by GET.
    GetForm,
    /// Links. Their addresses hold a value that is good once, in this session.
    Links,
}

/// Where the provider's own pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OwnPages {
    /// They are the answer to the request.
    #[default]
    Direct,
    /// The answer redirects to them.
    Redirected,
}

/// What becomes of the session cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SessionCookie {
    /// It is taken away.
    #[default]
    Expired,
    /// It stays.
    Left,
}

/// The `SameSite` attribute (RFC 6265bis section 4.1.2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SameSite {
    /// `None`.
    #[default]
    None,
    /// `Lax`: a POST from another site comes without the session.
    Lax,
    /// `Strict`: so does every request from another site.
    Strict,
}

impl SameSite {
    /// As it stands in `Set-Cookie`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Lax => "Lax",
            Self::Strict => "Strict",
        }
    }
}

/// How `state` is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StateSpelling {
    /// As a form spells it: a space is `+`.
    #[default]
    Form,
    /// A space is `%20`.
    Percent,
    /// As a form, but `;` stays as it is.
    SemicolonKept,
}

/// Which codes bring a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RefreshTokens {
    /// Those of every client that has the grant, and all with `offline_access`.
    #[default]
    WithEveryCode,
    /// Only those with `offline_access`.
    OfflineOnly,
}

/// What access tokens look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AccessTokens {
    /// JSON Web Tokens (RFC 9068).
    #[default]
    Jwt,
    /// Nothing but a reference.
    Opaque,
}
