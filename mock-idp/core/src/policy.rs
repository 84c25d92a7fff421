//! How one product decides about a sign-off: switches and seams, as data. A dialect fills a [`Policy`]; a fault changes
//! it; the logic reads it and knows of neither.

mod around;

use serde_json::Value;

pub(crate) use around::Around;

use crate::config::QuestionKind;
use crate::http::Response;
use crate::logout::hint::HintStep;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::refusal::Refusal;

/// How one tenant decides. Made by its dialect, changed by faults.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(crate) intake: Intake,
    pub(crate) hint: HintPolicy,
    pub(crate) client_must_agree: bool,
    pub(crate) target: TargetPolicy,
    pub(crate) state: StatePolicy,
    pub(crate) asking: Asking,
    pub(crate) confirmation: Confirmation,
    pub(crate) without_session: WithoutSession,
    pub(crate) ending: Ending,
    pub(crate) telling: Telling,
    pub(crate) answer: AnswerPolicy,
    pub(crate) hint_alone: HintAlonePolicy,
    pub(crate) every_protocol: EveryProtocolPolicy,
    pub(crate) session_identity: SessionIdentity,
    pub(crate) end_session_endpoint_published: bool,
    /// How the policy itself changes with what one request looks like; nothing when it does not.
    pub(crate) adapts: Option<fn(&Circumstances<'_>, &mut Policy)>,
    pub(crate) brokering: Brokering,
    pub(crate) around: Around,
    /// What stands in front of the endpoints, such as a firewall or a framework: the first that answers spares the
    /// rest. Nothing, by right.
    pub(crate) before: Vec<Before>,
    /// What a framework or a proxy makes of every answer, in order. Nothing, by right.
    pub(crate) after: Vec<After>,
    /// What is done to header and claims of an ID token before it is signed. Nothing, by right.
    pub(crate) id_token: Vec<fn(&mut Value, &mut Value)>,
}

/// What of a sign-off request a policy may adapt to.
pub(crate) struct Circumstances<'a> {
    /// The parameters where the method wants them.
    pub(crate) sent: &'a Parameters,
    pub(crate) by_post: bool,
    pub(crate) content_type: &'a str,
    /// Whether the hint, if one can be read, is past its `exp`.
    pub(crate) hint_is_expired: bool,
}

/// Something in front of the endpoints.
pub(crate) type Before = fn(&Realm, &Incoming) -> Option<Response>;

/// Something behind them.
pub(crate) type After = fn(&Realm, &Incoming, Response) -> Response;

/// What of a request is read.
#[derive(Debug, Clone)]
pub(crate) struct Intake {
    pub(crate) get: bool,
    pub(crate) post: bool,
    pub(crate) post_parameters: PostParameters,
    pub(crate) repeated: Repeats,
    /// None: only the limits of the whole provider count.
    pub(crate) bounds: Option<Bounds>,
    pub(crate) refuses_unsupported_locales: bool,
    pub(crate) state_of_post: StateOfPost,
    /// Under which name the redirect URI is looked for.
    pub(crate) target_name: &'static str,
    pub(crate) values: Values,
}

/// Which `state` of a POST counts when query and body have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StateOfPost {
    /// That of the place where the other parameters are.
    Usual,
    /// That of the query, if there is one.
    QueryFirst,
}

/// As what the values of parameters are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Values {
    Octets,
    /// As text: what is no UTF-8 is replaced, and white space alone counts as nothing.
    Text,
}

/// How long a sign-off request may be, and the status that says so.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    pub(crate) target: usize,
    pub(crate) body: Option<usize>,
    pub(crate) status: u16,
}

/// Where the parameters of a POST are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PostParameters {
    Body,
    Query,
}

/// What a repeated parameter leads to. RP-Initiated Logout is silent; refusal is the cautious reading of RFC 6749
/// section 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeats {
    Refused,
    First,
    Last,
    /// The first value is checked and the last one used.
    FirstCheckedLastUsed,
    /// The first value counts, even if it is empty.
    FirstCounts,
    /// All values that are not empty are one, with commas between them.
    Joined,
}

#[derive(Debug, Clone)]
pub(crate) struct HintPolicy {
    pub(crate) required: bool,
    /// The steps that are taken, out of [`crate::logout::hint::STEPS`], whose order holds.
    pub(crate) steps: Vec<HintStep>,
    pub(crate) algorithms: Algorithms,
    pub(crate) client_from: ClientFrom,
    pub(crate) key: VerifyingKey,
    pub(crate) issuer: ExpectedIssuer,
    pub(crate) user_by: UserBy,
}

