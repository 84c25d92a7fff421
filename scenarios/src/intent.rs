//! What a relying party means to send to the logout endpoint, in the words of RP-Initiated Logout 1.0
//! section 2. A dialect speaks it in its product's parameters.

use crate::redirect::RedirectUri;
use crate::scenario::{Browser, Party};
use crate::token::Hint;
use crate::way::Way;
use serde::{Deserialize, Serialize};
use signoff_oidc::Door;

/// The HTTP method (section 2: both are to be supported).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Parameters in the query string.
    #[default]
    Get,
    /// Parameters in a form body.
    Post,
    /// For the corpus of other methods: HEAD.
    Head,
    /// PUT, with a form body.
    Put,
}

impl Method {
    /// As it goes over the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Head => "HEAD",
            Method::Put => "PUT",
        }
    }
}

/// A request parameter's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// `id_token_hint`
    IdTokenHint,
    /// `client_id`
    ClientId,
    /// `post_logout_redirect_uri`
    PostLogoutRedirectUri,
    /// `state`
    State,
    /// `logout_hint`
    LogoutHint,
    /// `ui_locales`
    UiLocales,
    /// Any other, spelled as given.
    Other(String),
}

impl Name {
    /// The name as the specification spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Name::IdTokenHint => "id_token_hint",
            Name::ClientId => "client_id",
            Name::PostLogoutRedirectUri => "post_logout_redirect_uri",
            Name::State => "state",
            Name::LogoutHint => "logout_hint",
            Name::UiLocales => "ui_locales",
            Name::Other(name) => name,
        }
    }
}

/// Text, or bytes that are not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", untagged)]
pub enum Text {
    /// Characters, sent as UTF-8.
    Plain(String),
    /// Octets.
    Octets {
        /// The octets.
        octets: Vec<u8>,
    },
}

impl Text {
    /// The octets to send.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Text::Plain(text) => text.as_bytes(),
            Text::Octets { octets } => octets,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::Plain(text.to_owned())
    }
}

/// An opaque `state` value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// This text.
    Text(Text),
    /// This many times the letter `s`.
    OfLength(usize),
    /// So long that `post_logout_redirect_uri` and `state` together have this many characters, decoded.
    FillingTo(usize),
}

/// A parameter's value, symbolic where it depends on the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// An ID token hint.
    Hint(Hint),
    /// A post-logout redirect URI.
    Redirect(RedirectUri),
    /// A state.
    State(State),
    /// The `client_id` of a relying party.
    ClientId(Party),
    /// The user name of the person signed in last in this browser.
    UserName,
    /// Anything else, as it stands.
    Text(Text),
    /// Already in wire form: written behind the `=` without any further percent-encoding. For spellings
    /// that an encoder never makes, such as a `%` that begins no escape.
    Encoded(String),
}

/// Where a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Where the method wants it: the query for GET, the body for POST.
    #[default]
    Usual,
    /// The query string.
    Query,
    /// The form body.
    Body,
}

/// One parameter; the same name may occur several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Value,
    /// Where it is written.
    #[serde(default)]
    pub place: Place,
}

/// What the person does when the IdP asks whether to sign off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfAsked {
    /// Says yes.
    #[default]
    Yes,
    /// Says no.
    No,
    /// Closes the page.
    Leave,
    /// Says yes, and then the same answer is sent once more after the next sign-in of the scenario (or at
    /// once when there is none).
    YesTwice,
    /// Sends the answer yes without the hidden values that the page carried, as a foreign page could.
    Forged,
    /// Says yes, and a stranger's address stands wherever the page's form had the `post_logout_redirect_uri`.
    Tampered,
    /// Says yes by a double click: the same answer goes out twice at the same moment.
    YesTwiceAtOnce,
}

/// How often the request goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// Once.
    #[default]
    Once,
    /// Twice at the same moment, as by a double click. The person answers the question that the first of the two is
    /// answered with.
    TwiceAtOnce,
}

