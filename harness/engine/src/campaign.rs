//! A run: prepare the target, play every selected scenario, judge, add up.

use crate::baseline::Baseline;
use crate::behind;
use crate::dialects;
use crate::judge::{self, About, Subject, Wanted, Weighed};
use crate::report::{CaseReport, Drift, FailOn, Judgement, Outcome, RunReport, Summary};
use crate::run::{self, Played, Stage};
use crate::snapshot;
use crate::target::Target;
use crate::wire::{Failure, Fidelity, Wire};
use sha2::{Digest, Sha256};
use signoff_oidc::discovery::document_url;
use signoff_oidc::spec::Severity;
use signoff_oidc::{Client, Door, Metadata, Origin, Request, Response};
use signoff_rules::deviation::Deviation;
use signoff_rules::record::SignedIn;
use signoff_rules::rule::Rule;
use signoff_rules::{Control, Controls, Judge, Record, SignOff, Trial, Twin, World, catalogue};
use signoff_scenarios::{
    ByToken, ClaimEdit, ClaimValue, IfAsked, IssuerEdit, LogoutIntent, Method, Name, Parameter,
    Party, RedirectUri, Registered, Scenario, Setting, SignIn, Signing, Step, Value, Way,
};
use std::collections::{BTreeMap, BTreeSet};

mod conclude;
mod merge;
mod part;
mod retries;
mod search;
mod trials;

pub use conclude::{Tally, Whole};
pub use merge::merge;
pub use part::{Part, Partition};
pub use search::Search;

/// The id under which the rules of the discovery document are reported.
pub const DISCOVERY: &str = "discovery/metadata";

/// Which rules judge which scenarios.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The rules, in the order of the catalogue.
    pub rules: Vec<&'static str>,
    /// The scenarios, in the order of the families.
    pub scenarios: Vec<Scenario>,
    /// True when no scenario was left out, so that what is missing says something.
    pub complete: bool,
}

/// A filter that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched(pub String);

impl Selection {
    /// Everything.
    pub fn all() -> Self {
        let rules = catalogue::all().map(|rule| rule.id).collect();
        Selection {
            rules,
            scenarios: signoff_scenarios::catalogue(),
            complete: true,
        }
    }

    /// What the filters name: rule ids or prefixes, scenario ids or prefixes. Rules alone judge all
    /// scenarios; scenarios alone are judged by all rules.
    pub fn filtered<S: AsRef<str>>(filters: &[S]) -> Result<Self, Unmatched> {
        let mut selection = Selection::all();
        if filters.is_empty() {
            return Ok(selection);
        }
        let (mut rules, mut scenarios) = (BTreeSet::new(), BTreeSet::new());
        for filter in filters.iter().map(AsRef::as_ref) {
            let upper = filter.to_ascii_uppercase();
            let found: Vec<&str> = selection
                .rules
                .iter()
                .copied()
                .filter(|id| id.to_ascii_uppercase().starts_with(&upper))
                .collect();
            let named: Vec<String> = selection
                .scenarios
                .iter()
                .map(|s| s.id.clone())
                .filter(|id| is_under(id, filter))
                .collect();
            let once: Vec<&str> = catalogue::all()
                .filter(|rule| once_a_run(rule).is_some_and(|case| is_under(case, filter)))
                .map(|rule| rule.id)
                .collect();
            if found.is_empty() && named.is_empty() && once.is_empty() {
                return Err(Unmatched(filter.to_owned()));
            }
            rules.extend(found);
            scenarios.extend(named);
            rules.extend(once);
        }
        if !rules.is_empty() {
            selection.rules.retain(|id| rules.contains(id));
        }
        if !scenarios.is_empty() {
            selection.complete = false;
            selection
                .scenarios
                .retain(|scenario| scenarios.contains(&scenario.id));
        }
        Ok(selection)
    }

    /// Keeps the rules of at least this severity.
    #[must_use]
    pub fn at_least(mut self, severity: Severity) -> Self {
        self.rules
            .retain(|id| catalogue::find(id).is_some_and(|rule| rule.severity() <= severity));
        self
    }
}

/// The case under which a rule is reported that looks once a run, beside no scenario.
fn once_a_run(rule: &Rule) -> Option<&'static str> {
    match rule.judge {
        Judge::Discovery(_) => Some(DISCOVERY),
        Judge::Trial(trial, _) => Some(trial.id()),
        Judge::SignOff(_) | Judge::Not(..) => None,
    }
}

/// True for a case that is no scenario: the metadata, and the trials of other endpoints.
pub fn is_once_a_run(case: &str) -> bool {
    case == DISCOVERY || Trial::ALL.iter().any(|trial| trial.id() == case)
}

