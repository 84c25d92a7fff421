//! Requests that need others: what is asked on the way to a response, and what is told beside it.

use jiff::Timestamp;

use super::Op;
use crate::address::Address;
use crate::call::{
    CallAnswer, MOST_CALLS, NoAnswer, Note, Notification, Step, Turn, Waiting, origin_asked,
};
use crate::config::origin_of;
use crate::http::{Request, Response};
use crate::journal::{Event, method_name, parameter_names};

/// How deep tenants of one provider may ask each other for one request.
const DEEPEST: usize = 4;

impl Note {
    pub(crate) fn of(request: &Request, endpoint: &'static str) -> Self {
        Self {
            method: method_name(request),
            endpoint,
            parameters: parameter_names(request),
        }
    }
}

impl Op {
    /// Answers a request without a network: calls to tenants of this provider are answered by it, others fail. Whoever has
    /// a network drives [`Op::begin`] and [`Op::resume`] instead. Notifications stay in the outbox.
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Response {
        self.carried_through(request, now, 0)
    }

    /// Goes on with a request whose call was answered.
    pub fn resume(&mut self, waiting: Waiting, answer: CallAnswer, now: Timestamp) -> Step {
        let index = self.index_of(&waiting.tenant);
        let at = index.map_or_else(|| self.clock.time(now), |index| self.time_at(index, now));
        let event = outgoing(waiting.purpose, &waiting.request, &answer);
        self.journal.write(at, Some(&waiting.tenant), event);
        let turn = match index {
            Some(index) => (waiting.then)(&mut self.realms[index], answer, at),
            None => Response::text(404, "The tenant is not served any more.").into(),
        };
        self.stepped(at, index, waiting.note, turn, waiting.calls)
    }

    /// Whether an address in absolute form is one of this provider's own, so that [`Op::handle`] can answer for it.
    pub fn serves(&self, request: &Request) -> bool {
        let asked = origin_asked(request).to_ascii_lowercase();
        let Some(address) = Address::of(request) else {
            return false;
        };
        self.locate(&address).is_some_and(|(index, ..)| {
            let tenant = &self.realms[index].tenant;
            let custom = tenant.custom_domain.as_deref();
            asked == origin_of(&tenant.issuer).to_ascii_lowercase()
                || custom.is_some_and(|domain| asked == format!("https://{domain}"))
        })
    }

    /// Takes what applications are to be told out of the outbox, oldest first. What came of each goes to
    /// [`Op::notified`].
    pub fn notifications(&mut self) -> Vec<Notification> {
        let outboxes = self.realms.iter_mut().map(|realm| &mut realm.outbox);
        outboxes.flat_map(std::mem::take).collect()
    }

    /// Notes what came of a notification.
    pub fn notified(&mut self, notification: &Notification, answer: &CallAnswer, now: Timestamp) {
        let event = outgoing(notification.purpose, &notification.request, answer);
        let at = self.clock.time(now);
        self.journal.write(at, Some(&notification.tenant), event);
    }

    fn carried_through(&mut self, request: &Request, now: Timestamp, depth: usize) -> Response {
        let mut step = self.begin(request, now);
        loop {
            match step {
                Step::Respond(response) => return response,
                Step::Call(waiting) => {
                    let answer = self.answered_within(waiting.request(), now, depth);
                    step = self.resume(waiting, answer, now);
                }
            }
        }
    }

    fn answered_within(&mut self, request: &Request, now: Timestamp, depth: usize) -> CallAnswer {
        if !self.serves(request) {
            let origin = origin_asked(request);
            return Err(NoAnswer(format!("there is no network to reach {origin}")));
        }
        if depth >= DEEPEST {
            return Err(NoAnswer(
                "the tenants ask each other in a circle".to_owned(),
            ));
        }
        Ok(self.carried_through(request, now, depth + 1))
    }

    fn index_of(&self, tenant: &str) -> Option<usize> {
        self.realms
            .iter()
            .position(|realm| realm.tenant.id == tenant)
    }

    /// Writes down what happened at a tenant, and answers or asks.
    pub(super) fn stepped(
        &mut self,
        at: Timestamp,
        index: Option<usize>,
        note: Note,
        turn: Turn,
        calls: usize,
    ) -> Step {
        let events = index
            .map(|index| std::mem::take(&mut self.realms[index].events))
            .unwrap_or_default();
        let tenant = index.map(|index| self.realms[index].tenant.id.clone());
        for event in events {
            self.journal.write(at, tenant.as_deref(), event);
        }
        let response = match turn {
            Turn::Answer(response) => response,
            Turn::Call {
                request,
                purpose,
                then,
            } if calls < MOST_CALLS => {
                return Step::Call(Waiting {
                    request,
                    purpose,
                    then,
                    tenant: tenant.unwrap_or_default(),
                    note,
                    calls: calls + 1,
                });
            }
            Turn::Call { .. } => Response::text(
                500,
                "A defect of the mock: a request led to too many calls.",
            ),
        };
        let event = Event::Request {
            method: note.method,
            endpoint: note.endpoint,
            parameters: note.parameters,
            status: response.status,
        };
        self.journal.write(at, tenant.as_deref(), event);
        Step::Respond(response)
    }
}

