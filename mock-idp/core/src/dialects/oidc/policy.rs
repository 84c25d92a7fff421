//! How the plain provider decides: as RP-Initiated Logout asks, with the configured choices where that leaves one.

use crate::config::{
    Asks, FailedCheck, Freedom, OwnPages, RedirectBy, RedirectStatus, RedirectWithoutHint,
    RepeatedParameters, SessionCookie, StateSpelling,
};
use crate::logout::hint::HintStep;
use crate::logout::target;
use crate::policy::{
    Algorithms, AnswerPolicy, Around, Asking, Bound, Brokering, Carrier, ClientFrom, Confirmation,
    Consequence, EndedBy, EndedSession, EndedTokens, Ending, EveryProtocolPolicy, ExpectedIssuer,
    HintAlonePolicy, HintPolicy, Intake, Otherwise, Outcome, OwnPage, Policy, PostParameters,
    RegisteredList, Repeats, Returned, Revival, SessionIdentity, Spelled, StateOfPost, StatePolicy,
    TargetPolicy, Telling, Unchecked, UserBy, Values, VerifyingKey, Whose, WithoutSession,
};
use crate::refusal::{HintRefusal, Refusal};

/// What RP-Initiated Logout asks, with these choices where it leaves one.
pub(in crate::dialects) fn of(freedom: &Freedom) -> Policy {
    Policy {
        intake: Intake {
            get: true,
            post: true,
            post_parameters: PostParameters::Body,
            repeated: match freedom.repeated_parameters {
                RepeatedParameters::Refused => Repeats::Refused,
                RepeatedParameters::First => Repeats::First,
                RepeatedParameters::Last => Repeats::Last,
            },
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
                HintStep::SessionRecent,
            ],
            algorithms: Algorithms::Rs256,
            client_from: ClientFrom::Audience,
            key: VerifyingKey::Own,
            issuer: ExpectedIssuer::AsIssued,
            user_by: UserBy::Id,
        },
        client_must_agree: true,
        target: TargetPolicy {
            required: false,
            whose: match freedom.redirect_without_hint {
                RedirectWithoutHint::WithClientId => Whose::HintClientElseNamedClient,
                RedirectWithoutHint::Never => Whose::OnlyHintClient,
            },
            narrowed_by_hint: true,
            list: RegisteredList::PostLogout,
            admits: target::exactly,
            unchecked: Unchecked::Never,
            fewer_characters_than: None,
            otherwise: Otherwise::OwnPage,
            followed: true,
        },
        state: StatePolicy {
            returned: Returned::Always,
            spelled: match freedom.state_spelling {
                StateSpelling::Form => Spelled::FormEncoded,
                StateSpelling::Percent => Spelled::Percent,
                StateSpelling::SemicolonKept => Spelled::SemicolonKept,
            },
            added_when_absent: false,
            on_own_page: false,
            extra: &[],
        },
        asking: match freedom.asks {
            Asks::Always => Asking::Always,
            Asks::WhenRequired => Asking::UnlessHintIsOfTheSession,
        },
        confirmation: Confirmation {
            bound: Bound::OneAnswer,
            outcome: Outcome::AsAskedFor,
            frames_forbidden: true,
            elsewhere: freedom.own_pages == OwnPages::Redirected,
            kind: freedom.question,
        },
        without_session: WithoutSession::Proceed,
        ending: Ending {
            whose: EndedSession::Cookie,
            by: EndedBy::ItsEndpoint,
            session_ends: true,
            revival: Revival::Never,
            cookie_expires: freedom.session_cookie == SessionCookie::Expired,
            tokens: EndedTokens::OF_THE_SESSION,
        },
        telling: Telling::THE_SESSION,
        answer: answer(freedom),
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
    }
}

fn answer(freedom: &Freedom) -> AnswerPolicy {
    AnswerPolicy {
        refused: match freedom.failed_check {
            FailedCheck::Ask => asks_all_the_same,
            FailedCheck::Error => shows_an_error,
            FailedCheck::ErrorThatAsks => shows_an_error_and_asks,
        },
        crashes_on: |_| false,
        shows_error_on: |_| false,
        redirect_after_get: match freedom.redirect_status {
            RedirectStatus::ByMethod | RedirectStatus::Found => 302,
            RedirectStatus::SeeOther => 303,
        },
        redirect_after_post: match freedom.redirect_status {
            RedirectStatus::Found => 302,
            // RFC 9110 section 15.4.4: the next request is a GET, whatever this one was.
            RedirectStatus::ByMethod | RedirectStatus::SeeOther => 303,
        },
        carrier: match freedom.redirect_by {
            RedirectBy::Location => Carrier::Location,
            RedirectBy::Link => Carrier::Link,
            RedirectBy::Button => Carrier::Button,
            RedirectBy::Script => Carrier::Script,
            RedirectBy::Refresh => Carrier::Refresh,
        },
        error_status: freedom.error_status,
        values_escaped: true,
        refused_target_linked: false,
        vague: false,
        own_page: OwnPage::Shown,
    }
}

/// A failed check costs the redirect, not the sign-off: the person is asked all the same (section 4).
fn asks_all_the_same(refusal: Refusal) -> Consequence {
    match refusal {
        Refusal::Hint(_)
        | Refusal::ClientUnknown
        | Refusal::ClientDisagrees
        | Refusal::TargetUnregistered
        | Refusal::TargetTooLong => Consequence::GoOnWithout,
        Refusal::Repeated(_)
        | Refusal::HintRequired
        | Refusal::TargetRequired
        | Refusal::RequestTooLong
        | Refusal::SessionAbsent
        | Refusal::HarmlessParameter
        | Refusal::IdpSignoffDisabled => Consequence::ErrorPage,
    }
}

/// Section 4 permits an error. That a session ended long ago is none: there is nothing left to end.
fn shows_an_error(refusal: Refusal) -> Consequence {
    match refusal {
        Refusal::Hint(HintRefusal::SessionNotRecent) => Consequence::GoOnWithout,
        _ => Consequence::ErrorPage,
    }
}

/// Section 4 permits to offer the sign-off beside the error.
fn shows_an_error_and_asks(refusal: Refusal) -> Consequence {
    match (refusal, asks_all_the_same(refusal)) {
        (Refusal::Hint(HintRefusal::SessionNotRecent), _) => Consequence::GoOnWithout,
        (_, Consequence::GoOnWithout) => Consequence::GoOnWithError,
        (_, other) => other,
    }
}