/// With whose key a hint is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VerifyingKey {
    Own,
    /// That of another tenant.
    Neighbours,
}

/// What `iss` is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExpectedIssuer {
    AsIssued,
    WithSlash,
}

/// What `sub` is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UserBy {
    Id,
    Username,
}

impl HintPolicy {
    pub(crate) fn skip(&mut self, steps: &[HintStep]) {
        self.steps.retain(|step| !steps.contains(step));
    }

    pub(crate) fn take(&mut self, step: HintStep) {
        self.steps.push(step);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithms {
    Rs256,
    /// `none` in any spelling counts as signed.
    Rs256OrNone,
}

/// Which claim of the hint names its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientFrom {
    /// The only one an ID token has (Core section 2).
    Audience,
    /// `client_id`, which access tokens have (RFC 9068 section 2.2), else the audience.
    ClientIdElseAudience,
    /// The first of the audience; `azp` has no say.
    FirstAudienceAlone,
    /// The first of several audiences.
    FirstAudience,
}

#[derive(Debug, Clone)]
pub(crate) struct TargetPolicy {
    pub(crate) required: bool,
    pub(crate) whose: Whose,
    /// Whether a hint confines the choice to its own client.
    pub(crate) narrowed_by_hint: bool,
    pub(crate) list: RegisteredList,
    /// Whether a registered value (first) admits a requested one (second).
    pub(crate) admits: fn(&str, &[u8]) -> bool,
    pub(crate) unchecked: Unchecked,
    /// The redirect URI and `state` together must have fewer characters than this.
    pub(crate) fewer_characters_than: Option<usize>,
    pub(crate) otherwise: Otherwise,
    /// Whether the browser is sent there at all.
    pub(crate) followed: bool,
}

/// Whose registered values count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The hint's client; without a hint any enabled one (PingOne).
    HintClientElseAnyEnabled,
    /// The hint's client; without a hint the one of `client_id`; with neither nobody's.
    HintClientElseNamedClient,
    /// The hint's client; without a hint nobody's.
    OnlyHintClient,
    /// Any client of the tenant.
    AnyClient,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegisteredList {
    PostLogout,
    SignIn,
}

/// When a redirect URI is followed without looking at what is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unchecked {
    Never,
    Always,
    WithSession,
    /// A client was named, and there is none of that name.
    ClientUnknown,
    /// Nobody's registrations count for the request.
    NobodyCounts,
    /// Its host is the one that the request says it was forwarded for.
    ForwardedHost,
}

/// Where the browser goes when no redirect URI was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    OwnPage,
    Referer,
    OnlyRegistered,
}

#[derive(Debug, Clone)]
pub(crate) struct StatePolicy {
    pub(crate) returned: Returned,
    pub(crate) spelled: Spelled,
    pub(crate) added_when_absent: bool,
    pub(crate) on_own_page: bool,
    pub(crate) extra: &'static [Extra],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Returned {
    Always,
    Never,
    NotOnPost,
    /// Not when the redirect URI has the octets `state=` anywhere.
    UnlessUriHasState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelled {
    /// Form-encoded, joined with `?` or `&` as the URI wants, before a fragment.
    FormEncoded,
    /// As above, but `;` stays as it is, which RFC 3986 section 3.4 allows.
    SemicolonKept,
    /// As form-encoded, but a space is `%20`.
    Percent,
    NameOnly,
    AlwaysQuestionMark,
    Raw,
    /// The query of the redirect URI is written anew, in reversed alphabetical order.
    Reserialised,
    /// As ASP.NET encodes a value, put at the very end, even behind a fragment.
    AspNet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    ClientId,
    Iss,
    Sid,
}

/// Whether the person is asked before a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    Always,
    Never,
    UnlessHintIsGood,
    UnlessHintIsAboutTheUser,
    /// Section 2: unless the hint belongs to the current session with its client.
    UnlessHintIsOfTheSession,
}

/// What an answer to the question must have, and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Confirmation {
    pub(crate) bound: Bound,
    pub(crate) outcome: Outcome,
    pub(crate) frames_forbidden: bool,
    /// The question has a page of its own, to which the browser is redirected.
    pub(crate) elsewhere: bool,
    pub(crate) kind: QuestionKind,
}

