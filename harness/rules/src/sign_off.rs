//! One sign-off as rules see it: facts from the bytes sent, from the registrations and from the ledger;
//! what came of it; and the controls beside it.

use crate::record::{
    Answer, Answered, Attempt, CookiesSent, Exchange, Ledger, Life, Made, Probe, Provenance,
    Record, SignedIn, TokenKind, Views, Witness,
};
use crate::ruling::{Finding, Kept, Ruling, Seen, Stop};
use crate::visit::{self, Departure, End, PageKind};
use crate::world::World;
use signoff_oidc::{Given, Params, Response};
use std::collections::BTreeMap;

/// Another run that a ruling stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// The orderly twin: same client, same method, the registered URI that this request imitates, a fresh
    /// session, its own hint, and a yes if asked.
    Orderly,
    /// The same scenario by the other method.
    OtherMethod,
    /// The same scenario without `ui_locales`.
    WithoutUiLocales,
    /// The same scenario without parameters that no specification names.
    WithoutUnknown,
}

impl Control {
    /// For reports.
    pub fn describe(self) -> &'static str {
        match self {
            Control::Orderly => "the orderly twin",
            Control::OtherMethod => "the same request by the other method",
            Control::WithoutUiLocales => "the same request without ui_locales",
            Control::WithoutUnknown => "the same request without unknown parameters",
        }
    }
}

/// The runs that were made as controls; `None` when a control cannot be run on this target.
pub type Controls = BTreeMap<Control, Option<Twin>>;

/// A run that serves as a control: its record, and which of its attempts corresponds.
#[derive(Debug, Clone)]
pub struct Twin {
    /// The record of the run.
    pub record: Record,
    /// The attempt in it.
    pub index: usize,
}

/// Where a URI is registered for post-logout redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// For the client that the request is known to come from; nothing when it names none.
    pub for_client: Option<bool>,
    /// For any known client.
    pub anywhere: bool,
    /// For any known client that is enabled.
    pub for_enabled: bool,
}

/// What is known of the hint.
#[derive(Debug, Clone)]
pub struct HintFacts<'a> {
    /// Where the text comes from.
    pub provenance: Provenance,
    /// What kind of token it is.
    pub kind: TokenKind,
    /// The sign-in that produced it, when it is genuine.
    pub sign_in: Option<&'a SignedIn>,
    /// The note of the ledger when it was made.
    pub made: Option<&'a Made>,
}

/// One sign-off.
#[derive(Debug, Clone, Copy)]
pub struct SignOff<'a> {
    /// The target.
    pub world: &'a World,
    /// The case.
    pub record: &'a Record,
    /// Which attempt of the case.
    pub index: usize,
    /// What was run beside it.
    pub controls: &'a Controls,
}

/// Proof that a control was run and came out well.
#[derive(Debug)]
pub struct Proof(());

