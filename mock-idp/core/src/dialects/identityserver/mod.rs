//! IdentityServer, as the published sources of `IdentityServer4` and Duende IdentityServer have it. Its logout endpoint
//! signs nobody off and redirects to no client: it packs what was asked for into a context and sends the browser to the
//! logout page of its host, which asks where it must, signs off, and offers the way back. The pages are those of the
//! samples that hosts start from.

mod antiforgery;
mod back_channel;
mod callback;
mod context;
mod cookies;
mod discovery;
mod end_session;
mod endpoints;
mod logout_page;
mod memory;
mod pages;
mod sign_in;
mod tokens;

pub(crate) use cookies::{expire as expire_cookies, sent as session_cookies};
pub(crate) use endpoints::{ENDPOINTS, respond};
pub(crate) use memory::Memory;
pub(crate) use pages::sign_off_error;
pub(crate) use tokens::{access_token, id_token};

use crate::config::{Edition, QuestionKind, Tenant};
use crate::http::Response;
use crate::logout::hint::HintStep;
use crate::policy::{
    Algorithms, AnswerPolicy, Around, Asking, Bound, Brokering, Carrier, ClientFrom, Confirmation,
    Consequence, EndedBy, EndedSession, EndedTokens, Ending, EveryProtocolPolicy, ExpectedIssuer,
    HintAlonePolicy, HintPolicy, Intake, Otherwise, Outcome, OwnPage, Policy, PostParameters,
    RegisteredList, Repeats, Returned, Revival, SessionIdentity, Spelled, StateOfPost, StatePolicy,
    TargetPolicy, Telling, Unchecked, UserBy, Values, VerifyingKey, Whose, WithoutSession,
};
use crate::realm::{Realm, Site};
use crate::refusal::Refusal;

const LOGIN_PAGE: &str = "/Account/Login";
const CONSENT_PAGE: &str = "/consent";
const LOGOUT_PAGE: &str = "/Account/Logout";
const LOGGED_OUT_PAGE: &str = "/Account/Logout/LoggedOut";
const LOGOUT_SCRIPT: &str = "/js/signout-redirect.js";

/// Which major version a tenant behaves like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// `IdentityServer4` 4.x.
    Four,
    /// Duende IdentityServer 7 (7.4).
    Seven,
    /// Duende IdentityServer 8.
    Eight,
}

impl Version {
    fn of(tenant: &Tenant) -> Self {
        match tenant.edition {
            Edition::IdentityServer4 => Self::Four,
            Edition::Duende7 => Self::Seven,
            _ => Self::Eight,
        }
    }
}

/// How it decides about signing off.
pub(crate) fn policy(tenant: &Tenant) -> Policy {
    let version = Version::of(tenant);
    // Duende 8 answers so whatever the method was.
    let redirect = if version == Version::Eight { 303 } else { 302 };
    Policy {
        intake: Intake {
            get: true,
            post: true,
            post_parameters: PostParameters::Body,
            repeated: match version {
                Version::Four => Repeats::FirstCounts,
                Version::Seven | Version::Eight => Repeats::Joined,
            },
            bounds: None,
            refuses_unsupported_locales: false,
            state_of_post: StateOfPost::Usual,
            target_name: "post_logout_redirect_uri",
            values: Values::Text,
        },
        hint: HintPolicy {
            required: false,
            steps: vec![
                HintStep::Length,
                HintStep::Algorithm,
                HintStep::Signature,
                HintStep::Issuer,
                HintStep::Audience,
                HintStep::ApplicationExists,
                HintStep::ApplicationEnabled,
                match version {
                    Version::Four | Version::Seven => HintStep::SessionUserIfNamed,
                    Version::Eight => HintStep::SessionItself,
                },
            ],
            algorithms: Algorithms::Rs256,
            client_from: ClientFrom::FirstAudienceAlone,
            key: VerifyingKey::Own,
            issuer: ExpectedIssuer::AsIssued,
            user_by: UserBy::Id,
        },
        client_must_agree: false,
        target: TargetPolicy {
            required: false,
            whose: Whose::OnlyHintClient,
            narrowed_by_hint: true,
            list: RegisteredList::PostLogout,
            admits: ignoring_case,
            unchecked: Unchecked::Never,
            fewer_characters_than: None,
            otherwise: Otherwise::OwnPage,
            followed: true,
        },
        state: StatePolicy {
            returned: Returned::Always,
            spelled: Spelled::AspNet,
            added_when_absent: false,
            on_own_page: false,
            extra: &[],
        },
        asking: Asking::UnlessHintIsGood,
        confirmation: Confirmation {
            bound: Bound::BrowserAndUser,
            outcome: Outcome::AsAskedFor,
            frames_forbidden: true,
            elsewhere: false,
            kind: QuestionKind::PostForm,
        },
        without_session: WithoutSession::Proceed,
        ending: Ending {
            whose: EndedSession::Cookie,
            by: EndedBy::ItsEndpoint,
            session_ends: tenant.identity_server.server_side_sessions,
            cookie_expires: true,
            revival: Revival::Never,
            // Grants outlive the session unless their lifetimes are coordinated, an option of Duende.
            tokens: EndedTokens::NONE,
        },
        telling: Telling::THE_SESSION,
        answer: answer(redirect),
        hint_alone: HintAlonePolicy::as_documented(),
        every_protocol: EveryProtocolPolicy::as_documented(),
        session_identity: SessionIdentity::FreshInHex,
        end_session_endpoint_published: true,
        adapts: None,
        brokering: Brokering::AS_DOCUMENTED,
        around: Around::AS_SPECIFIED,
        before: Vec::new(),
        after: Vec::new(),
        id_token: Vec::new(),
    }
}

/// What the browser is answered.
fn answer(redirect: u16) -> AnswerPolicy {
    AnswerPolicy {
        refused: consequence,
        crashes_on: |_| false,
        shows_error_on: |_| false,
        redirect_after_get: redirect,
        redirect_after_post: redirect,
        carrier: Carrier::Location,
        error_status: 400,
        values_escaped: true,
        refused_target_linked: false,
        vague: false,
        own_page: OwnPage::Shown,
    }
}

/// `StrictRedirectUriValidator` compares whole texts with `OrdinalIgnoreCase`.
fn ignoring_case(registered: &str, requested: &[u8]) -> bool {
    String::from_utf8_lossy(requested).to_uppercase() == registered.to_uppercase()
}

/// Nothing is ever answered with an error: what may not be used is left out.
fn consequence(refusal: Refusal) -> Consequence {
    match refusal {
        Refusal::Hint(_)
        | Refusal::ClientUnknown
        | Refusal::ClientDisagrees
        | Refusal::TargetUnregistered
        | Refusal::TargetTooLong
        | Refusal::HarmlessParameter => Consequence::GoOnWithout,
        Refusal::Repeated(_)
        | Refusal::HintRequired
        | Refusal::TargetRequired
        | Refusal::RequestTooLong
        | Refusal::SessionAbsent
        | Refusal::IdpSignoffDisabled => Consequence::ErrorPage,
    }
}

/// The answer once nobody is signed in and nothing is left to do.
pub(crate) fn signed_off(realm: &Realm) -> Response {
    pages::logged_out(realm, &pages::LoggedOut::default())
}

/// The path below which everything lies, without a final slash; empty at the root.
fn base_path(realm: &Realm) -> String {
    realm.path_prefix()
}

/// An address of this host.
fn at(realm: &Realm, path: &str) -> String {
    format!("{}{path}", realm.base(Site::Default))
}