/// What ties an answer to its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A value that is good for one answer in one session.
    OneAnswer,
    /// A value that is good for ever, in any session.
    AnyAnswer,
    /// A value that is good for any answer of the same browser, as long as the same person is signed in.
    BrowserAndUser,
    /// The cookie alone.
    Nothing,
}

/// What a yes leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    AsAskedFor,
    /// The session ends; where the browser was to go is forgotten.
    ContextForgotten,
    /// An error where the browser was to go nowhere.
    ErrorWithoutTarget,
    /// What the newest open question of the session was asked for, whether its target was refused or not.
    AsAskedLast,
    /// What the page's form carried and the answer posts back, unchecked.
    AsPostedBack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithoutSession {
    /// As if the session had ended just now (RP-Initiated Logout section 4).
    Proceed,
    Refuse,
    AskToSignIn,
    /// Refused when the browser or the hint knows a session that has ended.
    RefuseSecond,
    /// The question is asked all the same.
    Ask,
}

#[derive(Debug, Clone)]
pub(crate) struct Ending {
    pub(crate) whose: EndedSession,
    pub(crate) by: EndedBy,
    pub(crate) session_ends: bool,
    pub(crate) cookie_expires: bool,
    pub(crate) revival: Revival,
    pub(crate) tokens: EndedTokens,
}

/// Which tokens end with the session they were issued in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EndedTokens {
    pub(crate) access: bool,
    /// Refresh tokens without `offline_access`.
    pub(crate) refresh: bool,
    /// Refresh tokens with `offline_access` (Core section 11).
    pub(crate) offline: bool,
}

impl EndedTokens {
    /// Every token.
    pub(crate) const ALL: Self = Self {
        access: true,
        refresh: true,
        offline: true,
    };

    /// No token.
    pub(crate) const NONE: Self = Self {
        access: false,
        refresh: false,
        offline: false,
    };

    /// What was not granted for the time nobody is signed in.
    pub(crate) const OF_THE_SESSION: Self = Self {
        offline: false,
        ..Self::ALL
    };
}

/// What ends a session by an ID token alone (PingOne's `/as/idpSignoff`).
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one check of the documentation, and they do not depend on each other"
)]
#[derive(Debug, Clone)]
pub(crate) struct HintAlonePolicy {
    pub(crate) hint_required: bool,
    pub(crate) client_must_agree: bool,
    /// Whether the application must have the setting on.
    pub(crate) setting_needed: bool,
    pub(crate) ends: EndedByHint,
    /// Whether programs that accept JSON are answered without content.
    pub(crate) no_content_for_programs: bool,
}

impl HintAlonePolicy {
    /// What the product documents.
    pub(crate) fn as_documented() -> Self {
        Self {
            hint_required: true,
            client_must_agree: true,
            setting_needed: true,
            ends: EndedByHint::ItsSession,
            no_content_for_programs: true,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndedByHint {
    /// The session that the token was issued in.
    ItsSession,
    /// That session, if the browser sent its cookie along.
    ItsSessionWithCookie,
}

/// What ends a session for every protocol (PingOne's `/xp/signoff`), and for whom `/as/signoff` does.
#[derive(Debug, Clone)]
pub(crate) struct EveryProtocolPolicy {
    /// Whether only the environment's own redirect URIs are followed.
    pub(crate) uris_listed: bool,
    /// Whether the setting about the other applications is heeded.
    pub(crate) others_by_setting: bool,
}

impl EveryProtocolPolicy {
    /// What the product documents.
    pub(crate) fn as_documented() -> Self {
        Self {
            uris_listed: true,
            others_by_setting: true,
        }
    }
}

/// Whether an ended session can come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Revival {
    Never,
    /// A later request with its cookie writes it back.
    ByItsCookie,
    /// A sign-off that was under way when it ended does.
    ByOverlap,
}

/// Which session a sign-off ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndedSession {
    Cookie,
    /// Every session of the hint's subject, and the cookie's.
    HintToo,
    /// Every session there is.
    Everybody,
}

/// Which part of the product ends a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndedBy {
    ItsEndpoint,
    /// PingOne's older guide: another service, called once the request was found good.
    FlowOrchestration,
}

/// Which clients hear of a sign-off.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) front_channel: Told,
    pub(crate) back_channel: Told,
}