impl<'a> SignOff<'a> {
    /// The attempt.
    pub fn attempt(&self) -> &'a Attempt {
        &self.record.attempts[self.index]
    }

    fn ledger(&self) -> &'a Ledger {
        &self.record.ledger
    }

    // ---- what was sent -------------------------------------------------------------------------

    /// `GET`, `POST` ...
    pub fn method(&self) -> &'a str {
        &self.attempt().chain[0].request.method
    }

    /// The parameters of the query.
    pub fn query(&self) -> Params {
        let attempt = self.attempt();
        let query = || attempt.chain[0].request.query();
        attempt.views.query.get_or_init(query).clone()
    }

    /// The parameters of the body.
    pub fn form(&self) -> Params {
        let attempt = self.attempt();
        let form = || attempt.chain[0].request.form();
        attempt.views.form.get_or_init(form).clone()
    }

    /// The parameters where the method wants them: GET in the query, POST in the body (section 2).
    pub fn params(&self) -> Params {
        if self.method() == "POST" {
            self.form()
        } else {
            self.query()
        }
    }

    /// True when a parameter stands where the method does not want it, so that it is open what counts.
    pub fn is_mixed(&self) -> bool {
        let own = own_parameters(self.world);
        let query = self.query();
        let strays = query
            .iter()
            .filter(|(name, value)| !own.contains(&(name.to_vec(), value.to_vec())))
            .count();
        match self.method() {
            "POST" => strays > 0,
            _ => !self.attempt().chain[0].request.body.is_empty(),
        }
    }

    /// The `id_token_hint`.
    pub fn hint(&self) -> Given {
        self.params().given("id_token_hint")
    }

    /// The `post_logout_redirect_uri`.
    pub fn target(&self) -> Given {
        self.params().given("post_logout_redirect_uri")
    }

    /// The `state`.
    pub fn state(&self) -> Given {
        self.params().given("state")
    }

    /// The `client_id`.
    pub fn client_id(&self) -> Given {
        self.params().given("client_id")
    }

    /// True when some parameter of the specification is given more than once.
    pub fn repeats(&self) -> bool {
        let params = self.params();
        KNOWN
            .iter()
            .any(|name| matches!(params.given(name), Given::Repeated(_)))
    }

    /// The names that no specification gives to this endpoint, in the order sent.
    pub fn unknown_parameters(&self) -> Vec<String> {
        let own = own_parameters(self.world);
        let params = self.params();
        let unknown = params.iter().filter(|(name, value)| {
            !KNOWN.iter().any(|known| known.as_bytes() == *name)
                && !own.contains(&(name.to_vec(), value.to_vec()))
        });
        unknown
            .map(|(name, _)| String::from_utf8_lossy(name).into_owned())
            .collect()
    }

    /// What is known of the one hint that was sent; nothing when there is none or several.
    pub fn hint_facts(&self) -> Option<HintFacts<'a>> {
        let text = self.hint().once().cloned()?;
        Some(facts_of(self.ledger(), &text))
    }

    /// The sign-in of a genuine ID token sent as the one hint.
    pub fn genuine_hint(&self) -> Option<&'a SignedIn> {
        let facts = self.hint_facts()?;
        facts.sign_in.filter(|_| facts.kind == TokenKind::Id)
    }

    /// The client that the request comes from: by a genuine hint, else by a known `client_id`; nothing when
    /// it names none or when the two disagree.
    pub fn client(&self) -> Option<&'a str> {
        let by_hint = self
            .genuine_hint()
            .map(|sign_in| sign_in.client_id.as_str());
        let by_id = self.client_id().once().and_then(|id| {
            self.world
                .clients
                .iter()
                .map(|client| client.id.as_str())
                .find(|known| known.as_bytes() == id.as_slice())
        });
        match (by_hint, by_id, self.client_id()) {
            (Some(a), Some(b), _) if a != b => None,
            (Some(a), _, Given::Absent | Given::Empty) | (Some(a), Some(_), _) => Some(a),
            (None, found, _) if self.hint().is_omitted() => found,
            _ => None,
        }
    }

    /// Where `uri` is registered, byte for byte (Discovery 1.0 section 5: no normalisation).
    pub fn registered(&self, uri: &[u8]) -> Registration {
        let has = |list: &[String]| list.iter().any(|registered| registered.as_bytes() == uri);
        let disabled = &self.attempt().disabled;
        let clients = &self.world.clients;
        Registration {
            for_client: self
                .client()
                .and_then(|id| self.world.client(id))
                .map(|client| has(&client.post_logout_redirect_uris)),
            anywhere: clients
                .iter()
                .any(|client| has(&client.post_logout_redirect_uris)),
            for_enabled: clients.iter().any(|client| {
                !disabled.contains(&client.id) && has(&client.post_logout_redirect_uris)
            }),
        }
    }

    // ---- the session ---------------------------------------------------------------------------

    /// The last sign-in in this browser before the request.
    pub fn last_sign_in(&self) -> Option<&'a SignedIn> {
        let attempt = self.attempt();
        self.ledger()
            .sign_ins
            .iter()
            .filter(|s| s.browser == attempt.browser && s.seq < attempt.seq)
            .max_by_key(|s| s.seq)
    }

    /// Whether the request carries a session of the IdP that was seen alive right before.
    pub fn session_alive(&self) -> Seen {
        let attempt = self.attempt();
        if attempt.same_site.is_none() {
            return Seen::No("no cookie of the browser goes to this address".to_owned());
        }
        let witness = match attempt.cookies {
            CookiesSent::None => return Seen::No("the request carries no cookies".to_owned()),
            CookiesSent::Current => Witness::Jar(attempt.browser),
            CookiesSent::Saved => Witness::SavedCookies(attempt.browser),
        };
        match life(&attempt.before, witness) {
            Some(Life::Alive(_)) => Seen::Yes("the session was seen alive before".to_owned()),
            Some(Life::Ended) => Seen::No("no session was alive before".to_owned()),
            Some(Life::Unknown(why)) => {
                Seen::Unknown(format!("the session could not be seen before: {why}"))
            }
            None => Seen::Unknown("nobody looked at the session before".to_owned()),
        }
    }

    /// Ends the ruling unless the browser was seen signed in before: without that, "still alive" or "ended"
    /// proves nothing.
    pub fn signed_in_before(&self) -> Result<(), Stop> {
        match self.session_alive() {
            Seen::Yes(_) => Ok(()),
            Seen::No(what) => Err(Stop::NotMine(what)),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
        }
    }

    /// True when the genuine hint belongs to the session this browser holds, and to its user.
    pub fn hint_fits_session(&self) -> bool {
        match (self.genuine_hint(), self.last_sign_in()) {
            (Some(hint), Some(now)) => hint.session == now.session,
            _ => false,
        }
    }

    /// True when the genuine hint names the user who is signed in in this browser.
    pub fn hint_fits_user(&self) -> bool {
        match (self.genuine_hint(), self.last_sign_in()) {
            (Some(hint), Some(now)) => hint.user == now.user,
            _ => false,
        }
    }

    /// True when the hint's `exp` had passed when it was sent.
    pub fn hint_expired(&self) -> bool {
        self.genuine_hint()
            .and_then(|hint| hint.expires)
            .is_some_and(|expires| expires <= self.attempt().at)
    }

    /// True when the client of the hint or of `client_id` was disabled before.
    pub fn client_disabled(&self) -> bool {
        let named = self
            .genuine_hint()
            .map(|s| s.client_id.clone())
            .or_else(|| {
                self.client_id()
                    .once()
                    .map(|id| String::from_utf8_lossy(id).into_owned())
            });
        named.is_some_and(|id| self.attempt().disabled.contains(&id))
    }

    /// The request that every OP has to honour: by GET or POST with the parameters in their place, none
    /// repeated, a genuine unexpired hint of the live session, a registered URI or none, a short plain
    /// state or none, a `client_id` that agrees or none, an enabled client.
    pub fn is_orderly(&self) -> bool {
        self.is_well_formed()
            && self.hint_fits_session()
            && !self.hint_expired()
            && self.attempt().cookies == CookiesSent::Current
            && self.session_alive().is_yes()
    }

    /// Orderly but for the hint and the session, which are not looked at: method, places, repeats, target,
    /// state, `client_id` and client are as [`SignOff::is_orderly`] wants them.
    pub fn is_well_formed(&self) -> bool {
        let plain = |value: &[u8]| value.len() <= 512 && value.iter().all(u8::is_ascii_graphic);
        let target_fits = match self.target() {
            Given::Absent => true,
            Given::Once(uri) => self.registered(&uri).for_client == Some(true),
            _ => false,
        };
        let state_fits = match self.state() {
            Given::Absent => true,
            Given::Once(state) => plain(&state),
            _ => false,
        };
        let client_fits = match self.client_id() {
            Given::Absent => true,
            Given::Once(_) => self.client().is_some(),
            _ => false,
        };
        matches!(self.method(), "GET" | "POST")
            && !self.is_mixed()
            && !self.repeats()
            && target_fits
            && state_fits
            && client_fits
            && !self.client_disabled()
            && self.unknown_parameters().is_empty()
    }

    // ---- what came of it -----------------------------------------------------------------------

    /// Where the visit rested first.
    pub fn end(&self) -> End {
        let attempt = self.attempt();
        self.end_of(&attempt.views, &attempt.chain)
    }

    fn end_of(&self, views: &Views, chain: &[Exchange]) -> End {
        views
            .end
            .get_or_init(|| visit::end(self.world, chain))
            .clone()
    }

    fn offers_of(&self, views: &'a Views, chain: &[Exchange]) -> &'a [String] {
        views
            .offers
            .get_or_init(|| visit::offers(self.world, chain))
    }

    /// Where each part of the visit ended: the request, then each answer.
    pub fn ends(&self) -> Vec<End> {
        let answers = self
            .answers()
            .map(|answer| self.end_of(&answer.views, &answer.chain));
        std::iter::once(self.end()).chain(answers).collect()
    }

    /// The answers that belong to this sign-off. A used answer that is sent again does not: whatever it
    /// meets, this sign-off was over before.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &'a Answer> {
        self.attempt()
            .answers
            .iter()
            .filter(|answer| answer.answered != Answered::Replayed)
    }

    /// The looks at the sessions at the end of the visit.
    fn last_probes(&self) -> &'a [Probe] {
        let last = self.answers().next_back();
        last.map_or(&self.attempt().at_rest, |answer| &answer.after)
    }

    /// Every way in which the browser was sent away, before or after an answer.
    pub fn departures(&self) -> Vec<Departure> {
        self.ends()
            .into_iter()
            .filter_map(|end| match end {
                End::Left(departure) => Some(departure),
                _ => None,
            })
            .collect()
    }

    /// Whether the browser was taken off the IdP by any means.
    pub fn left(&self) -> Seen {
        let ends = self.ends();
        if let Some(departure) = self.departures().first() {
            return Seen::Yes(departure.describe());
        }
        let unclear = ends.iter().find_map(|end| match end {
            End::Unclear => Some("a script on the page could not be understood"),
            End::NoAnswer(_) => Some("no answer came"),
            End::Loop => Some("the IdP redirects in a loop"),
            _ => None,
        });
        match unclear {
            Some(why) => Seen::Unknown(why.to_owned()),
            None => Seen::No(format!("no redirect: {}", self.describe_end())),
        }
    }

    /// Whether the browser left, or was offered a link, to exactly the target that was asked for (with the
    /// state added, if one was sent).
    pub fn honoured(&self) -> Seen {
        let Some(target) = self.target().once().cloned() else {
            return Seen::Unknown("no target was asked for".to_owned());
        };
        let mut offered: Vec<String> = self
            .departures()
            .into_iter()
            .map(|departure| departure.to)
            .collect();
        offered.extend(self.offers());
        let hits = offered.iter().any(|to| leads_to(to.as_bytes(), &target));
        match (hits, self.left()) {
            (true, _) => Seen::Yes("the target was honoured".to_owned()),
            (false, Seen::Unknown(why)) => Seen::Unknown(why),
            (false, seen) => Seen::No(format!("the target was not honoured: {}", seen.what())),
        }
    }

    /// Links to elsewhere on the pages where the visit rested.
    pub fn offers(&self) -> Vec<String> {
        let attempt = self.attempt();
        let mut links = self.offers_of(&attempt.views, &attempt.chain).to_vec();
        for answer in self.answers() {
            links.extend_from_slice(self.offers_of(&answer.views, &answer.chain));
        }
        links
    }

    /// Whether the IdP asked before anything else.
    pub fn asked(&self) -> Seen {
        match self.end() {
            End::Page {
                kind: PageKind::Asks,
                ..
            } => Seen::Yes("a page asks".to_owned()),
            End::Unclear => {
                Seen::Unknown("a script on the page could not be understood".to_owned())
            }
            End::NoAnswer(why) => Seen::Unknown(why),
            End::Loop => Seen::Unknown("the IdP redirects in a loop".to_owned()),
            End::Page {
                kind: PageKind::Other,
                ..
            } => Seen::Unknown("the page was not recognised".to_owned()),
            _ => Seen::No(format!("no question: {}", self.describe_end())),
        }
    }

    /// Whether the first rest or a later one is an error: a page of the IdP with a status of 400 or more,
    /// or one that the dialect knows as an error.
    pub fn failed(&self) -> Seen {
        let ends = self.ends();
        let is_error = |end: &End| {
            matches!(
                end,
                End::Page {
                    kind: PageKind::Error,
                    ..
                }
            )
        };
        if ends.iter().any(is_error) {
            return Seen::Yes(self.describe_end());
        }
        let unclear = ends.iter().find_map(|end| match end {
            End::NoAnswer(why) => Some(why.clone()),
            End::Unclear | End::Loop => Some(describe(end)),
            _ => None,
        });
        unclear.map_or_else(|| Seen::No(self.describe_end()), Seen::Unknown)
    }

    /// The session of this browser at the first rest: has it ended before any answer? A cookie that was
    /// dropped counts, and so does a session that the server forgot.
    pub fn ended_before_answer(&self) -> Seen {
        self.ended(&self.attempt().at_rest, "before any answer")
    }

    /// The session of this browser at the end of the visit.
    pub fn ended_at_last(&self) -> Seen {
        self.ended(self.last_probes(), "at the end")
    }

    fn ended(&self, probes: &[Probe], when: &str) -> Seen {
        let jar = ended_by(probes, Witness::Jar(self.attempt().browser));
        let seen = if self.saved_cookies_count() {
            jar.or(self.saved_cookies(probes))
        } else {
            jar
        };
        match seen {
            Seen::Yes(_) => Seen::Yes(format!("the session had ended {when}")),
            Seen::No(_) => Seen::No(format!("the session was alive {when}")),
            unknown @ Seen::Unknown(_) => unknown,
        }
    }

    /// True when the cookies from before the first sign-off stand for the session of this one. In a later
    /// sign-off of the case they may belong to a session that was over already.
    fn saved_cookies_count(&self) -> bool {
        let attempt = self.attempt();
        match life(&attempt.before, Witness::SavedCookies(attempt.browser)) {
            // They are put aside at the first sign-off, so before it the jar itself was looked at.
            None => true,
            Some(life) => matches!(life, Life::Alive(_)),
        }
    }

    fn saved_cookies(&self, probes: &[Probe]) -> Seen {
        if self.saved_cookies_count() {
            ended_by(probes, Witness::SavedCookies(self.attempt().browser))
        } else {
            Seen::Unknown("no cookies of this session were put aside".to_owned())
        }
    }

    /// Whether the session is really over at the end: for the jar, and for the cookies as they were before.
    pub fn really_over(&self) -> Seen {
        let probes = self.last_probes();
        let jar = ended_by(probes, Witness::Jar(self.attempt().browser));
        let saved = self.saved_cookies(probes);
        match (&jar, &saved) {
            (Seen::Yes(_), Seen::No(_)) => {
                Seen::No("the cookies from before the sign-off still work".to_owned())
            }
            (Seen::No(_), _) => Seen::No("prompt=none still signs in".to_owned()),
            _ => jar.and(saved),
        }
    }

    /// Whether the session of another browser ended, by the same kinds of probes. `Unknown` when it was not
    /// seen alive before.
    pub fn other_browsers_ended(&self) -> Seen {
        let attempt = self.attempt();
        let last = self.last_probes();
        let others = attempt.before.iter().filter(|probe| {
            matches!(probe.witness, Witness::Jar(b) if b != attempt.browser)
                && matches!(probe.life, Life::Alive(_))
        });
        let mut seen = Seen::Unknown("no other browser was signed in".to_owned());
        for other in others {
            let now = ended_by(last, other.witness);
            seen = match (seen, now) {
                (_, Seen::Yes(_)) => {
                    return Seen::Yes("the session of another browser ended".to_owned());
                }
                (_, Seen::Unknown(why)) => Seen::Unknown(why),
                (_, Seen::No(_)) => Seen::No("the other browser's session lives".to_owned()),
            };
        }
        seen
    }

    /// Whether the sign-off did its work: the session ended, at once or after the yes, and no error showed.
    pub fn worked(&self) -> Seen {
        match self.failed() {
            Seen::Yes(what) => Seen::No(format!("it failed: {what}")),
            _ => self.ended_at_last(),
        }
    }

    /// Whether it worked and, if a target was asked for, honoured it.
    pub fn worked_and_honoured(&self) -> Seen {
        if self.target().is_omitted() {
            self.worked()
        } else {
            self.worked().and(self.honoured())
        }
    }

    /// What was answered, if the IdP asked.
    pub fn answered(&self) -> Option<Answered> {
        self.attempt().answers.first().map(|answer| answer.answered)
    }

    /// Ends the ruling unless the visit went as far as the person meant it to: no question, or a yes.
    /// What rests on a page that was not recognised, with the session alive, may be a question.
    pub fn carried_through(&self) -> Result<(), Stop> {
        let last = self.ends().pop();
        match (self.asked(), self.answered()) {
            (Seen::Yes(_), Some(Answered::Yes)) => match last {
                Some(End::Page {
                    kind: PageKind::Asks,
                    ..
                }) => Err(Stop::Undecided("it asks once more after a yes".to_owned())),
                _ => Ok(()),
            },
            (Seen::Yes(_), _) => Err(Stop::NotMine(
                "the End-User was asked and did not say yes".to_owned(),
            )),
            (Seen::Unknown(why), _) if !self.ended_before_answer().is_yes() => {
                Err(Stop::Undecided(why))
            }
            _ => Ok(()),
        }
    }

    /// True when the visit rests on a page that was not recognised while the session lives: it may be a
    /// question that nobody answered, so what came of the request is open.
    pub fn is_left_open(&self) -> bool {
        matches!(self.asked(), Seen::Unknown(_))
            && self.departures().is_empty()
            && !self.ended_before_answer().is_yes()
    }

    /// Whether the sign-off had the same effect as another one of the same request. Where one of the two
    /// is left open, a difference is unknown.
    pub fn same_effect_as(&self, other: &SignOff<'_>) -> Seen {
        match self.effect().same_as(&other.effect()) {
            Seen::No(what) if self.is_left_open() || other.is_left_open() => Seen::Unknown(
                format!("a page was not recognised and may be a question: {what}"),
            ),
            seen => seen,
        }
    }

    /// The first answer of the endpoint itself, if one came.
    pub fn first_response(&self) -> Option<&'a Response> {
        self.attempt().chain[0].answer.as_ref().ok()
    }

    /// Every answer of the visit, in order.
    pub fn responses(&self) -> impl Iterator<Item = &'a Response> {
        let attempt = self.attempt();
        let exchanges = attempt
            .chain
            .iter()
            .chain(attempt.answers.iter().flat_map(|answer| &answer.chain));
        exchanges.filter_map(|exchange| exchange.answer.as_ref().ok())
    }

    /// The visit in a few words, for reports.
    pub fn describe_end(&self) -> String {
        let words: Vec<String> = self.ends().iter().map(describe).collect();
        words.join(", then ")
    }

    /// Where it ended and whether the session did: what two runs are compared by.
    pub fn effect(&self) -> Effect {
        Effect {
            honoured: if self.target().is_omitted() {
                Seen::No("no target".to_owned())
            } else {
                self.honoured()
            },
            left: self.left(),
            failed: self.failed(),
            ended: self.ended_at_last(),
        }
    }

    // ---- evidence ------------------------------------------------------------------------------

    /// The control's sign-off, or the wish to have it run.
    pub fn control(&self, control: Control) -> Result<SignOff<'a>, Stop> {
        match self.controls.get(&control) {
            None => Err(Stop::Wants(control)),
            Some(None) => Err(Stop::Undecided(format!(
                "{} cannot be run here",
                control.describe()
            ))),
            Some(Some(twin)) => Ok(SignOff {
                world: self.world,
                record: &twin.record,
                index: twin.index,
                controls: self.controls,
            }),
        }
    }

    /// Proof that the control did what an orderly request has to do: `what` is the verb phrase for reports.
    pub fn did(
        &self,
        control: Control,
        seen: impl Fn(&SignOff<'a>) -> Seen,
        what: &str,
    ) -> Result<Proof, Stop> {
        let twin = self.control(control)?;
        match seen(&twin) {
            Seen::Yes(_) => Ok(Proof(())),
            Seen::No(saw) => Err(Stop::Undecided(format!(
                "{} did not {what} ({saw}), so nothing is proven",
                control.describe()
            ))),
            Seen::Unknown(why) => Err(Stop::Undecided(format!(
                "whether {} did {what} cannot be told: {why}",
                control.describe()
            ))),
        }
    }

    /// Proof that needs no other run, because the sign-off itself showed that the IdP works: `seen` has to
    /// be something that a dead or refusing target cannot show.
    pub fn shown(&self, seen: &Seen) -> Result<Proof, Stop> {
        match seen {
            Seen::Yes(_) => Ok(Proof(())),
            Seen::No(what) | Seen::Unknown(what) => Err(Stop::Undecided(what.clone())),
        }
    }

    /// A prohibition: `forbidden` must not have been seen. A violation needs no control; keeping does.
    pub fn must_not(&self, forbidden: Seen, proof: Result<Proof, Stop>, expected: &str) -> Ruling {
        match forbidden {
            Seen::Yes(actual) => Err(Stop::Violated(Finding {
                expected: vec![expected.to_owned()],
                actual,
            })),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
            Seen::No(_) => proof.map(|Proof(())| Kept::proven()),
        }
    }

    /// A duty: `required` must have been seen. Needs its proof both ways.
    pub fn must(&self, required: Seen, proof: Result<Proof, Stop>, expected: &str) -> Ruling {
        let Proof(()) = proof?;
        match required {
            Seen::Yes(_) => Ok(Kept::proven()),
            Seen::No(actual) => Err(Stop::Violated(Finding {
                expected: vec![expected.to_owned()],
                actual,
            })),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
        }
    }

    /// The facts as words, for predicates (`when` of a deviation) and reports. A closed set.
    pub fn facts(&self) -> BTreeMap<&'static str, String> {
        let mut facts = BTreeMap::new();
        let hint = self.hint_facts();
        facts.insert("method", self.method().to_owned());
        facts.insert("hint", self.hint().word().to_owned());
        facts.insert(
            "hint.provenance",
            hint.as_ref()
                .map_or("none", |h| h.provenance.word())
                .to_owned(),
        );
        let kind = hint.as_ref().map_or("none", |h| match h.kind {
            TokenKind::Id => "id",
            TokenKind::Access => "access",
            TokenKind::Made => "made",
        });
        facts.insert("hint.kind", kind.to_owned());
        let session = match self.genuine_hint() {
            None => "none",
            Some(_) if self.hint_fits_session() => "current",
            Some(_) => "other",
        };
        facts.insert("hint.session", session.to_owned());
        let user = match self.genuine_hint() {
            None => "none",
            Some(_) if self.hint_fits_user() => "same",
            Some(_) => "other",
        };
        facts.insert("hint.user", user.to_owned());
        facts.insert("hint.expired", self.hint_expired().to_string());
        facts.insert("redirect", self.target().word().to_owned());
        facts.insert("redirect.registered", self.registered_word().to_owned());
        facts.insert("client_id", self.client_id_word().to_owned());
        facts.insert("state", self.state().word().to_owned());
        facts.insert("client.disabled", self.client_disabled().to_string());
        facts.insert(
            "session",
            match self.session_alive() {
                Seen::Yes(_) => "alive",
                Seen::No(_) => "none",
                Seen::Unknown(_) => "unknown",
            }
            .to_owned(),
        );
        facts
    }

    fn registered_word(&self) -> &'static str {
        let Some(uri) = self.target().once().cloned() else {
            return "none";
        };
        let registration = self.registered(&uri);
        match (
            registration.for_client,
            registration.for_enabled,
            registration.anywhere,
        ) {
            (Some(true), _, _) => "client",
            (_, true, _) => "enabled",
            (_, _, true) => "disabled",
            _ => "nowhere",
        }
    }

    fn client_id_word(&self) -> &'static str {
        match (self.client_id(), self.genuine_hint()) {
            (Given::Absent, _) => "absent",
            (Given::Empty, _) => "empty",
            (Given::Repeated(_), _) => "repeated",
            (Given::Once(id), Some(hint)) if hint.client_id.as_bytes() == id.as_slice() => "agrees",
            (Given::Once(_), Some(_)) => "disagrees",
            (Given::Once(id), None)
                if self
                    .world
                    .clients
                    .iter()
                    .any(|c| c.id.as_bytes() == id.as_slice()) =>
            {
                "known"
            }
            (Given::Once(_), None) => "unknown",
        }
    }
}

