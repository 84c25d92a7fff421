//! The question whether to sign off, and its answer.

use crate::config::QuestionKind;
use crate::dialects;
use crate::http::Response;
use crate::policy::{Bound, Outcome, WithoutSession};
use crate::realm::{Incoming, Realm};
use crate::sessions::{Question, Session};

use super::{Farewell, leave, saved_where_overlapped};

/// The field of the form that carries the target where a policy has it posted back.
pub(crate) const POSTED_BACK: &str = "post_logout_redirect_uri";

/// Asks, and remembers what follows a yes. Without a session its id is empty.
pub(super) fn ask(realm: &mut Realm, session: String, farewell: Farewell) -> Response {
    let value = realm.random.opaque();
    let response = if realm.policy.confirmation.elsewhere {
        dialects::question_elsewhere(realm, &value)
    } else {
        dialects::question(realm, &value, &farewell)
    };
    realm.progress.asked += 1;
    let question = Question { session, farewell };
    realm.store.questions.put(value, question);
    response
}

/// The page of its own on which a question stands, for the browser it belongs to.
pub(crate) fn asked(realm: &mut Realm, incoming: &Incoming) -> Response {
    let session = realm.session(incoming);
    let value = incoming.query.text("confirmation").unwrap_or_default();
    let question = realm.store.questions.find(value).cloned();
    let id = session.map(|session| session.id).unwrap_or_default();
    let own = question.filter(|question| question.session == id);
    match own {
        Some(question) => dialects::question(realm, value, &question.farewell),
        None => dialects::question_expired(),
    }
}

/// Takes the answer to the question.
pub(crate) fn answered(realm: &mut Realm, incoming: &Incoming) -> Response {
    let response = taken(realm, incoming);
    saved_where_overlapped(realm, incoming);
    response
}

fn taken(realm: &mut Realm, incoming: &Incoming) -> Response {
    let allowed = match realm.policy.confirmation.kind {
        QuestionKind::PostForm => "POST",
        QuestionKind::GetForm | QuestionKind::Links => "GET",
    };
    if incoming.request.method != allowed {
        return Response::not_allowed(allowed);
    }
    realm.progress.concluded += 1;
    let form = incoming.parameters();
    let session = realm.session(incoming);
    let of_session = |question: &Question| {
        session
            .as_ref()
            .is_some_and(|session| session.id == question.session)
    };
    let newest = realm.store.questions.newest(of_session).cloned();
    let Some(mut question) = question(realm, form.text("confirmation"), session.as_ref()) else {
        return dialects::question_expired();
    };
    match realm.policy.confirmation.outcome {
        Outcome::ContextForgotten => question.farewell = Farewell::default(),
        Outcome::ErrorWithoutTarget if question.farewell.target.is_none() => {
            return dialects::question_expired();
        }
        Outcome::AsAskedLast => {
            if let Some(last) = newest.filter(|last| last.farewell != question.farewell) {
                question.farewell = last.farewell;
                let refused = question.farewell.refused_target.take();
                question.farewell.target = question.farewell.target.take().or(refused);
            }
        }
        Outcome::AsPostedBack => {
            let posted = form.octets(POSTED_BACK);
            question.farewell.target = posted.map(<[u8]>::to_vec).or(question.farewell.target);
        }
        Outcome::AsAskedFor | Outcome::ErrorWithoutTarget => {}
    }
    match form.text("answer") {
        Some("yes") => leave(realm, incoming, session.as_ref(), &question.farewell),
        _ => dialects::still_signed_in(&question.farewell),
    }
}

/// The question that an answer belongs to. It is used up, whatever the answer.
fn question(realm: &mut Realm, value: Option<&str>, session: Option<&Session>) -> Option<Question> {
    let own = match (session, realm.policy.without_session) {
        (Some(session), _) => session.id.clone(),
        (None, WithoutSession::Ask) => String::new(),
        (None, _) => return None,
    };
    let found = value
        .and_then(|value| realm.store.questions.find(value))
        .cloned();
    match realm.policy.confirmation.bound {
        Bound::AnyAnswer => found,
        Bound::Nothing if found.is_none() => Some(Question {
            session: own,
            farewell: Farewell::default(),
        }),
        Bound::OneAnswer | Bound::BrowserAndUser | Bound::Nothing => {
            let mine = found.filter(|question| question.session == own)?;
            realm.store.questions.take(value?);
            Some(mine)
        }
    }
}
