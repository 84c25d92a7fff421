//! Plays one scenario over a wire and writes the record.

use crate::behind;
use crate::dialects;
use crate::forge::Context;
use crate::mask::Names;
use crate::resolve::{self, Resolved};
use crate::settings;
use crate::sign_in::{self, Answered as AuthorizationAnswer, Ask, SignInError};
use crate::speech::{self, Say};
use crate::target::Target;
use crate::wire::{Command, Failure, Fidelity, Wire};
use sha2::{Digest, Sha256};
use signoff_oidc::cookies::{Cookie, Jar, SetCookie};
use signoff_oidc::token::base64url;
use signoff_oidc::{Client, Request, Response};
use signoff_rules::page::{Field, Form, Page};
use signoff_rules::record::{
    Answer, Answered, Attempt, CookiesSent, Exchange, HandedOut, Life, Probe, Record, Views,
    Witness,
};
use signoff_rules::visit::{self, End, Hop, PageKind};
use signoff_rules::world::World;
use signoff_scenarios::{
    Browser, ByToken, Cookies, IfAsked, LogoutIntent, Name, Party, Person, Scenario, Sent, Setting,
    SignIn, Step, Way,
};

mod altered;
mod as_browser;
mod tokens;
pub mod trials;

/// How many answers a visit may go through before it counts as a loop.
const HOPS: usize = 10;

/// What a case came to.
#[derive(Debug, Clone)]
pub struct Played {
    /// The record, as far as the case came.
    pub record: Record,
    /// The exchanges, masked, in order.
    pub transcript: Vec<String>,
    /// The sign-off requests, as sent; the last one is what `curl` shows.
    pub names: Names,
    /// Why the case does not apply to this target.
    pub not_applicable: Option<String>,
    /// Why it could not be finished.
    pub error: Option<SignInError>,
    /// Requests that went out.
    pub requests: usize,
    /// Sign-ins that were made.
    pub sign_ins: usize,
}

/// Why the steps stopped.
enum Halt {
    NotApplicable(String),
    Error(SignInError),
}

impl Halt {
    /// Why a sign-in failed that asked for this. An IdP need not know `offline_access`, and says so (RFC 6749 section
    /// 4.1.2.1).
    fn of_sign_in(error: SignInError, ask: Ask) -> Self {
        if ask.offline && error.refused.as_deref() == Some("invalid_scope") {
            return Halt::NotApplicable("the IdP does not know offline_access".to_owned());
        }
        Halt::Error(error)
    }
}

impl From<SignInError> for Halt {
    fn from(error: SignInError) -> Self {
        Halt::Error(error)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Halt::Error(failure.into())
    }
}

/// A browser of the case.
#[derive(Debug, Default)]
struct BrowserState {
    jar: Jar,
    /// Its cookies right before the first sign-off.
    saved: Option<Jar>,
    /// Who is signed in, as far as the case knows, and in which session.
    holds: Option<(Person, usize)>,
    used: bool,
}

/// The cookies of one visit, from the request to the last answer.
#[derive(Debug)]
pub(crate) enum VisitJar {
    /// Those of the browser; what is set stays there.
    Own,
    /// Others; what is set during the visit lasts as long as the visit.
    Apart(Jar),
}

/// When a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Nothing happened since it was asked.
    InTime,
    /// Something did, and the browser is signed in.
    LateInSession,
    /// Something did, and the browser is not signed in.
    Late,
}

/// A case under way.
pub(crate) struct Case<'a, W> {
    pub(crate) wire: &'a mut W,
    pub(crate) target: &'a Target,
    pub(crate) world: &'a World,
    pub(crate) record: Record,
    pub(crate) names: Names,
    foreign_id_token: Option<&'a str>,
    browsers: [BrowserState; 2],
    sessions: usize,
    watched: Vec<tokens::Watched>,
    disabled: Vec<String>,
    deleted: Vec<String>,
    settings: Vec<signoff_rules::Setting>,
    seed: u64,
    drawn: u64,
    seq: u32,
    requests: usize,
    sign_ins: usize,
    transcribe: bool,
    transcript: Vec<String>,
    /// A yes that was used, to be sent again: attempt and request.
    used_yes: Option<(usize, Request)>,
    /// What a browser asked for and got since its sign-in began.
    pub(crate) browsed: Vec<Exchange>,
}

/// Where a scenario is played.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its metadata and registrations.
    pub world: &'a World,
    /// An ID token of another tenant, if there is one.
    pub foreign_id_token: Option<&'a str>,
    /// Whether to keep a transcript for people. It costs a good part of a run in memory.
    pub transcribe: bool,
}

/// Plays the scenario from a fresh start.
pub async fn play<W: Wire>(
    wire: &mut W,
    stage: &Stage<'_>,
    scenario: &Scenario,
    seed: u64,
) -> Played {
    let mut case = Case::new(wire, stage, seed);
    case.name_secrets();
    let unsayable =
        dialects::find(&stage.target.dialect).and_then(|dialect| dialect.unsayable(scenario));
    let result = case.steps(&scenario.steps, unsayable).await;
    let restored = case.restore().await;
    let (mut not_applicable, mut error) = (None, None);
    match result {
        Err(Halt::NotApplicable(why)) => not_applicable = Some(why),
        Err(Halt::Error(what)) => error = Some(what),
        Ok(()) => error = restored.err().map(SignInError::from),
    }
    Played {
        transcript: case
            .transcript
            .iter()
            .map(|line| case.names.mask(line))
            .collect(),
        record: case.record,
        names: case.names,
        not_applicable,
        error,
        requests: case.requests,
        sign_ins: case.sign_ins,
    }
}

