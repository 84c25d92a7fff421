//! PingOne, as its public documentation has it. Where that is silent: the redirect of an error carries the error in the
//! query of the hosted page (inferred), a sign-off without session is answered as any other, `auth_time` is in seconds
//! (a capture shows it a thousand times smaller, which no verifier would accept).

pub(crate) mod cookies;
mod cross_protocol;
mod discovery;
mod endpoints;
mod errors;
mod flows;
pub(crate) mod hosted;
mod idp_signoff;
pub(crate) mod orchestration;
mod session_check;
mod sharing;
mod sign_on;
pub(crate) mod tokens;

pub(crate) use endpoints::{ENDPOINTS, respond};
pub(crate) use errors::INVALID as P1_INVALID;

use crate::config::{Edition, QuestionKind};
use crate::http::Response;
use crate::logout::hint::HintStep;
use crate::logout::target;
use crate::policy::{
    Algorithms, AnswerPolicy, Around, Asking, Bound, Brokering, Carrier, ClientFrom, Confirmation,
    Consequence, EndedBy, EndedSession, EndedTokens, Ending, EveryProtocolPolicy, ExpectedIssuer,
    HintAlonePolicy, HintPolicy, Intake, Otherwise, Outcome, OwnPage, Policy, PostParameters,
    RegisteredList, Repeats, Returned, Revival, SessionIdentity, Spelled, StateOfPost, StatePolicy,
    TargetPolicy, Telling, Unchecked, UserBy, Values, VerifyingKey, Whose, WithoutSession,
};
use crate::realm::{Incoming, Realm, Site};
use crate::refusal::Refusal;
use crate::uri;

/// What PingOne documents about signing off.
pub(crate) fn policy(edition: Edition) -> Policy {
    let mut policy = Policy {
        intake: Intake {
            get: true,
            post: true,
            post_parameters: PostParameters::Body,
            repeated: Repeats::Refused,
            bounds: None,
            refuses_unsupported_locales: false,
            state_of_post: StateOfPost::Usual,
            target_name: "post_logout_redirect_uri",
            values: Values::Octets,
        },
        hint: HintPolicy {
            required: false,
            steps: vec![
                HintStep::Algorithm,
                HintStep::Signature,
                HintStep::Kind,
                HintStep::Issuer,
                HintStep::Audience,
                HintStep::ApplicationExists,
                HintStep::ApplicationEnabled,
                HintStep::UserKnown,
                HintStep::SessionUser,
            ],
            algorithms: Algorithms::Rs256,
            client_from: ClientFrom::Audience,
            key: VerifyingKey::Own,
            issuer: ExpectedIssuer::AsIssued,
            user_by: UserBy::Id,
        },
        // Not among the documented parameters: tolerated, without effect.
        client_must_agree: false,
        target: TargetPolicy {
            required: false,
            whose: Whose::HintClientElseAnyEnabled,
            narrowed_by_hint: true,
            list: RegisteredList::PostLogout,
            admits: target::exactly,
            unchecked: Unchecked::Never,
            fewer_characters_than: Some(8_192),
            otherwise: Otherwise::OwnPage,
            followed: true,
        },
        state: StatePolicy {
            returned: Returned::Always,
            spelled: Spelled::FormEncoded,
            added_when_absent: false,
            on_own_page: false,
            extra: &[],
        },
        asking: Asking::Never,
        confirmation: Confirmation {
            bound: Bound::OneAnswer,
            outcome: Outcome::AsAskedFor,
            frames_forbidden: true,
            elsewhere: false,
            kind: QuestionKind::PostForm,
        },
        without_session: WithoutSession::Proceed,
        ending: Ending {
            whose: EndedSession::Cookie,
            by: EndedBy::ItsEndpoint,
            session_ends: true,
            cookie_expires: true,
            revival: Revival::Never,
            tokens: EndedTokens::ALL,
        },
        telling: Telling::THE_SESSION,
        answer: answer(),
        hint_alone: HintAlonePolicy::as_documented(),
        every_protocol: EveryProtocolPolicy::as_documented(),
        session_identity: SessionIdentity::Fresh,
        end_session_endpoint_published: true,
        adapts: None,
        brokering: Brokering::AS_DOCUMENTED,
        around: Around::AS_SPECIFIED,
        before: Vec::new(),
        after: Vec::new(),
        id_token: Vec::new(),
    };
    match edition {
        Edition::Current | Edition::Duende8 | Edition::Duende7 | Edition::IdentityServer4 => {}
        Edition::Year2023 => policy.hint.take(HintStep::Expiry),
        Edition::Legacy => {
            policy.hint.required = true;
            policy.target.whose = Whose::AnyClient;
            policy.ending.by = EndedBy::FlowOrchestration;
        }
    }
    policy
}

/// What the browser is answered.
fn answer() -> AnswerPolicy {
    AnswerPolicy {
        refused: |_| Consequence::ErrorPage,
        crashes_on: |_| false,
        shows_error_on: |_| false,
        redirect_after_get: 302,
        redirect_after_post: 302,
        carrier: Carrier::Location,
        error_status: 400,
        values_escaped: true,
        refused_target_linked: false,
        vague: false,
        own_page: OwnPage::Shown,
    }
}

/// Sends the browser to the error page: the hosted one, or that of the application.
pub(crate) fn sign_off_error(
    realm: &mut Realm,
    incoming: &Incoming,
    refusal: Refusal,
    target: Option<&[u8]>,
) -> Response {
    let mut message = refusal.message().to_owned();
    if let (false, Some(target)) = (realm.policy.answer.values_escaped, target) {
        message = format!("{message} ({})", String::from_utf8_lossy(target));
    }
    let application = errors::application(realm, incoming);
    errors::invalid_value(realm, refusal.parameter(), &message).shown_by(
        realm,
        incoming.site,
        application.as_deref(),
    )
}

/// Where a sign-off leads that names no redirect URI: to the hosted page, or (older guide) to the application's own pages.
pub(crate) fn signed_off(
    realm: &Realm,
    site: Site,
    client: Option<&str>,
    state: Option<&[u8]>,
) -> Response {
    let state: Vec<_> = state.map(|state| ("state", state)).into_iter().collect();
    let legacy = realm.tenant.edition == Edition::Legacy;
    let own_pages = client
        .filter(|_| legacy)
        .and_then(|id| realm.tenant.client(id)?.login_page_url.as_deref());
    if let Some(pages) = own_pages {
        let mut parameters = vec![("environmentId", realm.tenant.id.as_bytes())];
        parameters.extend(state);
        return Response::redirect(302, &uri::with_parameters(pages.as_bytes(), &parameters));
    }
    let part = if legacy { "signedOut" } else { "signedOff" };
    let page = format!("{}/signon/#{part}", realm.ui(site));
    Response::redirect(302, &uri::with_parameters(page.as_bytes(), &state))
}