/// A scenario id is under a prefix when it begins with it.
fn is_under(id: &str, prefix: &str) -> bool {
    id.starts_with(prefix)
}

/// What happens during a run, for whoever listens.
#[derive(Debug)]
pub enum Event<'a> {
    /// Before the first request.
    Started {
        /// The target's name.
        target: &'a str,
        /// Its dialect.
        dialect: &'a str,
        /// Its edition.
        edition: Option<&'a str>,
        /// How many rules can be judged here.
        rules: usize,
        /// How many of the selected rules do not speak for this target or are not judged.
        not_applicable: usize,
        /// The seed.
        seed: u64,
        /// How many deviations are declared.
        deviations: usize,
        /// How many cases there are.
        cases: usize,
    },
    /// A case is over.
    CaseFinished {
        /// Counted from 1.
        number: usize,
        /// Of how many.
        of: usize,
        /// The case.
        case: &'a CaseReport,
        /// Its judgements, those that do not apply left out.
        judgements: &'a [Judgement],
    },
    /// A generated case is over.
    Searched {
        /// Counted from 1.
        number: u64,
        /// Of how many.
        of: u64,
        /// How many defects were found so far.
        found: usize,
    },
    /// The run is over.
    Finished(&'a RunReport),
}

/// Hears of a run as it goes.
pub trait Listener {
    /// Something happened.
    fn hear(&mut self, event: &Event<'_>);
}

/// Nobody listens.
impl Listener for () {
    fn hear(&mut self, _: &Event<'_>) {}
}

/// Where recorded behaviour is kept.
pub trait Archive {
    /// Compares the behaviour of a scenario with what is recorded.
    fn compare(&mut self, scenario: &Scenario, text: &str) -> Option<Drift>;
    /// What is recorded for scenarios that no longer exist, and changes that wait for review. `complete` is
    /// false when scenarios were left out, so that a missing one says nothing.
    fn leftovers(&mut self, complete: bool) -> Vec<Drift>;
}

/// Nothing is recorded.
impl Archive for () {
    fn compare(&mut self, _: &Scenario, _: &str) -> Option<Drift> {
        None
    }
    fn leftovers(&mut self, _: bool) -> Vec<Drift> {
        Vec::new()
    }
}

/// A run to be made.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The target.
    pub target: Target,
    /// What to try and to judge.
    pub selection: Selection,
    /// The seed of every random value.
    pub seed: u64,
    /// What counts as a failure.
    pub fail_on: FailOn,
    /// The faults of the embedded mock, for the report.
    pub faults: Vec<String>,
    /// Stop after this many broken rules.
    pub max_fail: Option<usize>,
    /// Known failures of the target.
    pub baseline: Option<Baseline>,
    /// Whether to keep the transcripts of the cases for the report.
    pub transcripts: bool,
    /// The generated cases, if any are to be tried.
    pub search: Option<Search>,
}

/// How a run is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Which part of it.
    pub partition: Partition,
    /// How often a case that breaks a rule, or that the network lost, is repeated. What does not show every time is
    /// flaky, and no finding.
    pub retries: u32,
}

impl Default for Manner {
    fn default() -> Self {
        Manner {
            partition: Partition::WHOLE,
            retries: 0,
        }
    }
}

/// What the preparation of a target found.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The metadata and registrations.
    pub world: World,
    /// A first sign-in, which shows that signing in works.
    pub first: Option<Played>,
    /// An ID token of the other tenant.
    pub foreign_id_token: Option<String>,
}

/// Reads the metadata and makes the first sign-in. The error says why the target cannot be judged.
pub async fn prepare<W: Wire>(
    wire: &mut W,
    target: &Target,
    seed: u64,
) -> Result<Prepared, String> {
    let world = read_world(wire, target, seed).await?;
    let sign_in = Scenario::of(
        "sign-in",
        "Shows that signing in works.",
        vec![Step::SignIn(SignIn::default())],
    );
    let stage = Stage {
        target,
        world: &world,
        foreign_id_token: None,
        transcribe: true,
    };
    let first = run::play(wire, &stage, &sign_in, seed).await;
    if let Some(error) = &first.error {
        return Err(format!(
            "signing in at {} as {} failed: {}",
            target.name, target.user.name, error.what
        ));
    }
    let foreign_id_token = foreign_token(wire, target, seed).await;
    Ok(Prepared {
        world,
        first: Some(first),
        foreign_id_token,
    })
}

/// The ids of the clients that can be told by the back channel here.
fn listening<W: Wire>(wire: &W, target: &Target) -> Vec<String> {
    let addresses = wire.listening();
    let hears = |client: &Client| {
        let own = client.backchannel_logout_uri.as_ref();
        own.is_some_and(|address| addresses.contains(address))
    };
    let clients = target.clients();
    let hearing = clients.into_iter().filter(hears);
    hearing.map(|client| client.id).collect()
}