/// Which cookies the browser sends with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cookies {
    /// Those of its jar.
    #[default]
    Current,
    /// Those it had before the first sign-off of the scenario: an attacker or a back-up replays them.
    SavedBeforeSignOff,
    /// None, as in a cross-site request with `SameSite` cookies, or in a new browser.
    None,
    /// Those of its jar, each value cut in half.
    Cut,
    /// Those of its jar, each value with another character in its middle.
    OneCharacterChanged,
    /// Those of its jar behind twins that have a changed value, as a neighbouring host may set them for a longer path
    /// (RFC 6265 section 8.6). A cookie whose name begins with `__Host-` has no twin.
    DamagedTwinFirst,
    /// Those of its jar beside one that nobody knows, as long as a cookie may be (RFC 6265 section 6.1).
    BesideJunk,
}

/// What the request says its form body is. The body itself stays a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContentType {
    /// `application/x-www-form-urlencoded`, as HTML forms say.
    #[default]
    Usual,
    /// The same with a `charset` parameter, as many HTTP clients write it.
    WithCharset,
    /// The same in upper case; media types have no case (RFC 9110 section 8.3.1).
    UpperCase,
    /// `application/json`.
    Json,
    /// `text/plain`, the other type that a form without script can send.
    PlainText,
    /// No `Content-Type` at all.
    Missing,
}

impl ContentType {
    /// The field's value; nothing when the field is left out.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            ContentType::Usual => Some("application/x-www-form-urlencoded"),
            ContentType::WithCharset => Some("application/x-www-form-urlencoded; charset=UTF-8"),
            ContentType::UpperCase => Some("APPLICATION/X-WWW-FORM-URLENCODED"),
            ContentType::Json => Some("application/json"),
            ContentType::PlainText => Some("text/plain"),
            ContentType::Missing => None,
        }
    }
}

/// How query and body are written. All of them mean the same parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// Upper-case escapes where one is needed, `&` between parameters.
    #[default]
    Usual,
    /// An `&` behind the last parameter.
    TrailingAmpersand,
    /// An `&` before the first parameter.
    LeadingAmpersand,
    /// Two `&` between parameters.
    DoubledAmpersands,
    /// Escapes in lower case (RFC 3986 section 2.1: equivalent).
    LowerCaseEscapes,
    /// Every character of the names escaped.
    EscapedNames,
    /// Every character of the values escaped.
    EscapedValues,
    /// `+` for a space, as HTML forms write it.
    PlusForSpace,
    /// Characters beyond ASCII as they are, in UTF-8. No URI has them (RFC 3986 section 2), but not every program escapes
    /// them. Octets that are no UTF-8 are escaped.
    RawUnicode,
}

/// How the request target is written (RFC 9112 section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestTarget {
    /// Path and query.
    #[default]
    Origin,
    /// The whole URL, as to a proxy. Every server has to accept it (section 3.2.2).
    Absolute,
    /// The same, scheme and host in upper case, which says the same (RFC 3986 section 6.2.2.1).
    AbsoluteUpperCase,
    /// With a `?` behind the path where there is no query: an empty one.
    EmptyQuery,
    /// With a fragment, which no target has.
    Fragment,
}