fn outgoing(purpose: &'static str, request: &Request, answer: &CallAnswer) -> Event {
    Event::Outgoing {
        purpose,
        method: method_name(request),
        origin: origin_asked(request),
        status: answer.as_ref().ok().map(|response| response.status),
        problem: answer.as_ref().err().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Tenant};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn op() -> Op {
        let tenants = ["a", "b"].map(|id| Tenant::oidc(id, format!("https://op.example/{id}")));
        Op::new(Config::new(1, tenants.to_vec())).unwrap()
    }

    /// A request at the first tenant that leads to this turn.
    fn taken_up(op: &mut Op, turn: Turn) -> Step {
        let note = Note::of(&Request::get("/a/x"), "/x");
        op.stepped(NOW, Some(0), note, turn, 0)
    }

    /// Asks this address and answers with the status that came back; 599 when none came.
    fn asking(url: &str) -> Turn {
        Turn::call(Request::get(url), "test", |_, answer, _| {
            Response::empty(answer.map_or(599, |response| response.status)).into()
        })
    }

    fn status(step: &Step) -> Option<u16> {
        match step {
            Step::Respond(response) => Some(response.status),
            Step::Call(_) => None,
        }
    }

    #[test]
    fn a_request_goes_on_with_the_answer_to_its_call() {
        let mut op = op();
        let Step::Call(waiting) = taken_up(&mut op, asking("https://u:p@rp.example/secret?x"))
        else {
            panic!("it asks");
        };
        assert_eq!(waiting.request().target, "https://u:p@rp.example/secret?x");
        assert_eq!(waiting.purpose(), "test");
        let step = op.resume(waiting, Ok(Response::empty(204)), NOW);
        assert_eq!(status(&step), Some(204));
        let events: Vec<&Event> = op.journal().map(|entry| &entry.event).collect();
        let [
            Event::Outgoing {
                origin,
                status: Some(204),
                ..
            },
            Event::Request { status: 204, .. },
        ] = events.as_slice()
        else {
            panic!("{events:?}");
        };
        assert_eq!(origin, "https://rp.example");
    }

    #[test]
    fn without_a_network_only_tenants_of_the_same_provider_answer() {
        let mut op = op();
        let within = Request::get("https://op.example/b/.well-known/openid-configuration");
        assert!(op.serves(&within));
        assert_eq!(
            op.answered_within(&within, NOW, 0)
                .map(|found| found.status),
            Ok(200)
        );
        for elsewhere in [
            "https://rp.example/b/.well-known/openid-configuration",
            "http://op.example/b/jwks",
            "https://op.example/c/jwks",
            "/b/jwks",
        ] {
            let request = Request::get(elsewhere);
            assert!(!op.serves(&request), "{elsewhere}");
            assert!(op.answered_within(&request, NOW, 0).is_err(), "{elsewhere}");
        }
        assert!(op.answered_within(&within, NOW, DEEPEST).is_err());
    }

    #[test]
    fn a_tenant_that_is_gone_is_not_resumed() {
        let mut op = op();
        let Step::Call(waiting) = taken_up(&mut op, asking("https://rp.example/")) else {
            panic!("it asks");
        };
        op.realms.remove(0);
        let step = op.resume(waiting, Ok(Response::empty(200)), NOW);
        assert_eq!(status(&step), Some(404));
    }

    #[test]
    fn a_request_leads_to_so_many_calls_and_no_more() {
        fn again() -> Turn {
            Turn::call(Request::get("https://rp.example/"), "test", |_, _, _| {
                again()
            })
        }
        let mut op = op();
        let mut step = taken_up(&mut op, again());
        let mut calls = 0;
        while let Step::Call(waiting) = step {
            calls += 1;
            step = op.resume(waiting, Err(NoAnswer("nobody".into())), NOW);
        }
        assert_eq!((calls, status(&step)), (MOST_CALLS, Some(500)));
    }

    #[test]
    fn a_notification_is_taken_once_and_its_fate_is_noted() {
        let mut op = op();
        let request = Request::post_form("http://127.0.0.1:1/logout", "logout_token=x");
        op.realms[1].notify("web", "back-channel logout", request);
        let taken = op.notifications();
        assert_eq!(taken.len(), 1);
        assert_eq!(
            (taken[0].tenant.as_str(), taken[0].client.as_str()),
            ("b", "web")
        );
        assert!(op.notifications().is_empty());
        op.notified(&taken[0], &Err(NoAnswer("refused".into())), NOW);
        let noted = op.journal().last().map(|entry| entry.event.clone());
        let Some(Event::Outgoing {
            problem,
            status: None,
            method: "POST",
            ..
        }) = noted
        else {
            panic!("{noted:?}");
        };
        assert_eq!(problem.as_deref(), Some("refused"));
    }

    #[test]
    fn the_oldest_unsent_notification_goes_when_there_are_too_many() {
        let mut op = op();
        for number in 0..=crate::call::MOST_NOTIFICATIONS {
            op.realms[0].notify(
                &number.to_string(),
                "test",
                Request::get("http://127.0.0.1/"),
            );
        }
        let taken = op.notifications();
        assert_eq!(taken.len(), crate::call::MOST_NOTIFICATIONS);
        assert_eq!(taken[0].client, "1");
    }
}