/// U+FEFF in UTF-8, which must not stand in front of JSON text, and may be ignored by who reads it (RFC 8259 section 8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

async fn read_world<W: Wire>(wire: &mut W, target: &Target, seed: u64) -> Result<World, String> {
    if let Some(broker) = &target.behind {
        return behind::read_world(wire, target, broker, seed).await;
    }
    let unreachable = |failure: Failure| format!("{} cannot be reached: {failure}", target.issuer);
    wire.begin(seed).await.map_err(unreachable)?;
    let url = document_url(&target.issuer);
    let request = Request::get(&url)
        .ok_or_else(|| format!("the issuer {} is no http(s) URL", target.issuer))?;
    let discovery = wire
        .send(&request, Fidelity::Ordinary)
        .await
        .map_err(unreachable)?;
    // What is wrong with the document's status or with a byte order mark is for the rules to say; it can be used.
    let text = discovery.body.strip_prefix(BYTE_ORDER_MARK);
    let metadata = (200..300)
        .contains(&discovery.status)
        .then(|| Metadata::parse(text.unwrap_or(&discovery.body)))
        .flatten()
        .filter(|metadata| discovery.status == 200 || metadata.text("issuer").is_some());
    let Some(metadata) = metadata else {
        return Err(format!(
            "{url} answered {} and no JSON object, so nothing can be judged",
            discovery.status
        ));
    };
    if metadata.text("authorization_endpoint").is_none()
        || metadata.text("token_endpoint").is_none()
    {
        return Err(format!(
            "{url} names no authorization_endpoint or no token_endpoint, so nobody can sign in"
        ));
    }
    let jwks = fetch(wire, metadata.text("jwks_uri")).await;
    let rfc8414 = fetch(wire, rfc8414_url(&target.issuer).as_deref())
        .await
        .filter(|response| response.status == 200);
    let mut own_origins: Vec<Origin> = Vec::new();
    let product = dialects::find(&target.dialect)
        .map_or_else(Vec::new, |dialect| (dialect.own_origins)(&target.issuer));
    let endpoints = [
        "authorization_endpoint",
        "end_session_endpoint",
        "token_endpoint",
    ]
    .iter()
    .filter_map(|name| metadata.text(name));
    let found = std::iter::once(target.issuer.as_str())
        .chain(endpoints)
        .chain(product.iter().map(String::as_str));
    for origin in found
        .filter_map(Origin::of)
        .chain(target.own_origins.iter().cloned())
    {
        if !own_origins.contains(&origin) {
            own_origins.push(origin);
        }
    }
    let doors = dialects::find(&target.dialect)
        .map_or_else(Vec::new, |dialect| (dialect.doors)(target, &metadata));
    for origin in doors.iter().filter_map(|(_, url)| Origin::of(url)) {
        if !own_origins.contains(&origin) {
            own_origins.push(origin);
        }
    }
    Ok(World {
        confirmation: target.confirmation.clone(),
        doors,
        dialect: target.dialect.clone(),
        edition: target.edition.clone(),
        real: target.real,
        issuer: target.issuer.clone(),
        own_origins,
        listening: listening(wire, target),
        clients: target.clients(),
        discovery,
        metadata: Some(metadata),
        rfc8414,
        jwks,
        behind: None,
    })
}

pub(crate) async fn fetch<W: Wire>(wire: &mut W, url: Option<&str>) -> Option<Response> {
    wire.send(&Request::get(url?)?, Fidelity::Ordinary)
        .await
        .ok()
}

/// RFC 8414 section 3.1: the well-known string stands between host and path.
fn rfc8414_url(issuer: &str) -> Option<String> {
    let origin = Origin::of(issuer)?;
    let path = signoff_oidc::uri::target_of(issuer);
    Some(format!(
        "{origin}/.well-known/oauth-authorization-server{}",
        path.trim_end_matches('/')
    ))
}

/// An ID token that another tenant issued to one of its own users.
async fn foreign_token<W: Wire>(wire: &mut W, target: &Target, seed: u64) -> Option<String> {
    let other = target.other_tenant.as_ref()?;
    let neighbour = Target {
        name: format!("{} (other tenant)", target.name),
        issuer: other.issuer.clone(),
        client: other.client.clone(),
        user: other.user.clone(),
        other_client: None,
        disposable_client: None,
        other_user: None,
        other_tenant: None,
        ..target.clone()
    };
    let world = read_world(wire, &neighbour, seed).await.ok()?;
    let sign_in = Scenario::of(
        "sign-in",
        "Fetches a token of another tenant.",
        vec![Step::SignIn(SignIn::default())],
    );
    let stage = Stage {
        target: &neighbour,
        world: &world,
        foreign_id_token: None,
        transcribe: false,
    };
    let played = run::play(wire, &stage, &sign_in, seed).await;
    played
        .record
        .ledger
        .sign_ins
        .first()
        .map(|s| s.profile.clone().unwrap_or_else(|| s.id_token.clone()))
}