impl<'a, W: Wire> Case<'a, W> {
    /// A case in which nothing happened yet.
    fn new(wire: &'a mut W, stage: &Stage<'a>, seed: u64) -> Self {
        Case {
            wire,
            target: stage.target,
            world: stage.world,
            foreign_id_token: stage.foreign_id_token,
            transcribe: stage.transcribe,
            record: Record::default(),
            names: Names::default(),
            browsers: Default::default(),
            sessions: 0,
            watched: Vec::new(),
            disabled: Vec::new(),
            deleted: Vec::new(),
            settings: Vec::new(),
            seed,
            drawn: 0,
            seq: 0,
            requests: 0,
            sign_ins: 0,
            transcript: Vec::new(),
            used_yes: None,
            browsed: Vec::new(),
        }
    }
}

impl<W: Wire> Case<'_, W> {
    fn name_secrets(&mut self) {
        for client in self.target.clients() {
            if let Some(secret) = &client.secret {
                self.names.add(secret, &format!("secret of {}", client.id));
            }
        }
        let users = [Some(&self.target.user), self.target.other_user.as_ref()];
        for user in users.into_iter().flatten() {
            self.names
                .add(&user.password, &format!("password of {}", user.name));
        }
    }

    async fn steps(&mut self, steps: &[Step], unsayable: Option<String>) -> Result<(), Halt> {
        if let Some(why) = unsayable {
            return Err(Halt::NotApplicable(why));
        }
        self.wire.begin(self.seed).await?;
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::SignIn(sign_in) => self.sign_in(sign_in).await?,
                Step::SignOff(intent) => self.sign_off(intent, &steps[at + 1..]).await?,
                Step::Advance(seconds) => self.advance(*seconds).await?,
                Step::AdvancePastExpiry { sign_in, seconds } => {
                    let token = self.record.ledger.sign_ins.get(*sign_in);
                    let expires = token
                        .and_then(|signed_in| signed_in.expires)
                        .ok_or_else(|| Halt::NotApplicable("the ID token has no exp".to_owned()))?;
                    let left = expires.as_second() - self.wire.now().as_second();
                    self.advance(left + seconds).await?;
                }
                Step::Answer { sign_off, answer } => self.answer_later(*sign_off, *answer).await?,
                Step::Disable(party) => {
                    let client = self.target.client_of(*party).ok_or_else(|| {
                        Halt::NotApplicable(
                            "the target names no client that may be disabled".to_owned(),
                        )
                    })?;
                    let id = client.id.clone();
                    if !self.wire.command(&Command::Disable(id.clone())).await? {
                        return Err(Halt::NotApplicable(
                            "clients cannot be disabled at this target from here".to_owned(),
                        ));
                    }
                    self.disabled.push(id);
                }
                Step::Delete(party) => self.delete(*party).await?,
                Step::Configure(setting) => self.configure(setting).await?,
            }
        }
        Ok(())
    }

    async fn advance(&mut self, seconds: i64) -> Result<(), Halt> {
        if self.wire.command(&Command::Advance(seconds)).await? {
            return Ok(());
        }
        Err(Halt::NotApplicable(
            "the target's clock cannot be moved".to_owned(),
        ))
    }

    /// A client that is gone counts as disabled, too, and cannot be given back.
    async fn delete(&mut self, party: Party) -> Result<(), Halt> {
        let client = self
            .target
            .client_of(party)
            .ok_or_else(|| Halt::NotApplicable(resolve::missing(party)))?;
        let id = client.id.clone();
        if !self.wire.command(&Command::Delete(id.clone())).await? {
            return Err(Halt::NotApplicable(
                "clients cannot be deleted at this target from here".to_owned(),
            ));
        }
        self.deleted.push(id);
        Ok(())
    }

    async fn configure(&mut self, setting: &Setting) -> Result<(), Halt> {
        let setting = settings::resolve(setting, self.target).map_err(Halt::NotApplicable)?;
        let command = Command::Configure(setting.clone());
        if !self.wire.command(&command).await? {
            return Err(Halt::NotApplicable(
                "the settings of this target cannot be changed from here".to_owned(),
            ));
        }
        self.settings.push(setting);
        Ok(())
    }

    /// The clients that may do nothing any more.
    fn disabled(&self) -> Vec<String> {
        [self.disabled.clone(), self.deleted.clone()].concat()
    }

    /// Gives back what was taken: clients that were disabled are enabled again.
    async fn restore(&mut self) -> Result<(), Failure> {
        for id in std::mem::take(&mut self.disabled) {
            self.wire.command(&Command::Enable(id)).await?;
        }
        Ok(())
    }

    // ---- sign-in -------------------------------------------------------------------------------

    async fn sign_in(&mut self, step: &SignIn) -> Result<(), Halt> {
        let client = self
            .target
            .client_of(step.party)
            .cloned()
            .ok_or_else(|| Halt::NotApplicable(resolve::missing(step.party)))?;
        let user = self
            .target
            .user_of(step.person)
            .cloned()
            .ok_or_else(|| Halt::NotApplicable("the target names no second user".to_owned()))?;
        let browser = index(step.browser);
        let holds = self.browsers[browser].holds;
        let ask = Ask {
            silent: false,
            fresh: holds.is_some_and(|(person, _)| person != step.person),
            offline: step.offline,
        };
        self.browsers[browser].used = true;
        let (mut signed_in, password_used) = sign_in::sign_in(self, browser, &client, &user, ask)
            .await
            .map_err(|error| Halt::of_sign_in(error, ask))?;
        self.sign_ins += 1;
        let session = match holds {
            Some((person, session)) if !password_used && person == step.person => session,
            _ => {
                self.sessions += 1;
                self.sessions - 1
            }
        };
        signed_in.session = session;
        self.browsers[browser].holds = Some((step.person, session));
        if step.refresh {
            self.watch(&signed_in)?;
        }
        self.record.ledger.sign_ins.push(signed_in);
        if let Some((attempt, request)) = self.used_yes.take() {
            self.replay_yes(attempt, request).await?;
        }
        Ok(())
    }

    // ---- sign-off ------------------------------------------------------------------------------

    async fn sign_off(&mut self, intent: &LogoutIntent, later: &[Step]) -> Result<(), Halt> {
        let browser = index(intent.browser);
        let user = self.browsers[browser]
            .holds
            .and_then(|(person, _)| self.target.user_of(person))
            .map(|user| user.name.clone());
        let first = self.say(intent, user.as_deref(), &[])?;
        let mut before = self.look_around().await?;
        self.save_cookies(&mut before);
        let (calls, request) = self.converse(intent, user.as_deref(), first).await?;
        let at = self.wire.now();
        let (cookies, mut jar) = self.cookies_sent(browser, intent.cookies, request.as_ref());
        let sent = match &jar {
            VisitJar::Apart(jar) if cookies != CookiesSent::Altered => jar,
            _ => &self.browsers[browser].jar,
        };
        let same_site = request
            .as_ref()
            .and_then(|request| sent.same_site(&request.origin, request.path(), at));
        let seq = self.next_seq();
        let [chain, beside] = match request {
            Some(request) => {
                let request = self.of_application(request);
                let twice = intent.sent == Sent::TwiceAtOnce;
                self.walk_as_sent(browser, &mut jar, request, twice).await
            }
            // The browser was sent nowhere: what there is to see is the refusal.
            None => [calls.last().cloned().into_iter().collect(), Vec::new()],
        };
        let mut frames = self.heard(browser, &mut jar, &chain).await;
        frames.extend(self.heard(browser, &mut jar, &beside).await);
        let at_rest = self.look_around().await?;
        self.hear_out(browser, seq, has_ended(&at_rest, browser))
            .await;
        self.record.attempts.push(Attempt {
            seq,
            browser,
            cookies,
            calls,
            chain,
            beside,
            before,
            at_rest,
            answers: Vec::new(),
            disabled: self.disabled(),
            deleted: self.deleted.clone(),
            settings: self.settings.clone(),
            at,
            same_site,
            frames,
            views: Views::default(),
        });
        let number = self.record.attempts.len() - 1;
        self.answer(number, &mut jar, intent.if_asked, later, Moment::InTime)
            .await?;
        self.forget_ended(number);
        Ok(())
    }

    /// With which cookies a browser goes.
    fn cookies_sent(
        &self,
        browser: usize,
        cookies: Cookies,
        request: Option<&Request>,
    ) -> (CookiesSent, VisitJar) {
        let state = &self.browsers[browser];
        match cookies {
            Cookies::Current => (CookiesSent::Current, VisitJar::Own),
            Cookies::SavedBeforeSignOff => {
                let saved = state.saved.clone().unwrap_or_default();
                (CookiesSent::Saved, VisitJar::Apart(saved))
            }
            Cookies::None => (CookiesSent::None, VisitJar::Apart(Jar::new())),
            Cookies::Cut
            | Cookies::OneCharacterChanged
            | Cookies::DamagedTwinFirst
            | Cookies::BesideJunk => {
                let now = self.wire.now();
                let altered =
                    request.and_then(|request| altered::altered(&state.jar, cookies, request, now));
                match altered {
                    Some(jar) => (CookiesSent::Altered, VisitJar::Apart(jar)),
                    None => (CookiesSent::Current, VisitJar::Own),
                }
            }
        }
    }

    /// Answers the question of an earlier sign-off. What it leads to belongs to that sign-off only where nothing
    /// has changed since: same sessions, same person, no answer before.
    async fn answer_later(&mut self, number: usize, answer: IfAsked) -> Result<(), Halt> {
        let now = self.look_around().await?;
        let Some(attempt) = self.record.attempts.get(number) else {
            return Err(Halt::NotApplicable(
                "the sign-off to be answered did not happen".to_owned(),
            ));
        };
        let lives = |probes: &[Probe]| -> Vec<Life> {
            let jars = probes
                .iter()
                .filter(|probe| matches!(probe.witness, Witness::Jar(_)));
            jars.map(|probe| probe.life.clone()).collect()
        };
        let signed_in_since = self
            .record
            .ledger
            .sign_ins
            .iter()
            .any(|signed_in| signed_in.seq > attempt.seq);
        let nothing_changed = attempt.answers.is_empty()
            && attempt.cookies == CookiesSent::Current
            && !signed_in_since
            && lives(&now) == lives(&attempt.at_rest);
        let jar = Witness::Jar(attempt.browser);
        let alive = now
            .iter()
            .any(|probe| probe.witness == jar && matches!(probe.life, Life::Alive(_)));
        let answers = attempt.answers.len();
        let moment = match (nothing_changed, alive) {
            (true, _) => Moment::InTime,
            (false, true) => Moment::LateInSession,
            (false, false) => Moment::Late,
        };
        self.answer(number, &mut VisitJar::Own, answer, &[], moment)
            .await?;
        // Where nothing was answered nothing new is known of the session.
        if self.record.attempts[number].answers.len() > answers {
            self.forget_ended(number);
        }
        Ok(())
    }

    /// What the product is told next, given what was heard so far.
    fn say(
        &mut self,
        intent: &LogoutIntent,
        user: Option<&str>,
        heard: &[Exchange],
    ) -> Result<Say, Halt> {
        let context = Context {
            target: self.target,
            world: self.world,
            ledger: &self.record.ledger,
            foreign_id_token: self.foreign_id_token,
            now: self.wire.now(),
        };
        let speak = dialects::find(&self.target.dialect)
            .map_or(speech::rp_initiated as speech::Speak, |dialect| {
                dialect.speak
            });
        let said = speak(intent, &context, user, heard).map_err(Halt::NotApplicable)?;
        if let Say::Visit(Resolved { made, .. }) = &said {
            for entry in made {
                self.names
                    .add(&entry.text, &format!("hint: {}", entry.description));
            }
            self.record.ledger.made.extend(made.iter().cloned());
        }
        Ok(said)
    }

    /// The request as the application's page sends it.
    fn of_application(&self, request: Request) -> Request {
        match as_browser::of_client(&self.target.client) {
            Some(origin) => as_browser::from_page(request, origin.as_str()),
            None => request,
        }
    }

    /// Makes the calls of the application's server. Gives them, and where the browser is then sent, if anywhere.
    async fn converse(
        &mut self,
        intent: &LogoutIntent,
        user: Option<&str>,
        first: Say,
    ) -> Result<(Vec<Exchange>, Option<Request>), Halt> {
        let mut calls: Vec<Exchange> = Vec::new();
        let mut said = first;
        loop {
            let request = match said {
                Say::Visit(Resolved { request, .. }) => {
                    if let Way::Token(ByToken { wait, .. }) = &intent.way
                        && *wait > 0
                    {
                        self.advance(*wait).await?;
                    }
                    return Ok((calls, Some(request)));
                }
                Say::Nothing => return Ok((calls, None)),
                Say::Call(request) => request,
            };
            if calls.len() >= speech::MOST_CALLS {
                return Err(Halt::NotApplicable(
                    "the product wants too many calls before the browser is sent".to_owned(),
                ));
            }
            let seq = self.next_seq();
            let answer = self.exchange(&request, Fidelity::Exact).await;
            calls.push(Exchange {
                seq,
                request,
                answer: answer.map_err(|failure| failure.what),
            });
            self.note_logout_token(&calls);
            said = self.say(intent, user, &calls)?;
        }
    }

    /// Enters a logout token that the last call was answered with.
    fn note_logout_token(&mut self, calls: &[Exchange]) {
        let Some(call) = calls.last() else {
            return;
        };
        let Some((seq, text)) = behind::logout_token(call) else {
            return;
        };
        let own = call.request.url().starts_with(&self.target.issuer);
        let number = self.record.ledger.logout_tokens.len();
        self.names.add(&text, &format!("logout token {number}"));
        let at = self.wire.now();
        let entry = HandedOut { seq, text, at, own };
        self.record.ledger.logout_tokens.push(entry);
    }

    /// Keeps the cookies of every browser right before its first sign-off. They are those of the jar at this
    /// moment, so what was just seen of the jar holds for them too.
    fn save_cookies(&mut self, before: &mut Vec<Probe>) {
        for (browser, state) in self.browsers.iter_mut().enumerate() {
            if state.saved.is_some() || !state.used {
                continue;
            }
            state.saved = Some(state.jar.clone());
            let same: Vec<Probe> = before
                .iter()
                .filter_map(|probe| {
                    let witness = match probe.witness {
                        Witness::Jar(of) if of == browser => Witness::SavedCookies(of),
                        Witness::JarFor(of, sign_in) if of == browser => {
                            Witness::SavedCookiesFor(of, sign_in)
                        }
                        _ => return None,
                    };
                    let life = probe.life.clone();
                    Some(Probe { witness, life })
                })
                .collect();
            before.extend(same);
        }
    }

    /// What the case knows of who is signed in follows the probes: an ended session is nobody's.
    fn forget_ended(&mut self, number: usize) {
        let Some(attempt) = self.record.attempts.get(number) else {
            return;
        };
        let browser = attempt.browser;
        let probes = attempt
            .answers
            .last()
            .map_or(&attempt.at_rest, |answer| &answer.after);
        if probes
            .iter()
            .any(|probe| probe.witness == Witness::Jar(browser) && probe.life == Life::Ended)
        {
            self.browsers[browser].holds = None;
        }
    }

    /// Answers the question, if the visit rests on one. `moment` says what happened since.
    async fn answer(
        &mut self,
        number: usize,
        jar: &mut VisitJar,
        if_asked: IfAsked,
        later: &[Step],
        moment: Moment,
    ) -> Result<(), Halt> {
        let browser = self.record.attempts[number].browser;
        let chain = &self.record.attempts[number].chain;
        if !matches!(
            visit::end(self.world, chain),
            End::Page {
                kind: PageKind::Asks,
                ..
            }
        ) {
            return Ok(());
        }
        let Some(Exchange {
            request: at,
            answer: Ok(response),
            ..
        }) = chain.last()
        else {
            return Ok(());
        };
        let page = Page::read(response);
        let Some(form) = visit::question(self.world, at, &page) else {
            return Ok(());
        };
        let sent = |request| as_browser::from_form(request, at, response);
        let (answered, request) = match if_asked {
            IfAsked::Leave => return Ok(()),
            IfAsked::Yes | IfAsked::YesTwice | IfAsked::YesTwiceAtOnce => (
                Answered::Yes,
                visit::submission(at, form, self.yes(form)).map(sent),
            ),
            IfAsked::No => (
                Answered::No,
                self.declared(form, false)
                    .or_else(|| no_button(form))
                    .and_then(|button| visit::submission(at, form, Some(button)))
                    .map(sent),
            ),
            IfAsked::Tampered => {
                let request = self.tampered_yes(number, at, form).ok_or_else(|| {
                    Halt::NotApplicable("the form of its question carries no target".to_owned())
                })?;
                (Answered::Tampered, Some(sent(request)))
            }
            IfAsked::Forged => (
                Answered::Forged,
                self.forged_yes(at, form)
                    .map(|request| as_browser::from_page(request, as_browser::STRANGER)),
            ),
        };
        let Some(request) = request else {
            return Ok(());
        };
        let used = self.record.attempts[number]
            .answers
            .iter()
            .any(|known| known.answered == Answered::Yes);
        let answered = match answered {
            _ if moment == Moment::InTime => answered,
            // Only a session that lives can show what a used answer does to it.
            Answered::Yes if used && moment == Moment::LateInSession => Answered::Replayed,
            _ => Answered::Late,
        };
        let twice = if_asked == IfAsked::YesTwiceAtOnce;
        let [chain, beside] = self
            .walk_as_sent(browser, jar, request.clone(), twice)
            .await;
        for chain in [&chain, &beside] {
            let frames = self.heard(browser, jar, chain).await;
            self.record.attempts[number].frames.extend(frames);
        }
        let after = self.look_around().await?;
        let since = self.record.attempts[number].seq;
        self.hear_out(browser, since, has_ended(&after, browser))
            .await;
        let answered = if self.is_overtaken(number, &chain) {
            Answered::Late
        } else {
            answered
        };
        self.record.attempts[number].answers.push(Answer {
            answered,
            chain,
            beside,
            after,
            views: Views::default(),
        });
        if if_asked == IfAsked::YesTwice {
            if later.iter().any(|step| matches!(step, Step::SignIn(_))) {
                self.used_yes = Some((number, request));
            } else {
                self.replay_yes(number, request).await?;
            }
        }
        Ok(())
    }

    /// Whether an answer met an error after the same browser had made another request: a session may hold to one question
    /// alone, the newest.
    fn is_overtaken(&self, number: usize, answer: &[Exchange]) -> bool {
        let attempt = &self.record.attempts[number];
        let newer = self
            .record
            .attempts
            .iter()
            .any(|other| other.browser == attempt.browser && other.seq > attempt.seq);
        let refused = matches!(
            visit::end(self.world, answer),
            End::Page {
                kind: PageKind::Error,
                ..
            }
        );
        newer && refused
    }

    /// The button that says yes: the declared one, or the one that is known by its words.
    fn yes<'f>(&self, form: &'f Form) -> Option<&'f Field> {
        self.declared(form, true).or_else(|| yes_button(form))
    }

    /// A yes as a foreign page could send it: the button and the visible fields, none of the hidden values.
    fn forged_yes(&self, at: &Request, form: &Form) -> Option<Request> {
        let mut bare = form.clone();
        bare.fields.retain(|field| field.kind != "hidden");
        if let Some(query) = form.action.find('?') {
            bare.action.truncate(query);
        }
        let request = visit::submission(at, &bare, self.yes(&bare))?;
        // With nothing hidden there is nothing to leave out: the forged answer would be the genuine one.
        let hidden = form
            .fields
            .iter()
            .any(|field| field.kind == "hidden" && !field.value.is_empty());
        (hidden || form.action.contains('?')).then_some(request)
    }

    /// A yes with a stranger's address wherever the form carries the target of the sign-off.
    fn tampered_yes(&self, number: usize, at: &Request, form: &Form) -> Option<Request> {
        let first = &self.record.attempts[number].chain.first()?.request;
        let name = Name::PostLogoutRedirectUri;
        let (query, body) = (first.query(), first.form());
        let target = query.text(name.as_str()).or(body.text(name.as_str()))?;
        let mut changed = form.clone();
        let mut carried = changed
            .fields
            .iter_mut()
            .filter(|field| field.value == target);
        let mut any = false;
        for field in &mut carried {
            field.value = format!("{}/", as_browser::STRANGER);
            any = true;
        }
        any.then(|| visit::submission(at, &changed, self.yes(&changed)))?
    }

    /// The button that the target declares for this answer.
    fn declared<'f>(&self, form: &'f Form, yes: bool) -> Option<&'f Field> {
        let declared = self.world.confirmation.as_ref()?;
        let wanted = if yes { &declared.yes } else { &declared.no };
        let wanted = wanted.as_deref()?;
        let is = |text: &str| text.trim().eq_ignore_ascii_case(wanted.trim());
        form.buttons()
            .find(|button| is(&button.name) || is(&button.value) || is(&button.text))
    }

    async fn replay_yes(&mut self, attempt: usize, request: Request) -> Result<(), Halt> {
        let browser = self.record.attempts[attempt].browser;
        let chain = self
            .walk(browser, &mut VisitJar::Own, request, Fidelity::Exact)
            .await;
        let after = self.look_around().await?;
        self.record.attempts[attempt].answers.push(Answer {
            answered: Answered::Replayed,
            chain,
            beside: Vec::new(),
            after,
            views: Views::default(),
        });
        Ok(())
    }

    /// Follows a visit to where it rests or leaves. A missing answer ends it and is part of the record.
    pub(crate) async fn walk(
        &mut self,
        browser: usize,
        visit: &mut VisitJar,
        first: Request,
        fidelity: Fidelity,
    ) -> Vec<Exchange> {
        let mut jar = self.taken(browser, visit);
        let request = as_browser::wanting_a_page(first);
        let seq = self.next_seq();
        let answer = self.with_jar(&mut jar, &request, fidelity).await;
        let chain = self
            .followed(&mut jar, exchanged(seq, request, answer))
            .await;
        self.put_back(browser, visit, jar);
        chain
    }

    /// The same for a request under test, which goes out once, or twice at the same moment. Then both visits are
    /// followed, one after the other.
    async fn walk_as_sent(
        &mut self,
        browser: usize,
        visit: &mut VisitJar,
        request: Request,
        twice: bool,
    ) -> [Vec<Exchange>; 2] {
        if !twice {
            let chain = self.walk(browser, visit, request, Fidelity::Exact).await;
            return [chain, Vec::new()];
        }
        let mut jar = self.taken(browser, visit);
        let request = as_browser::wanting_a_page(request);
        let bare = request.clone();
        let request = self.with_cookies(&jar, request);
        let seqs = [self.next_seq(), self.next_seq()];
        self.requests += 2;
        let answers = self.wire.send_twice_at_once(&request).await;
        for answer in &answers {
            self.transcribe(&request, answer.as_ref());
            if let Ok(response) = answer {
                self.keep_cookies(&mut jar, &request, response);
            }
        }
        let mut chains = [Vec::new(), Vec::new()];
        for ((chain, seq), answer) in chains.iter_mut().zip(seqs).zip(answers) {
            let first = exchanged(seq, bare.clone(), answer);
            *chain = self.followed(&mut jar, first).await;
        }
        self.put_back(browser, visit, jar);
        chains
    }

    /// Where a visit leads from its first exchange on.
    async fn followed(&mut self, jar: &mut Jar, first: Exchange) -> Vec<Exchange> {
        let mut chain = vec![first];
        while let Some(Exchange {
            request,
            answer: Ok(response),
            ..
        }) = chain.last()
            && chain.len() <= HOPS
            && let Hop::Follow(following) = visit::hop(self.world, request, response)
        {
            // Only a form makes a request of another kind here.
            let following = as_browser::from_form(following, request, response);
            let request = as_browser::wanting_a_page(following);
            let seq = self.next_seq();
            let answer = self.with_jar(jar, &request, Fidelity::Ordinary).await;
            chain.push(exchanged(seq, request, answer));
        }
        chain
    }

    fn taken(&mut self, browser: usize, visit: &mut VisitJar) -> Jar {
        match visit {
            VisitJar::Own => std::mem::take(&mut self.browsers[browser].jar),
            VisitJar::Apart(jar) => std::mem::take(jar),
        }
    }

    fn put_back(&mut self, browser: usize, visit: &mut VisitJar, jar: Jar) {
        match visit {
            VisitJar::Own => self.browsers[browser].jar = jar,
            VisitJar::Apart(apart) => *apart = jar,
        }
    }

    // ---- looking at sessions -------------------------------------------------------------------

    /// Looks at every session of the case. Once there are cookies from before the first sign-off they are
    /// tried too: they show whether the server itself has forgotten the session.
    async fn look_around(&mut self) -> Result<Vec<Probe>, Halt> {
        let mut probes = Vec::new();
        for browser in 0..self.browsers.len() {
            if !self.browsers[browser].used {
                continue;
            }
            probes.push(Probe {
                witness: Witness::Jar(browser),
                life: self.look(browser, None, false).await?,
            });
            let saved = self.browsers[browser].saved.is_some();
            if saved {
                probes.push(Probe {
                    witness: Witness::SavedCookies(browser),
                    life: self.look(browser, None, true).await?,
                });
            }
            for sign_in in self.other_clients(browser) {
                probes.push(Probe {
                    witness: Witness::JarFor(browser, sign_in),
                    life: self.look(browser, Some(sign_in), false).await?,
                });
                if saved {
                    probes.push(Probe {
                        witness: Witness::SavedCookiesFor(browser, sign_in),
                        life: self.look(browser, Some(sign_in), true).await?,
                    });
                }
            }
        }
        probes.extend(self.try_tokens().await);
        Ok(probes)
    }

    /// The sign-ins by which other clients than the last one came to share the browser's last session: one for
    /// each enabled client.
    fn other_clients(&self, browser: usize) -> Vec<usize> {
        let sign_ins = &self.record.ledger.sign_ins;
        let Some(last) = sign_ins.iter().rfind(|s| s.browser == browser) else {
            return Vec::new();
        };
        let mut seen = self.disabled();
        seen.push(last.client_id.clone());
        let mut others = Vec::new();
        for (at, sign_in) in sign_ins.iter().enumerate() {
            let shares = sign_in.browser == browser && sign_in.session == last.session;
            if shares && !seen.contains(&sign_in.client_id) {
                seen.push(sign_in.client_id.clone());
                others.push(at);
            }
        }
        others
    }

    /// One `prompt=none` authorization request (Core 1.0 section 3.1.2.1), by the client of a sign-in, or by
    /// that of the last one in this browser.
    async fn look(
        &mut self,
        browser: usize,
        sign_in: Option<usize>,
        saved: bool,
    ) -> Result<Life, Halt> {
        let sign_ins = &self.record.ledger.sign_ins;
        let last = match sign_in {
            Some(at) => sign_ins.get(at),
            None => sign_ins.iter().rfind(|s| s.browser == browser),
        };
        let Some(last) = last else {
            return Ok(Life::Unknown(
                "nobody ever signed in in this browser".to_owned(),
            ));
        };
        let disabled = self.disabled();
        let enabled = |client: &Client| !disabled.contains(&client.id);
        let clients = match &self.target.behind {
            Some(broker) => vec![broker.witness.clone()],
            None => self.target.clients(),
        };
        let own = clients
            .iter()
            .find(|client| client.id == last.client_id && enabled(client));
        let Some(client) = own
            .or_else(|| clients.iter().find(|client| enabled(client)))
            .cloned()
        else {
            return Ok(Life::Unknown("no enabled client to look with".to_owned()));
        };
        let ask = Ask {
            silent: true,
            ..Ask::default()
        };
        let authorization = sign_in::authorization(self, &client, ask)?;
        let Some(mut request) = Request::get(&authorization.url) else {
            return Ok(Life::Unknown(
                "the authorization_endpoint is no http(s) URL".to_owned(),
            ));
        };
        let state = &mut self.browsers[browser];
        let mut jar = if saved {
            state.saved.clone().unwrap_or_default()
        } else {
            std::mem::take(&mut state.jar)
        };
        let mut life = Life::Unknown("prompt=none was sent around too often".to_owned());
        request = as_browser::wanting_a_page(request);
        for _ in 0..HOPS {
            let response = match self.with_jar(&mut jar, &request, Fidelity::Ordinary).await {
                Ok(response) => response,
                Err(failure) => {
                    life = Life::Unknown(format!("prompt=none got no answer: {failure}"));
                    break;
                }
            };
            match visit::hop(self.world, &request, &response) {
                Hop::Follow(next) => request = next,
                Hop::Leaves(departure) => {
                    life = match authorization.answered(&departure.to) {
                        Some(AuthorizationAnswer::Code(code)) => {
                            self.names.add(&code, "code");
                            Life::Alive(None)
                        }
                        Some(AuthorizationAnswer::Error(error)) if error == "login_required" => {
                            Life::Ended
                        }
                        Some(AuthorizationAnswer::Error(error)) => {
                            Life::Unknown(format!("prompt=none answered error={error}"))
                        }
                        None => Life::Unknown(
                            "prompt=none led to an address that is not the client's".to_owned(),
                        ),
                    };
                    break;
                }
                Hop::Rests | Hop::Unclear => {
                    life = Life::Unknown(format!(
                        "prompt=none showed a page (status {})",
                        response.status
                    ));
                    break;
                }
            }
        }
        if !saved {
            self.browsers[browser].jar = jar;
        }
        Ok(life)
    }

    // ---- exchanges -----------------------------------------------------------------------------

    /// One exchange with the cookies of a browser.
    pub(crate) async fn browse(
        &mut self,
        browser: usize,
        request: &Request,
        fidelity: Fidelity,
    ) -> Result<Response, Failure> {
        let mut jar = std::mem::take(&mut self.browsers[browser].jar);
        let answer = self.with_jar(&mut jar, request, fidelity).await;
        self.browsers[browser].jar = jar;
        let seq = self.next_seq();
        self.browsed.push(Exchange {
            seq,
            request: request.clone(),
            answer: answer.clone().map_err(|failure| failure.what),
        });
        answer
    }

    /// What the browser holds.
    pub(crate) fn cookies(&self, browser: usize) -> Vec<Cookie> {
        self.browsers[browser].jar.iter().cloned().collect()
    }

    /// Has the browser hold these cookies and no others.
    pub(crate) fn hold_cookies(&mut self, browser: usize, cookies: Vec<Cookie>) {
        let mut jar = Jar::new();
        for cookie in cookies {
            self.names
                .add(&cookie.value, &format!("cookie {}", cookie.name));
            jar.insert(cookie);
        }
        self.browsers[browser].jar = jar;
    }

    async fn with_jar(
        &mut self,
        jar: &mut Jar,
        request: &Request,
        fidelity: Fidelity,
    ) -> Result<Response, Failure> {
        let request = self.with_cookies(jar, request.clone());
        let response = self.exchange(&request, fidelity).await?;
        self.keep_cookies(jar, &request, &response);
        Ok(response)
    }

    fn with_cookies(&self, jar: &Jar, request: Request) -> Request {
        match jar.header(&request.origin, request.path(), self.wire.now()) {
            Some(cookies) => request.with_header("Cookie", cookies),
            None => request,
        }
    }

    fn keep_cookies(&mut self, jar: &mut Jar, request: &Request, response: &Response) {
        let fields = response.all("Set-Cookie");
        for cookie in fields.iter().filter_map(|field| SetCookie::parse(field)) {
            self.names
                .add(&cookie.value, &format!("cookie {}", cookie.name));
        }
        jar.store(&request.origin, request.path(), &fields, self.wire.now());
    }

    /// One exchange without cookies of its own.
    pub(crate) async fn exchange(
        &mut self,
        request: &Request,
        fidelity: Fidelity,
    ) -> Result<Response, Failure> {
        self.requests += 1;
        let answer = self.wire.send(request, fidelity).await;
        self.transcribe(request, answer.as_ref());
        answer
    }

    fn transcribe(&mut self, request: &Request, answer: Result<&Response, &Failure>) {
        if self.transcribe {
            self.transcript.push(describe_exchange(request, answer));
        }
    }

    pub(crate) fn next_seq(&mut self) -> u32 {
        self.seq += 1;
        self.seq
    }

    /// An unguessable value that the same seed gives again.
    pub(crate) fn random(&mut self) -> String {
        self.drawn += 1;
        let digest = Sha256::digest([self.seed.to_be_bytes(), self.drawn.to_be_bytes()].concat());
        base64url(&digest)
    }
}