/// A sign-off request as it is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct LogoutIntent {
    /// To which of the IdP's addresses.
    pub door: Door,
    /// The method.
    pub method: Method,
    /// The parameters in the order they are written.
    pub parameters: Vec<Parameter>,
    /// In which browser.
    pub browser: Browser,
    /// With which cookies.
    pub cookies: Cookies,
    /// What the person answers, if asked.
    pub if_asked: IfAsked,
    /// By which way, where it is not this request itself.
    #[serde(skip_serializing_if = "is_request")]
    pub way: Way,
    /// Further header fields, by name and value.
    pub headers: Vec<(String, String)>,
    /// What a body says it is.
    pub content_type: ContentType,
    /// How query and body are written.
    pub spelling: Spelling,
    /// How the request target is written.
    #[serde(skip_serializing_if = "is_origin_form")]
    pub request_target: RequestTarget,
    /// How often it goes out.
    #[serde(skip_serializing_if = "is_once")]
    pub sent: Sent,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_origin_form(target: &RequestTarget) -> bool {
    *target == RequestTarget::Origin
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
fn is_once(sent: &Sent) -> bool {
    *sent == Sent::Once
}

fn is_request(way: &Way) -> bool {
    *way == Way::Request
}

impl LogoutIntent {
    /// The orderly request: the hint of the first sign-in, client A's registered URI, and a state.
    pub fn orderly() -> Self {
        LogoutIntent::default()
            .hint(Hint::OfSignIn(0))
            .redirect(RedirectUri::default())
            .state("af0ifjsldkj")
    }

    /// No parameter at all.
    pub fn bare() -> Self {
        LogoutIntent::default()
    }

    /// To this address of the IdP.
    #[must_use]
    pub fn at(mut self, door: Door) -> Self {
        self.door = door;
        self
    }

    /// By POST.
    #[must_use]
    pub fn by_post(self) -> Self {
        self.by(Method::Post)
    }

    /// By this method.
    #[must_use]
    pub fn by(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Adds an `id_token_hint`.
    #[must_use]
    pub fn hint(self, hint: Hint) -> Self {
        self.with(Name::IdTokenHint, Value::Hint(hint))
    }

    /// Adds a `post_logout_redirect_uri`.
    #[must_use]
    pub fn redirect(self, uri: RedirectUri) -> Self {
        self.with(Name::PostLogoutRedirectUri, Value::Redirect(uri))
    }

    /// Adds a `state`.
    #[must_use]
    pub fn state(self, state: impl Into<Text>) -> Self {
        self.with(Name::State, Value::State(State::Text(state.into())))
    }

    /// Adds a `client_id`.
    #[must_use]
    pub fn client_id(self, party: Party) -> Self {
        self.with(Name::ClientId, Value::ClientId(party))
    }

    /// Adds any parameter at the end, in its usual place.
    #[must_use]
    pub fn with(mut self, name: Name, value: Value) -> Self {
        self.parameters.push(Parameter {
            name,
            value,
            place: Place::Usual,
        });
        self
    }

    /// Adds any parameter at the end, in the given place.
    #[must_use]
    pub fn with_in(mut self, place: Place, name: Name, value: Value) -> Self {
        self.parameters.push(Parameter { name, value, place });
        self
    }

    /// Takes every parameter of this name away.
    #[must_use]
    pub fn without(mut self, name: &Name) -> Self {
        self.parameters.retain(|parameter| parameter.name != *name);
        self
    }

    /// Replaces the value of the first parameter of this name, or adds it.
    #[must_use]
    pub fn replacing(mut self, name: Name, value: Value) -> Self {
        match self
            .parameters
            .iter_mut()
            .find(|parameter| parameter.name == name)
        {
            Some(parameter) => {
                parameter.value = value;
                self
            }
            None => self.with(name, value),
        }
    }

    /// In this browser.
    #[must_use]
    pub fn in_browser(mut self, browser: Browser) -> Self {
        self.browser = browser;
        self
    }

    /// By this way.
    #[must_use]
    pub fn by_way_of(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    /// With these cookies.
    #[must_use]
    pub fn cookies(mut self, cookies: Cookies) -> Self {
        self.cookies = cookies;
        self
    }

    /// With one more header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body that says it is this.
    #[must_use]
    pub fn content_type(mut self, content_type: ContentType) -> Self {
        self.content_type = content_type;
        self
    }

    /// Written this way.
    #[must_use]
    pub fn spelled(mut self, spelling: Spelling) -> Self {
        self.spelling = spelling;
        self
    }

    /// This often.
    #[must_use]
    pub fn sent(mut self, sent: Sent) -> Self {
        self.sent = sent;
        self
    }

    /// With this answer, if asked.
    #[must_use]
    pub fn if_asked(mut self, answer: IfAsked) -> Self {
        self.if_asked = answer;
        self
    }
}