impl Campaign {
    /// Makes the run. `elapsed` gives the milliseconds since some moment; a pure caller gives 0.
    pub async fn run<W: Wire>(
        &self,
        wire: &mut W,
        listener: &mut dyn Listener,
        archive: &mut dyn Archive,
        elapsed: &dyn Fn() -> u64,
    ) -> RunReport {
        self.run_as(Manner::default(), wire, listener, archive, elapsed)
            .await
    }

    /// The same in another manner: a part of it, or with repetitions. What only all parts together can tell is left to
    /// [`merge`]; a run of one part is the whole.
    pub async fn run_as<W: Wire>(
        &self,
        manner: Manner,
        wire: &mut W,
        listener: &mut dyn Listener,
        archive: &mut dyn Archive,
        elapsed: &dyn Fn() -> u64,
    ) -> RunReport {
        let started = elapsed();
        let partition = manner.partition;
        let mut report = self.empty_report();
        let deviations = match self.deviations() {
            Ok(deviations) => deviations,
            Err(why) => {
                return RunReport {
                    unreachable: Some(why),
                    ..report
                };
            }
        };
        let rules = self.rules();
        listener.hear(&Event::Started {
            target: &self.target.name,
            dialect: &self.target.dialect,
            edition: self.target.edition.as_deref(),
            rules: rules.len(),
            not_applicable: self.selection.rules.len() - rules.len(),
            seed: self.seed,
            deviations: deviations.len(),
            cases: partition.size(self.selection.scenarios.len()),
        });
        report.rules = rules.len();
        report.deviations = deviations.len();
        match prepare(wire, &self.target, self.seed).await {
            Err(why) => report.unreachable = Some(why),
            Ok(prepared) => {
                let mut work = Work {
                    campaign: self,
                    prepared: &prepared,
                    deviations: &deviations,
                    rules: &rules,
                    elapsed,
                    partition,
                    retries: manner.retries,
                    twins: BTreeMap::new(),
                    tally: Tally::default(),
                    report: &mut report,
                };
                work.discovery(listener);
                // What is tried once a run, and not in a scenario, is tried in the first part.
                if partition.is_first() {
                    Box::pin(work.trials(wire, listener)).await;
                }
                let played = Box::pin(work.cases(wire, listener, archive)).await;
                let mut pairs = String::new();
                if let Some(search) = self.search.as_ref().map(|all| partition.search(all)) {
                    pairs = Box::pin(work.search(wire, listener, &search)).await;
                }
                let tally = std::mem::take(&mut work.tally);
                let whole = self.whole(&deviations);
                if partition.is_first() {
                    report
                        .drift
                        .extend(archive.leftovers(self.selection.complete));
                }
                if partition == Partition::WHOLE {
                    tally.conclude(&whole, &mut report);
                } else {
                    report.part = Some(Part {
                        partition,
                        played,
                        pairs,
                        whole,
                        tally,
                    });
                }
            }
        }
        report.add_up();
        if let Some(baseline) = self
            .baseline
            .as_ref()
            .filter(|_| report.unreachable.is_none())
        {
            let complete = self.selection.complete && partition == Partition::WHOLE;
            baseline.apply(&mut report, complete);
        }
        report.summary.duration_ms = elapsed().saturating_sub(started);
        listener.hear(&Event::Finished(&report));
        report
    }

    /// The differences declared by the dialect and by the target.
    pub fn deviations(&self) -> Result<Vec<Deviation>, String> {
        let dialect = dialects::find(&self.target.dialect)
            .ok_or_else(|| format!("no dialect is called {}", self.target.dialect))?;
        let mut all = dialect.deviations(self.target.edition.as_deref())?;
        all.extend(self.target.deviations.iter().cloned());
        Ok(all)
    }