/// What two runs of the same request are compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    honoured: Seen,
    left: Seen,
    failed: Seen,
    ended: Seen,
}

impl Effect {
    /// Whether both had the same effect; unknown when some part of either is.
    pub fn same_as(&self, other: &Effect) -> Seen {
        let parts = [
            ("honouring the target", &self.honoured, &other.honoured),
            ("leaving the IdP", &self.left, &other.left),
            ("failing", &self.failed, &other.failed),
            ("ending the session", &self.ended, &other.ended),
        ];
        let mut unknown = None;
        for (what, mine, theirs) in parts {
            match (mine, theirs) {
                (Seen::Unknown(why), _) | (_, Seen::Unknown(why)) => unknown = Some(why.clone()),
                _ if mine.is_yes() == theirs.is_yes() => {}
                _ => {
                    return Seen::No(format!(
                        "they differ in {what}: here {}; there {}",
                        mine.what(),
                        theirs.what()
                    ));
                }
            }
        }
        unknown.map_or_else(|| Seen::Yes("the same effect".to_owned()), Seen::Unknown)
    }
}

/// The parameters that specifications give to the logout endpoint (RP-Initiated Logout 1.0 section 2).
pub const KNOWN: &[&str] = &[
    "id_token_hint",
    "logout_hint",
    "client_id",
    "post_logout_redirect_uri",
    "state",
    "ui_locales",
];

