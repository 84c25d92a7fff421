//! Symbolic ID token hints: which token, what was changed in it, and who signed the result.

use crate::scenario::Party;
use serde::{Deserialize, Serialize};

/// The value of an `id_token_hint`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    /// The ID token of this sign-in, as issued.
    OfSignIn(usize),
    /// The access token of this sign-in: a token, and perhaps a JWT of the same server, but no ID token.
    AccessTokenOf(usize),
    /// An ID token that another tenant (environment) of the same product issued.
    OfOtherTenant,
    /// This text, which is no token.
    Text(String),
    /// An ID token's text up to this many characters.
    Truncated {
        /// The sign-in whose ID token is cut.
        sign_in: usize,
        /// How many characters remain, counted from the end of the payload: negative numbers cut into the
        /// payload, positive ones keep a part of the signature.
        beyond_payload: i64,
    },
    /// An ID token, as issued, in another spelling. A lenient OP may read it as the issued one.
    Respelt {
        /// The sign-in whose ID token it is.
        sign_in: usize,
        /// How it is written.
        spelling: TokenSpelling,
    },
    /// An ID token with its claims or header changed and signed anew.
    Forged {
        /// The sign-in whose ID token is the model.
        sign_in: usize,
        /// Changes of the claims, in order.
        claims: Vec<ClaimEdit>,
        /// Who signs the result, and how.
        signing: Signing,
    },
}

impl Hint {
    /// The ID token of the first sign-in with these claims changed, signed as told.
    pub fn forged(claims: Vec<ClaimEdit>, signing: Signing) -> Self {
        Hint::Forged {
            sign_in: 0,
            claims,
            signing,
        }
    }

    /// The sign-ins whose tokens or claims it is made of; a scenario has them before the hint is sent.
    pub fn sign_ins(&self) -> Vec<usize> {
        match self {
            Hint::OfSignIn(sign_in)
            | Hint::AccessTokenOf(sign_in)
            | Hint::Truncated { sign_in, .. }
            | Hint::Respelt { sign_in, .. } => vec![*sign_in],
            Hint::OfOtherTenant | Hint::Text(_) => Vec::new(),
            Hint::Forged {
                sign_in, claims, ..
            } => std::iter::once(*sign_in)
                .chain(claims.iter().filter_map(ClaimEdit::sign_in))
                .collect(),
        }
    }
}

/// Ways to write a token that RFC 7515 section 3.1 does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenSpelling {
    /// Each part filled up with `=`, which RFC 7515 section 2 leaves out.
    Padded,
    /// A space before it.
    SpaceBefore,
    /// A line feed behind it.
    LineFeedBehind,
    /// A line break in the middle, as in mail.
    Folded,
    /// In double quotes.
    Quoted,
    /// Behind `Bearer `, as in an `Authorization` field.
    Bearer,
    /// `+` and `/` for `-` and `_`: base64 as in RFC 4648 section 4.
    StandardAlphabet,
    /// A fourth part.
    FourParts,
    /// A NUL behind it.
    NulBehind,
    /// Percent-encoded once more than the parameter asks for.
    EncodedTwice,
}

/// A member of the JOSE header that is changed before the OP's own key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderEdit {
    /// `kid` names no key of the set.
    UnknownKid,
    /// No `kid`.
    NoKid,
    /// `typ` is that of an access token (RFC 9068 section 2.1).
    AccessTokenType,
    /// `crit` names an extension that nobody knows (RFC 7515 section 4.1.11).
    CriticalUnknown,
    /// `b64` is false (RFC 7797): the payload is not encoded, they say.
    NotEncoded,
    /// `alg` names another algorithm than the one that signed.
    OtherAlgorithm,
    /// No `alg`.
    NoAlgorithm,
    /// `x5u` and `jku` name a stranger's address.
    StrangersAddresses,
}

/// A change of one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimEdit {
    /// Sets the claim.
    Set(String, ClaimValue),
    /// Removes the claim.
    Remove(String),
}

impl ClaimEdit {
    /// Sets `claim`.
    pub fn set(claim: &str, value: ClaimValue) -> Self {
        ClaimEdit::Set(claim.to_owned(), value)
    }

    /// Removes `claim`.
    pub fn remove(claim: &str) -> Self {
        ClaimEdit::Remove(claim.to_owned())
    }

    /// The other sign-in that the new value is taken from.
    fn sign_in(&self) -> Option<usize> {
        match self {
            ClaimEdit::Set(_, ClaimValue::SubjectOf(sign_in) | ClaimValue::SidOf(sign_in)) => {
                Some(*sign_in)
            }
            ClaimEdit::Set(..) | ClaimEdit::Remove(_) => None,
        }
    }
}

/// A claim's value, symbolic where it depends on the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimValue {
    /// A string.
    Text(String),
    /// A number.
    Number(i64),
    /// This many seconds after (or, negative, before) the moment the request is made.
    SecondsFromNow(i64),
    /// The issuer, changed.
    Issuer(IssuerEdit),
    /// The `client_id` of a relying party.
    ClientId(Party),
    /// An array of `client_id`s.
    ClientIds(Vec<Party>),
    /// The subject of another sign-in of the scenario.
    SubjectOf(usize),
    /// The `sid` of another sign-in of the scenario.
    SidOf(usize),
}

/// A look-alike of the issuer. Some exist only where the issuer has the parts they change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerEdit {
    /// A slash appended.
    TrailingSlash,
    /// `http` in place of `https`, or the reverse.
    OtherScheme,
    /// The host in upper case.
    UpperCaseHost,
    /// The scheme's default port written out.
    ExplicitPort,
    /// The same product in another region (`PingOne`: another top-level domain).
    OtherRegion,
    /// The same product, another tenant (`PingOne`: another environment id; elsewhere another path).
    OtherTenant,
    /// A custom domain (`PingOne`: `https://{domain}/as`).
    CustomDomain,
    /// Somebody else's host.
    Stranger,
}

/// Who signs a forged token, and how (RFC 7515, RFC 8725).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signing {
    /// With the IdP's own key; needs the key in the target.
    ByTheOp,
    /// The same, with a member of the header changed before.
    HeaderByTheOp(HeaderEdit),
    /// The old signature stays.
    Unchanged,
    /// The old signature with one bit flipped.
    BitFlipped,
    /// No signature; `alg` keeps its value.
    Stripped,
    /// `alg` as spelled here (`none`, `None`, `NONE`, `nOnE`) and an empty signature.
    Alg(String),
    /// HS256 with the IdP's public key, PEM-encoded, as the secret (RFC 8725 section 2.1).
    HmacWithPublicKey,
    /// RS256 with a stranger's 2048-bit key under the IdP's own `kid`.
    Stranger,
    /// The same, with the stranger's public key embedded as `jwk`.
    StrangerEmbeddedJwk,
    /// The same, with a `jku` that points to the stranger's key set.
    StrangerJku,
    /// RS256 with a stranger's 512-bit key, too short for RFC 7518 section 3.3.
    StrangerShortKey,
}