    /// The selected rules that are judged and speak for this target.
    pub fn rules(&self) -> Vec<&'static Rule> {
        conclude::judged(
            &self.selection.rules,
            &self.target.dialect,
            self.target.edition.as_deref(),
        )
    }

    /// What the conclusions of a run stand on besides its cases.
    fn whole(&self, deviations: &[Deviation]) -> Whole {
        let scenarios = self.selection.scenarios.iter();
        Whole {
            rules: self.selection.rules.clone(),
            scenarios: scenarios.map(|scenario| scenario.id.clone()).collect(),
            complete: self.selection.complete,
            repeat_with: self.target.repeat_with.clone(),
            deviations: deviations
                .iter()
                .map(|deviation| (deviation.reason.clone(), deviation.source.clone()))
                .collect(),
            own_deviations: self.target.deviations.len(),
            baseline: self.baseline.clone(),
        }
    }

    /// The seed of a case, so that one case can be run alone. A target that begins each case afresh may be
    /// given the same seed every time, so that it signs the same tokens; one that lives on must not see a
    /// nonce or a code verifier twice.
    fn case_seed(&self, id: &str) -> u64 {
        if !self.target.real {
            return self.seed;
        }
        let digest = Sha256::digest([&self.seed.to_be_bytes()[..], id.as_bytes()].concat());
        digest
            .iter()
            .take(8)
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn empty_report(&self) -> RunReport {
        RunReport {
            target: self.target.name.clone(),
            dialect: self.target.dialect.clone(),
            description: self.target.description.clone(),
            edition: self.target.edition.clone(),
            real: self.target.real,
            faults: self.faults.clone(),
            seed: self.seed,
            selected: self.selection.rules.len(),
            rules: 0,
            deviations: 0,
            summary: Summary::default(),
            judgements: Vec::new(),
            not_applicable: Vec::new(),
            cases: Vec::new(),
            drift: Vec::new(),
            undecided_rules: BTreeMap::new(),
            unreachable: None,
            generated: None,
            flaky: Vec::new(),
            part: None,
            fail_on: self.fail_on,
        }
    }
}

/// What the judging of a run stands on, and what it has come to.
struct Work<'a> {
    campaign: &'a Campaign,
    prepared: &'a Prepared,
    deviations: &'a [Deviation],
    rules: &'a [&'static Rule],
    elapsed: &'a dyn Fn() -> u64,
    partition: Partition,
    /// How often a case that breaks a rule is repeated.
    retries: u32,
    /// Controls that were run, by what was played.
    twins: BTreeMap<String, Option<Twin>>,
    tally: Tally,
    report: &'a mut RunReport,
}