/// The query that the `end_session_endpoint` itself carries (section 2.1 allows one).
fn own_parameters(world: &World) -> Vec<(Vec<u8>, Vec<u8>)> {
    let endpoint = world
        .metadata
        .as_ref()
        .and_then(|m| m.text("end_session_endpoint"))
        .unwrap_or("");
    let query = endpoint.split_once('?').map_or("", |(_, query)| query);
    Params::parse(query.as_bytes())
        .iter()
        .map(|(name, value)| (name.to_vec(), value.to_vec()))
        .collect()
}

fn facts_of<'a>(ledger: &'a Ledger, text: &[u8]) -> HintFacts<'a> {
    let issued = |kind: TokenKind, sign_in: &'a SignedIn| HintFacts {
        provenance: Provenance::Issued,
        kind,
        sign_in: Some(sign_in),
        made: None,
    };
    if let Some(sign_in) = ledger
        .sign_ins
        .iter()
        .find(|s| s.id_token.as_bytes() == text)
    {
        return issued(TokenKind::Id, sign_in);
    }
    if let Some(sign_in) = ledger
        .sign_ins
        .iter()
        .find(|s| s.access_token.as_bytes() == text)
    {
        return issued(TokenKind::Access, sign_in);
    }
    let made = ledger.made.iter().find(|made| made.text.as_bytes() == text);
    HintFacts {
        provenance: made.map_or(Provenance::Forged, |m| m.provenance),
        kind: TokenKind::Made,
        sign_in: None,
        made,
    }
}

