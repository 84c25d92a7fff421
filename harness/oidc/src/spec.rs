//! References to the specifications, and the level of a sentence (RFC 2119, RFC 8174).

use serde::{Deserialize, Serialize};
use std::fmt;

/// The requirement level of a normative sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// MUST, REQUIRED, SHALL.
    #[serde(rename = "MUST")]
    Must,
    /// MUST NOT.
    #[serde(rename = "MUST NOT")]
    MustNot,
    /// SHOULD, RECOMMENDED.
    #[serde(rename = "SHOULD")]
    Should,
    /// SHOULD NOT.
    #[serde(rename = "SHOULD NOT")]
    ShouldNot,
    /// MAY, OPTIONAL.
    #[serde(rename = "MAY")]
    May,
    /// An indicative sentence that prescribes behaviour without a keyword, and that has to hold for the
    /// protocol to work; treated as a MUST.
    #[serde(rename = "indicative (must)")]
    IndicativeMust,
    /// Another indicative sentence, or one with a lower-case should or must.
    #[serde(rename = "indicative")]
    Indicative,
}

/// What a broken rule counts as. Follows from the level by one table, never chosen where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A finding that fails the run.
    Must,
    /// A warning, unless asked to fail.
    Should,
    /// Told, never a failure.
    Note,
}

impl Level {
    /// The severity of a sentence of this level.
    pub fn severity(self) -> Severity {
        match self {
            Level::Must | Level::MustNot | Level::IndicativeMust => Severity::Must,
            Level::Should | Level::ShouldNot | Level::Indicative => Severity::Should,
            Level::May => Severity::Note,
        }
    }

    /// As the specifications write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Must => "MUST",
            Level::MustNot => "MUST NOT",
            Level::Should => "SHOULD",
            Level::ShouldNot => "SHOULD NOT",
            Level::May => "MAY",
            Level::IndicativeMust => "indicative (must)",
            Level::Indicative => "indicative",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Severity {
    /// `must`, `should` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Must => "must",
            Severity::Should => "should",
            Severity::Note => "note",
        }
    }
}

/// A document that rules are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Document {
    /// OpenID Connect RP-Initiated Logout 1.0 (final, 12 September 2022).
    RpInitiatedLogout,
    /// OpenID Connect Back-Channel Logout 1.0 incorporating errata set 1.
    BackChannelLogout,
    /// OpenID Connect Discovery 1.0 incorporating errata set 2.
    Discovery,
    /// OpenID Connect Dynamic Client Registration 1.0 incorporating errata set 2.
    Registration,
    /// OpenID Connect Core 1.0 incorporating errata set 2.
    Core,
    /// RFC 7009, OAuth 2.0 Token Revocation.
    Rfc7009,
    /// RFC 8414, OAuth 2.0 Authorization Server Metadata.
    Rfc8414,
    /// RFC 6749, The OAuth 2.0 Authorization Framework.
    Rfc6749,
    /// RFC 9207, OAuth 2.0 Authorization Server Issuer Identification.
    Rfc9207,
    /// RFC 9700, Best Current Practice for OAuth 2.0 Security.
    Rfc9700,
    /// RFC 6265bis, Cookies: HTTP State Management Mechanism.
    Rfc6265bis,
    /// OWASP Application Security Verification Standard 5.0.
    Asvs,
    /// `PingOne` Platform API documentation: sign-off, current edition.
    PingOneSignoff,
    /// `PingOne` documentation: sign-off actions, legacy edition.
    PingOneSignoffActions,
    /// WorkOS documentation: Single Logout.
    WorkOsSingleLogout,
    /// `IdentityServer` documentation: the end session endpoint.
    IdentityServerEndSession,
    /// What no text says and everyone expects.
    CommonSense,
}

impl Document {
    /// The title for people.
    pub fn title(self) -> &'static str {
        match self {
            Document::RpInitiatedLogout => "RP-Initiated Logout 1.0",
            Document::BackChannelLogout => "Back-Channel Logout 1.0",
            Document::Discovery => "Discovery 1.0",
            Document::Registration => "Dynamic Client Registration 1.0",
            Document::Core => "Core 1.0",
            Document::Rfc7009 => "RFC 7009",
            Document::Rfc8414 => "RFC 8414",
            Document::Rfc6749 => "RFC 6749",
            Document::Rfc9207 => "RFC 9207",
            Document::Rfc9700 => "RFC 9700",
            Document::Rfc6265bis => "RFC 6265bis",
            Document::Asvs => "OWASP ASVS 5.0",
            Document::PingOneSignoff => "PingOne signoff",
            Document::PingOneSignoffActions => "PingOne signoff actions (legacy)",
            Document::WorkOsSingleLogout => "WorkOS Single Logout",
            Document::IdentityServerEndSession => "IdentityServer end session",
            Document::CommonSense => "common sense security",
        }
    }

    /// Where the document is published; nothing for our own rules.
    pub fn url(self) -> Option<&'static str> {
        Some(match self {
            Document::RpInitiatedLogout => {
                "https://openid.net/specs/openid-connect-rpinitiated-1_0.html"
            }
            Document::BackChannelLogout => {
                "https://openid.net/specs/openid-connect-backchannel-1_0.html"
            }
            Document::Discovery => "https://openid.net/specs/openid-connect-discovery-1_0.html",
            Document::Registration => {
                "https://openid.net/specs/openid-connect-registration-1_0.html"
            }
            Document::Core => "https://openid.net/specs/openid-connect-core-1_0.html",
            Document::Rfc7009 => "https://www.rfc-editor.org/rfc/rfc7009",
            Document::Rfc8414 => "https://www.rfc-editor.org/rfc/rfc8414",
            Document::Rfc6749 => "https://www.rfc-editor.org/rfc/rfc6749",
            Document::Rfc9207 => "https://www.rfc-editor.org/rfc/rfc9207",
            Document::Rfc9700 => "https://www.rfc-editor.org/rfc/rfc9700",
            Document::Rfc6265bis => {
                "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis"
            }
            Document::Asvs => "https://github.com/OWASP/ASVS/tree/master/5.0",
            Document::PingOneSignoff => {
                "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/signoff.html"
            }
            Document::PingOneSignoffActions => {
                "https://apidocs.pingidentity.com/pingone/authentication/v1/api/guide/p1-a_Signoff/"
            }
            Document::WorkOsSingleLogout => "https://workos.com/docs/sso/single-logout",
            Document::IdentityServerEndSession => {
                "https://identityserver4.readthedocs.io/en/latest/endpoints/endsession.html"
            }
            Document::CommonSense => return None,
        })
    }
}

/// A document and the section in it; an empty section stands for the whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Reference {
    /// The document.
    pub document: Document,
    /// The section's number as printed.
    pub section: &'static str,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.document.title())?;
        if self.section.is_empty() {
            Ok(())
        } else {
            write!(f, " §{}", self.section)
        }
    }
}