impl Work<'_> {
    /// What is said of the metadata; in the first part alone, as they are the same for all.
    fn discovery(&mut self, listener: &mut dyn Listener) {
        if !self.partition.is_first() {
            return;
        }
        let first = self.prepared.first.as_ref();
        let sign_in: Option<&SignedIn> =
            first.and_then(|played| played.record.ledger.sign_ins.first());
        if let Some(played) = first {
            self.report.summary.requests += played.requests;
            self.report.summary.sign_ins += played.sign_ins;
        }
        let mut judgements = Vec::new();
        for rule in self.rules {
            if let Some(weighed) = judge::judge_discovery(rule, &self.prepared.world, sign_in) {
                self.tally.count(rule, &weighed, DISCOVERY);
                judgements.push(judge::judgement(
                    rule,
                    About::target(&self.campaign.target),
                    DISCOVERY,
                    weighed,
                    str::to_owned,
                ));
            }
        }
        if judgements.is_empty() {
            return;
        }
        let case = CaseReport {
            scenario: DISCOVERY.to_owned(),
            purpose: "The metadata that sign-off leans on.".to_owned(),
            not_applicable: None,
            error: None,
            transcript: format!("GET {}", document_url(&self.prepared.world.issuer)),
            curl: Some(format!(
                "curl -i '{}'",
                document_url(&self.prepared.world.issuer)
            )),
            behaviour: String::new(),
            duration_ms: 0,
        };
        self.finish(case, judgements, 0, listener);
    }

    /// Plays the cases of this part; gives how many were finished.
    async fn cases<W: Wire>(
        &mut self,
        wire: &mut W,
        listener: &mut dyn Listener,
        archive: &mut dyn Archive,
    ) -> usize {
        let (mut failed_sign_ins, mut number) = (0, 0);
        for (at, scenario) in self.campaign.selection.scenarios.iter().enumerate() {
            if !self.partition.takes(at) {
                continue;
            }
            number += 1;
            self.tally.at = at + 1;
            let started = (self.elapsed)();
            let played = self.play_again_if_lost(wire, scenario).await;
            let mut judgements = Vec::new();
            if played.error.is_none() && played.not_applicable.is_none() {
                judgements = self.judge_case(wire, scenario, &played).await;
                if self.campaign.faults.is_empty() {
                    self.report.drift.extend(
                        archive.compare(scenario, &snapshot::render(&played, &self.prepared.world)),
                    );
                }
            }
            let mut case = case_report(scenario, &played, (self.elapsed)().saturating_sub(started));
            if self.campaign.transcripts {
                case.behaviour = snapshot::neutral(&played, &self.prepared.world);
            }
            if let Some(why) = &played.not_applicable {
                *self.tally.left_out.entry(why.clone()).or_default() += 1;
            }
            failed_sign_ins = if played.error.is_some() {
                failed_sign_ins + 1
            } else {
                0
            };
            self.finish(case, judgements, number, listener);
            // An account could be locked, or the target is gone: going on would do harm or prove nothing.
            let gone = played.error.as_ref().is_some_and(|error| error.unreachable);
            if gone || failed_sign_ins >= 2 {
                let why = played.error.map_or_else(String::new, |error| error.what);
                self.report.unreachable = Some(format!("stopped after {}: {why}", scenario.id));
                return number;
            }
            let broken = || self.report.with(Outcome::Violated).count();
            if self.campaign.max_fail.is_some_and(|most| broken() >= most) {
                return number;
            }
        }
        number
    }

    fn finish(
        &mut self,
        case: CaseReport,
        judgements: Vec<Judgement>,
        number: usize,
        listener: &mut dyn Listener,
    ) {
        let judgements: Vec<Judgement> = judgements
            .into_iter()
            .filter(|j| j.outcome != Outcome::NotApplicable)
            .collect();
        listener.hear(&Event::CaseFinished {
            number,
            of: self.partition.size(self.campaign.selection.scenarios.len()),
            case: &case,
            judgements: &judgements,
        });
        self.report.cases.push(case);
        self.report.judgements.extend(judgements);
    }

    async fn play<W: Wire>(&mut self, wire: &mut W, scenario: &Scenario) -> Played {
        let transcribe = self.campaign.transcripts;
        self.play_as(wire, scenario, transcribe).await
    }

    async fn play_as<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
        transcribe: bool,
    ) -> Played {
        let seed = self.campaign.case_seed(&scenario.id);
        let stage = Stage {
            target: &self.campaign.target,
            world: &self.prepared.world,
            foreign_id_token: self.prepared.foreign_id_token.as_deref(),
            transcribe,
        };
        let played = run::play(wire, &stage, scenario, seed).await;
        self.report.summary.requests += played.requests;
        self.report.summary.sign_ins += played.sign_ins;
        played
    }

    /// Judges every attempt of a case by every rule, for the report.
    async fn judge_case<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
        played: &Played,
    ) -> Vec<Judgement> {
        let rules = self.rules;
        let mut weighed = self.weigh(wire, scenario, played, rules, true).await;
        self.doubt(wire, scenario, played, &mut weighed).await;
        let mask = |text: &str| played.names.mask(text);
        let mut judgements = Vec::new();
        for (rule, weighed) in weighed {
            self.tally.count(rule, &weighed, &scenario.id);
            if weighed.outcome != Outcome::NotApplicable {
                judgements.push(judge::judgement(
                    rule,
                    About::target(&self.campaign.target),
                    &scenario.id,
                    weighed,
                    mask,
                ));
            }
        }
        judgements
    }

    /// What each of these rules says of the case, its attempts taken together. The controls that are asked
    /// for are run. `notes` says whether the deviations are told what this case shows of them.
    async fn weigh<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
        played: &Played,
        rules: &[&'static Rule],
        notes: bool,
    ) -> Vec<(&'static Rule, Weighed)> {
        let mut by_rule: Vec<Vec<Weighed>> = vec![Vec::new(); rules.len()];
        for index in 0..played.record.attempts.len() {
            let mut controls = Controls::new();
            for (at, rule) in rules.iter().enumerate() {
                if !matches!(rule.judge, Judge::SignOff(_)) {
                    continue;
                }
                let weighed = loop {
                    let subject = self.subject(&played.record, index, &controls);
                    match subject.judge(rule) {
                        Ok(weighed) => break weighed,
                        Err(Wanted(control)) => {
                            let twin = self.control(wire, scenario, played, index, control).await;
                            controls.insert(control, twin);
                        }
                    }
                };
                if notes {
                    self.note_deviations(
                        rule,
                        &weighed,
                        &played.record,
                        index,
                        &controls,
                        &scenario.id,
                    );
                }
                by_rule[at].push(weighed);
            }
        }
        let judged = rules.iter().zip(by_rule);
        judged
            .filter(|(_, attempts)| !attempts.is_empty())
            .map(|(rule, attempts)| (*rule, judge::worst(attempts)))
            .collect()
    }

    fn subject<'b>(
        &'b self,
        record: &'b Record,
        index: usize,
        controls: &'b Controls,
    ) -> Subject<'b> {
        Subject {
            target: &self.campaign.target,
            world: &self.prepared.world,
            record,
            index,
            controls,
            deviations: self.deviations,
        }
    }

    /// Remembers which deviations explained something, and which did not although their `when` held.
    fn note_deviations(
        &mut self,
        rule: &Rule,
        weighed: &Weighed,
        record: &Record,
        index: usize,
        controls: &Controls,
        scenario: &str,
    ) {
        if let Some(at) = weighed.excused_by {
            self.tally.excuse(at, rule.id);
        }
        if weighed.outcome != Outcome::Kept {
            return;
        }
        let sign_off = SignOff {
            world: &self.prepared.world,
            record,
            index,
            controls,
        };
        for (at, deviation) in self.deviations.iter().enumerate() {
            if judge::touches(deviation, rule) && deviation.when.holds(&sign_off.facts()) {
                self.tally.keep_in_spite(at, rule.id, scenario);
            }
        }
    }

    /// Runs a control, once for each thing that is played.
    async fn control<W: Wire>(
        &mut self,
        wire: &mut W,
        scenario: &Scenario,
        played: &Played,
        index: usize,
        control: Control,
    ) -> Option<Twin> {
        let (twin, at) = self.twin_scenario(scenario, played, index, control)?;
        let key = format!(
            "{control:?} {}",
            serde_json::to_string(&twin.steps).unwrap_or_default()
        );
        if let Some(known) = self.twins.get(&key) {
            return known.clone();
        }
        let played = self.play(wire, &twin).await;
        let finished = played.error.is_none() && played.not_applicable.is_none();
        let found = finished.then(|| judge::twin(played.record, at)).flatten();
        self.twins.insert(key, found.clone());
        found
    }

    /// The scenario that serves as this control, and which of its attempts corresponds.
    fn twin_scenario(
        &self,
        scenario: &Scenario,
        played: &Played,
        index: usize,
        control: Control,
    ) -> Option<(Scenario, usize)> {
        let step = scenario
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| matches!(step, Step::SignOff(_)))
            .nth(index)?
            .0;
        let Step::SignOff(intent) = &scenario.steps[step] else {
            return None;
        };
        let changed = match control {
            Control::Orderly => return Some((self.orderly(intent, played, index), 0)),
            Control::SameDoor => return Some((self.at_same_door(intent, played, index), 0)),
            Control::OtherMethod => {
                let method = match intent.method {
                    Method::Get => Method::Post,
                    Method::Post => Method::Get,
                    Method::Head | Method::Put => return None,
                };
                LogoutIntent {
                    method,
                    ..intent.clone()
                }
            }
            Control::WholeYes => LogoutIntent {
                if_asked: IfAsked::Yes,
                ..intent.clone()
            },
            Control::WithoutUiLocales => intent.clone().without(&Name::UiLocales),
            Control::WithoutUnknown => {
                let mut plain = intent.clone();
                plain
                    .parameters
                    .retain(|parameter| !matches!(parameter.name, Name::Other(_)));
                plain
            }
        };
        let mut steps = scenario.steps.clone();
        steps[step] = Step::SignOff(changed);
        Some((
            Scenario::of(
                format!("{} ({})", scenario.id, control.describe()),
                "A control.",
                steps,
            ),
            index,
        ))
    }

    /// The orderly request at the address that the request went to, with all that it needs there.
    fn at_same_door(&self, intent: &LogoutIntent, played: &Played, index: usize) -> Scenario {
        let party = self.party_of(played, index);
        let bare = LogoutIntent::bare().at(intent.door);
        let own = signoff_scenarios::Hint::OfSignIn(0);
        let (setting, wish) = match intent.door {
            Door::EndSession => return self.orderly(intent, played, index),
            Door::OtherAddress => {
                let issuer = ClaimValue::Issuer(IssuerEdit::CustomDomain);
                let claims = vec![ClaimEdit::set("iss", issuer)];
                let hint = signoff_scenarios::Hint::forged(claims, Signing::ByTheOp);
                (None, bare.hint(hint))
            }
            Door::HintAlone => (Some(Setting::HintAlone(party, true)), bare.hint(own)),
            Door::EveryProtocol => (Some(Setting::EveryProtocolUris(vec![party])), bare),
        };
        let sign_in = SignIn {
            party,
            ..SignIn::default()
        };
        let mut steps: Vec<Step> = setting.into_iter().map(Step::Configure).collect();
        steps.push(Step::SignIn(sign_in));
        steps.push(Step::SignOff(wish.redirect(RedirectUri::of(party))));
        Scenario::of(
            format!("control/{:?}/{party:?}", intent.door),
            "The orderly request at this address.",
            steps,
        )
    }

    /// The client that an orderly twin comes from: that of the request, if it is one of the two.
    fn party_of(&self, played: &Played, index: usize) -> Party {
        let sign_off = SignOff {
            world: &self.prepared.world,
            record: &played.record,
            index,
            controls: &Controls::new(),
        };
        let known = sign_off
            .client()
            .or_else(|| sign_off.last_sign_in().map(|s| s.client_id.as_str()));
        let other = self.campaign.target.other_client.as_ref();
        match (known, other) {
            (Some(id), Some(client)) if client.id == id => Party::B,
            _ => Party::A,
        }
    }

    /// The orderly twin: same client, same method, the registered URI that the request imitates.
    fn orderly(&self, intent: &LogoutIntent, played: &Played, index: usize) -> Scenario {
        let party = self.party_of(played, index);
        let imitated = intent
            .parameters
            .iter()
            .find_map(|parameter| match parameter {
                Parameter {
                    name: Name::PostLogoutRedirectUri,
                    value: Value::Redirect(uri),
                    ..
                } if uri.of == party && uri.registered != Registered::SignIn => {
                    Some(uri.registered)
                }
                _ => None,
            });
        let uri = RedirectUri {
            of: party,
            registered: imitated.unwrap_or_default(),
            ..RedirectUri::default()
        };
        if self.prepared.world.behind.is_some() {
            let intent = LogoutIntent::bare().by_way_of(Way::Token(ByToken::default()));
            return Scenario::after_sign_in("control/token", "The orderly twin.", intent);
        }
        let mut orderly = LogoutIntent::bare()
            .hint(signoff_scenarios::Hint::OfSignIn(0))
            .redirect(uri)
            .state("control")
            .if_asked(IfAsked::Yes);
        orderly.method = if intent.method == Method::Post {
            Method::Post
        } else {
            Method::Get
        };
        let sign_in = SignIn {
            party,
            ..SignIn::default()
        };
        Scenario::of(
            format!("control/{}/{party:?}", orderly.method.as_str()),
            "The orderly twin.",
            vec![Step::SignIn(sign_in), Step::SignOff(orderly)],
        )
    }
}