fn index(browser: Browser) -> usize {
    match browser {
        Browser::First => 0,
        Browser::Second => 1,
    }
}

fn exchanged(seq: u32, request: Request, answer: Result<Response, Failure>) -> Exchange {
    Exchange {
        seq,
        request,
        answer: answer.map_err(|failure| failure.what),
    }
}

/// Lines of a transcript: what a person needs to follow the case. Credentials are left out; other secrets
/// are masked by name later.
fn describe_exchange(request: &Request, answer: Result<&Response, &Failure>) -> String {
    let mut lines = vec![format!("{} {}", request.method, request.url())];
    if request.header("Cookie").is_some() {
        lines.push("  with cookies".to_owned());
    }
    if !request.body.is_empty() {
        lines.push(format!(
            "  body: {}",
            shorten(&String::from_utf8_lossy(&request.body))
        ));
    }
    match answer {
        Err(failure) => lines.push(format!("  → no answer: {failure}")),
        Ok(response) => {
            let location = response
                .header("Location")
                .map_or_else(String::new, |to| format!(" Location: {}", shorten(&to)));
            lines.push(format!("  → {}{location}", response.status));
            if response.is_html() {
                let page = Page::read(response);
                lines.push(format!("  page: {}", shorten(&page.text)));
            }
        }
    }
    lines.join("\n")
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(4000).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

const YES: &[&str] = &[
    "yes",
    "confirm",
    "log out",
    "logout",
    "log me out",
    "sign out",
    "sign me out",
    "signout",
    "sign off",
    "continue",
    "allow",
    "ok",
    "end session",
];
const NO: &[&str] = &[
    "no", "cancel", "stay", "deny", "back", "keep", "abort", "decline",
];

/// The button that says yes: one that speaks so and does not say no, else the only one.
fn yes_button(form: &Form) -> Option<&Field> {
    let buttons: Vec<&Field> = form.buttons().collect();
    let yes = buttons
        .iter()
        .find(|button| says(button, YES) && !says(button, NO))
        .or_else(|| buttons.iter().find(|button| !says(button, NO)));
    yes.copied()
}

fn no_button(form: &Form) -> Option<&Field> {
    form.buttons().find(|button| says(button, NO))
}

/// Whether the session that the browser holds was seen ended.
fn has_ended(probes: &[Probe], browser: usize) -> bool {
    let own = Witness::Jar(browser);
    probes
        .iter()
        .any(|probe| probe.witness == own && matches!(probe.life, Life::Ended))
}

/// Whole words only: "no" is not in "now".
fn says(button: &Field, words: &[&str]) -> bool {
    let text = format!(" {} {} ", button.text, button.value).to_ascii_lowercase();
    let text: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    words.iter().any(|word| text.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idp_that_does_not_know_offline_access_is_not_at_fault() {
        let ask = |offline| Ask {
            offline,
            ..Ask::default()
        };
        let refused = |code: &str| SignInError {
            refused: Some(code.to_owned()),
            ..SignInError::new("")
        };
        for (code, offline, applies) in [
            ("invalid_scope", true, false),
            ("invalid_scope", false, true),
            ("server_error", true, true),
        ] {
            let halt = Halt::of_sign_in(refused(code), ask(offline));
            assert_eq!(matches!(halt, Halt::Error(_)), applies, "{code}");
        }
    }
}