/// True when `to` is `target`, perhaps with parameters added to its query; the fragment, if any, is kept.
pub fn leads_to(to: &[u8], target: &[u8]) -> bool {
    let split = |text: &[u8]| -> (Vec<u8>, Vec<u8>) {
        let at = text.iter().position(|&b| b == b'#').unwrap_or(text.len());
        (text[..at].to_vec(), text[at..].to_vec())
    };
    let ((to, to_fragment), (target, fragment)) = (split(to), split(target));
    let rest = to.strip_prefix(target.as_slice());
    let joined = rest.is_some_and(|rest| match rest.first() {
        None => true,
        Some(b'?') => !target.contains(&b'?'),
        Some(b'&') => target.contains(&b'?'),
        Some(_) => target.ends_with(b"?") || target.ends_with(b"&"),
    });
    joined && to_fragment == fragment
}

fn life(probes: &[Probe], witness: Witness) -> Option<Life> {
    probes
        .iter()
        .find(|probe| probe.witness == witness)
        .map(|probe| probe.life.clone())
}

fn ended_by(probes: &[Probe], witness: Witness) -> Seen {
    match life(probes, witness) {
        Some(Life::Ended) => Seen::Yes("ended".to_owned()),
        Some(Life::Alive(_)) => Seen::No("alive".to_owned()),
        Some(Life::Unknown(why)) => Seen::Unknown(why),
        None => Seen::Unknown("nobody looked at the session".to_owned()),
    }
}