impl Telling {
    /// As Front-Channel and Back-Channel Logout want it.
    pub(crate) const THE_SESSION: Self = Self {
        front_channel: Told::OfTheSession,
        back_channel: Told::OfTheSession,
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// Those that were signed in to with the session.
    OfTheSession,
    /// The same, but for the one that was signed in to last.
    AllButTheLast,
    /// Every enabled one.
    Everybody,
}

#[derive(Debug, Clone)]
pub(crate) struct AnswerPolicy {
    /// What a refusal leads to, unless one of the next two says otherwise.
    pub(crate) refused: fn(Refusal) -> Consequence,
    pub(crate) crashes_on: fn(Refusal) -> bool,
    pub(crate) shows_error_on: fn(Refusal) -> bool,
    pub(crate) redirect_after_get: u16,
    pub(crate) redirect_after_post: u16,
    pub(crate) carrier: Carrier,
    /// Of pages that say that a request is wrong.
    pub(crate) error_status: u16,
    pub(crate) values_escaped: bool,
    /// Whether a redirect URI that was refused is shown as a link.
    pub(crate) refused_target_linked: bool,
    /// Whether every refusal reads alike.
    pub(crate) vague: bool,
    pub(crate) own_page: OwnPage,
}

/// What a browser is shown that goes nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnPage {
    Shown,
    /// It is sent to a page that does not exist.
    Missing,
}

impl AnswerPolicy {
    pub(crate) fn consequence(&self, refusal: Refusal) -> Consequence {
        if (self.crashes_on)(refusal) {
            Consequence::Crash
        } else if (self.shows_error_on)(refusal) {
            Consequence::ErrorPage
        } else {
            (self.refused)(refusal)
        }
    }
}

/// What follows from a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consequence {
    /// An error page; nothing ends and nothing redirects.
    ErrorPage,
    /// The person is asked, and nothing redirects: what failed is not used, the rest goes on.
    GoOnWithout,
    /// The same on a page with the status of an error.
    GoOnWithError,
    /// A bare failure.
    Crash,
    /// An authorization-style error sent to a client.
    RedirectWithError,
}

/// How the browser is sent to the redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    Location,
    Script,
    /// A page with a link to follow.
    Link,
    /// A page with a button to press.
    Button,
    /// A page with `<meta http-equiv="refresh">`.
    Refresh,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionIdentity {
    Fresh,
    /// The same, its id spelled as 32 hexadecimal digits.
    FreshInHex,
    /// The next session of a user takes over id and cookie of the one before.
    ReusedPerUser,
    /// Whoever signs on in a browser takes over the session that is open there, another user's included.
    KeptInBrowser,
}

/// How a product decides that signs off at an identity provider behind it (WorkOS).
#[expect(
    clippy::struct_excessive_bools,
    reason = "each check can be left out by itself"
)]
#[derive(Debug, Clone)]
pub(crate) struct Brokering {
    /// Whether the application's server has to show its key.
    pub(crate) api_key_required: bool,
    /// Whether a logout token is only given for a profile of this environment.
    pub(crate) profile_must_exist: bool,
    /// Whether the token call and the logout call know a profile by the same id.
    pub(crate) profile_ids_agree: bool,
    /// Whether the connection must speak OpenID Connect.
    pub(crate) kind_checked: bool,
    /// Whether Single Logout must have been enabled.
    pub(crate) feature_checked: bool,
    /// Whether the identity provider's discovery document is looked at.
    pub(crate) provider_checked: bool,
    /// Whether a logout token must be one that was handed out.
    pub(crate) token_verified: bool,
    /// False when a token for a profile that is not known signs off at the environment's first connection.
    pub(crate) token_of_known_profile: bool,
    pub(crate) token_expires: bool,
    pub(crate) token_good_once: bool,
    /// Whether the browser is sent to the identity provider.
    pub(crate) provider_signs_off: bool,
    /// Whether a notice of the identity provider must come at the address of a connection.
    pub(crate) notice_key_checked: bool,
    /// Whether its request may say where the browser goes from there.
    pub(crate) notice_obeys_the_request: bool,
}

impl Brokering {
    pub(crate) const AS_DOCUMENTED: Self = Self {
        api_key_required: true,
        profile_must_exist: true,
        profile_ids_agree: true,
        kind_checked: true,
        feature_checked: true,
        provider_checked: true,
        token_verified: true,
        token_of_known_profile: true,
        token_expires: true,
        token_good_once: true,
        provider_signs_off: true,
        notice_key_checked: true,
        notice_obeys_the_request: false,
    };
}