fn case_report(scenario: &Scenario, played: &Played, duration_ms: u64) -> CaseReport {
    let sent = played
        .record
        .attempts
        .last()
        .and_then(|attempt| attempt.chain.first());
    CaseReport {
        scenario: scenario.id.clone(),
        purpose: scenario.purpose.clone(),
        not_applicable: played.not_applicable.clone(),
        error: played
            .error
            .as_ref()
            .map(|error| played.names.mask(&error.what)),
        transcript: played.transcript.join("\n"),
        curl: sent.map(|exchange| played.names.mask(&curl(&exchange.request))),
        behaviour: String::new(),
        duration_ms,
    }
}

/// The request as a `curl` command. Cookies are the reader's own.
fn curl(request: &Request) -> String {
    let quote = |text: &str| text.replace('\'', "'\\''");
    let url = quote(&request.url());
    let short: String = url.chars().take(2000).collect();
    let mut command = match request.method.as_str() {
        "GET" => format!("curl -i -b COOKIES '{short}'"),
        other => format!("curl -i -X {other} -b COOKIES '{short}'"),
    };
    if request.target != request.origin_form() || request.target.contains(&b'#') {
        let target = quote(&String::from_utf8_lossy(&request.target));
        let short: String = target.chars().take(2000).collect();
        command = format!("{command} --request-target '{short}'");
    }
    // What curl says otherwise, or not at all.
    let usual = |name: &str, value: &[u8]| {
        name.eq_ignore_ascii_case("Content-Type") && value == b"application/x-www-form-urlencoded"
    };
    for (name, value) in &request.headers {
        if !usual(name, value) {
            let field: String = format!("{name}: {}", String::from_utf8_lossy(value));
            command = format!("{command} -H '{}'", quote(&field));
        }
    }
    if !request.body.is_empty() {
        let body: String = String::from_utf8_lossy(&request.body)
            .chars()
            .take(2000)
            .collect();
        command = format!("{command} --data-raw '{}'", quote(&body));
    }
    command
}

impl RunReport {
    /// Fills the sums from the judgements and cases.
    pub fn add_up(&mut self) {
        let count = |outcome: Outcome| {
            self.judgements
                .iter()
                .filter(|judgement| judgement.outcome == outcome)
                .count()
        };
        let known_must = self
            .judgements
            .iter()
            .filter(|j| j.outcome == Outcome::Known && j.severity == Severity::Must)
            .count();
        self.summary = Summary {
            cases: self
                .cases
                .iter()
                .filter(|case| case.not_applicable.is_none() && !is_once_a_run(&case.scenario))
                .count(),
            kept: count(Outcome::Kept),
            violated: count(Outcome::Violated),
            known: count(Outcome::Known),
            known_must,
            baselined: count(Outcome::Baselined),
            stale: count(Outcome::Stale),
            undecided: count(Outcome::Undecided),
            not_applicable: self.not_applicable.len(),
            drift: self.drift.len(),
            requests: self.summary.requests,
            sign_ins: self.summary.sign_ins,
            duration_ms: self.summary.duration_ms,
        };
    }
}