/// One end in a few words.
pub fn describe(end: &End) -> String {
    match end {
        End::Left(departure) => departure.describe(),
        End::Page {
            kind: PageKind::Asks,
            status,
        } => format!("{status} page that asks"),
        End::Page {
            kind: PageKind::SignIn,
            status,
        } => format!("{status} sign-in page"),
        End::Page {
            kind: PageKind::Error,
            status,
        } => format!("{status} error page"),
        End::Page {
            kind: PageKind::SignedOff,
            status,
        } => format!("{status} signed-off page"),
        End::Page {
            kind: PageKind::Other,
            status,
        } => format!("{status} page"),
        End::Unclear => "a page with a script that was not understood".to_owned(),
        End::NoAnswer(why) => format!("no answer ({why})"),
        End::Loop => "redirects without end".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Case, HINT, Session, TARGET, asks, error, redirect, signed_off};

    #[test]
    fn cookies_of_an_earlier_session_say_nothing_of_this_one() {
        let mut case = Case::new().get(&[("id_token_hint", HINT)]);
        case.record.attempts[0].before[1].life = Life::Ended;
        case.record.attempts[0].at_rest[1].life = Life::Ended;
        assert!(case.sign_off().ended_before_answer().is_no());
        case.record.attempts[0].at_rest[0].life = Life::Ended;
        assert!(case.sign_off().ended_at_last().is_yes());
        assert!(matches!(case.sign_off().really_over(), Seen::Unknown(_)));
    }

    #[test]
    fn a_replayed_answer_is_not_part_of_the_sign_off() {
        let case = Case::new()
            .get(&[("id_token_hint", HINT), TARGET])
            .gets(asks())
            .says(
                Answered::Yes,
                redirect(303, crate::testing::OUT),
                Session::Ended,
            )
            .says(Answered::Replayed, error(), Session::Lives);
        assert!(case.sign_off().worked_and_honoured().is_yes());
        assert!(case.sign_off().really_over().is_yes());
    }

    #[test]
    fn a_visit_is_carried_through_when_nobody_asked_or_the_person_said_yes() {
        let asked = || Case::new().get(&[]).gets(asks());
        let no = asked().says(Answered::No, signed_off(), Session::Lives);
        let yes = asked().says(Answered::Yes, signed_off(), Session::Ended);
        assert!(matches!(
            no.sign_off().carried_through(),
            Err(Stop::NotMine(_))
        ));
        assert_eq!(yes.sign_off().carried_through(), Ok(()));
        let unrecognised = Case::new().get(&[]);
        assert!(matches!(
            unrecognised.sign_off().carried_through(),
            Err(Stop::Undecided(_))
        ));
        let refused = Case::new().get(&[]).gets(error());
        assert_eq!(refused.sign_off().carried_through(), Ok(()));
    }

    #[test]
    fn an_error_behind_a_script_is_not_told() {
        let script = crate::testing::page(500, "<script>location = base</script>");
        let case = Case::new().get(&[]).gets(script);
        assert!(matches!(case.sign_off().failed(), Seen::Unknown(_)));
    }

    #[test]
    fn a_target_is_reached_only_byte_for_byte() {
        assert!(leads_to(
            b"https://rp.example/out",
            b"https://rp.example/out"
        ));
        assert!(leads_to(
            b"https://rp.example/out?state=1",
            b"https://rp.example/out"
        ));
        assert!(leads_to(
            b"https://rp.example/out?a=1&state=1",
            b"https://rp.example/out?a=1"
        ));
        assert!(!leads_to(
            b"https://rp.example/outer",
            b"https://rp.example/out"
        ));
        assert!(!leads_to(
            b"https://rp.example/out?a=1?state=1",
            b"https://rp.example/out?a=1"
        ));
        assert!(!leads_to(
            b"https://RP.example/out",
            b"https://rp.example/out"
        ));
        assert!(!leads_to(
            b"https://rp.example/out#x",
            b"https://rp.example/out"
        ));
    }
}
