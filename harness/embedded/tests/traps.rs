//! Twenty places where a naive judge goes wrong. Each is played against the reference, in the legal variation or with
//! the fault that sets the trap.

use mock_idp_core::{
    DialectId, FailedCheck, Freedom, OwnPages, QuestionKind, RedirectBy, RedirectStatus,
    RedirectWithoutHint, RepeatedParameters, SessionCookie, StateSpelling,
};
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_engine::wire::block_on_ready;
use signoff_engine::{
    Campaign, Command, FailOn, Failure, Fidelity, Outcome, RunReport, Selection, Wire,
};
use signoff_oidc::spec::Severity;
use signoff_oidc::{Request, Response, Timestamp};
use std::collections::BTreeSet;

/// The mock, without `Cache-Control` where that is left out.
struct Way {
    inner: EmbeddedWire,
    without_cache_control: bool,
}

impl Wire for Way {
    async fn begin(&mut self, seed: u64) -> Result<(), Failure> {
        self.inner.begin(seed).await
    }
    async fn send(&mut self, request: &Request, fidelity: Fidelity) -> Result<Response, Failure> {
        let mut response = self.inner.send(request, fidelity).await?;
        if self.without_cache_control {
            response
                .headers
                .retain(|(name, _)| !name.eq_ignore_ascii_case("Cache-Control"));
        }
        Ok(response)
    }
    async fn command(&mut self, command: &Command) -> Result<bool, Failure> {
        self.inner.command(command).await
    }
    fn now(&self) -> Timestamp {
        self.inner.now()
    }
}

/// A reference that sets a trap, and the scenarios in which it is sprung.
struct Trap {
    embedded: Embedded,
    faults: Vec<String>,
    scenarios: &'static [&'static str],
    without_cache_control: bool,
}

impl Trap {
    fn of(scenarios: &'static [&'static str]) -> Self {
        Trap::with_faults(scenarios, &[])
    }

    fn with_faults(scenarios: &'static [&'static str], faults: &[&str]) -> Self {
        Trap::at(DialectId::Oidc, scenarios, faults)
    }

    fn at(dialect: DialectId, scenarios: &'static [&'static str], faults: &[&str]) -> Self {
        let faults: Vec<String> = faults.iter().map(|id| (*id).to_owned()).collect();
        Trap {
            embedded: Embedded::in_memory(dialect, &faults).expect("a world"),
            faults,
            scenarios,
            without_cache_control: false,
        }
    }

    fn choosing(mut self, choose: fn(&mut Freedom)) -> Self {
        choose(&mut self.embedded.config.tenants[0].freedom);
        self
    }

    fn report(&self) -> RunReport {
        let selection = if self.scenarios.is_empty() {
            Selection::all()
        } else {
            Selection::filtered(self.scenarios).expect("scenarios")
        };
        let campaign = Campaign {
            target: self.embedded.target.clone(),
            selection,
            seed: 1,
            fail_on: FailOn::default(),
            faults: self.faults.clone(),
            max_fail: None,
            baseline: None,
            transcripts: true,
            search: None,
        };
        let mut wire = Way {
            inner: EmbeddedWire::new(&self.embedded),
            without_cache_control: self.without_cache_control,
        };
        let report = block_on_ready(campaign.run(&mut wire, &mut (), &mut (), &|| 0));
        assert_eq!(report.unreachable, None);
        report
    }

    /// Nothing that is a MUST, and of the SHOULDs nothing but these.
    #[track_caller]
    fn accuses_only(&self, shoulds: &[&str]) -> RunReport {
        let report = self.report();
        let broken: Vec<String> = report
            .with(Outcome::Violated)
            .filter(|j| j.severity == Severity::Must || !shoulds.contains(&j.rule))
            .map(|j| format!("{} in {}: {:?}", j.rule, j.scenario, j.actual))
            .collect();
        assert_eq!(broken, [] as [&str; 0]);
        report
    }
}

fn rules(report: &RunReport, outcome: Outcome) -> BTreeSet<&'static str> {
    report
        .with(outcome)
        .map(|judgement| judgement.rule)
        .collect()
}

#[track_caller]
fn assert_says(report: &RunReport, outcome: Outcome, rule: &str, scenario: &str) {
    let said = report
        .judgements
        .iter()
        .find(|j| j.rule == rule && j.scenario == scenario)
        .map(|j| j.outcome);
    assert_eq!(said, Some(outcome), "{rule} in {scenario}");
}

#[test]
fn trap_01_an_expired_hint_that_is_accepted_is_right_and_one_that_is_refused_is_a_warning() {
    let report = Trap::of(&["hint/expired/"]).accuses_only(&[]);
    assert_says(
        &report,
        Outcome::Kept,
        "RPIL-2-23",
        "hint/expired/aged-a-minute",
    );
    let refuses = Trap::with_faults(&["hint/expired/"], &["hint-expired-refused"]);
    let report = refuses.accuses_only(&["RPIL-2-23"]);
    assert!(rules(&report, Outcome::Violated).contains("RPIL-2-23"));
    // Where no session is recent, refusing is fine.
    let forgets = |freedom: &mut Freedom| freedom.recent_session = 0;
    Trap::of(&["hint/expired/", "session/twice/"])
        .choosing(forgets)
        .accuses_only(&[]);
}

#[test]
fn trap_02_a_redirect_without_hint_is_right_for_a_client_id_and_wrong_for_nobody() {
    let report = Trap::of(&["client/alone/registered-uri"]).accuses_only(&[]);
    let scenario = "client/alone/registered-uri";
    let honoured = rules(&report, Outcome::Kept);
    assert!(
        honoured.contains("RPIL-2-15"),
        "{scenario} was not honoured"
    );
    Trap::of(&["client/alone/"])
        .choosing(|freedom| freedom.redirect_without_hint = RedirectWithoutHint::Never)
        .accuses_only(&[]);
    let report =
        Trap::with_faults(&["redirect/registered/without-hint"], &["redirect-any"]).report();
    assert_says(
        &report,
        Outcome::Violated,
        "RPIL-3-03",
        "redirect/registered/without-hint",
    );
}

#[test]
fn trap_03_without_a_hint_both_variants_are_sent_and_an_error_or_a_question_is_right() {
    let both = &[
        "redirect/registered/without-hint",
        "client/alone/registered-uri",
    ];
    for choose in [
        (|freedom| freedom.failed_check = FailedCheck::Ask) as fn(&mut Freedom),
        |freedom| freedom.failed_check = FailedCheck::Error,
    ] {
        let report = Trap::of(both).choosing(choose).accuses_only(&[]);
        assert_says(
            &report,
            Outcome::Kept,
            "RPIL-3-03",
            "redirect/registered/without-hint",
        );
        assert!(
            report
                .cases
                .iter()
                .any(|case| case.scenario == "client/alone/registered-uri")
        );
    }
}

#[test]
fn trap_04_without_parameters_the_question_is_answered_and_then_the_session_is_judged() {
    let report = Trap::of(&["parameters/none", "state/alone"]).accuses_only(&[]);
    for scenario in ["parameters/none", "state/alone"] {
        assert_says(&report, Outcome::Kept, "RPIL-2-27", scenario);
        assert_says(&report, Outcome::Kept, "RPIL-2-29", scenario);
    }
}

#[test]
fn trap_05_a_hint_that_fails_may_lead_to_an_error_or_to_the_question() {
    for choose in [
        (|freedom| freedom.failed_check = FailedCheck::Ask) as fn(&mut Freedom),
        |freedom| freedom.failed_check = FailedCheck::Error,
        |freedom| freedom.failed_check = FailedCheck::ErrorThatAsks,
    ] {
        let report = Trap::of(&["hint/signature/", "hint/garbage/", "hint/victim/"])
            .choosing(choose)
            .accuses_only(&[]);
        assert_says(
            &report,
            Outcome::Kept,
            "RPIL-2-22",
            "hint/signature/stranger",
        );
    }
    let report = Trap::with_faults(&["hint/signature/"], &["hint-unverified"]).report();
    assert!(rules(&report, Outcome::Violated).contains("RPIL-2-22"));
}

#[test]
fn trap_06_the_hint_of_another_session_may_be_declined_or_asked_about() {
    const OTHER: &[&str] = &[
        "hint/previous-session/",
        "hint/other-session/",
        "hint/session/",
    ];
    Trap::of(OTHER).accuses_only(&[]);
    Trap::of(OTHER)
        .choosing(|freedom| {
            freedom.recent_session = 0;
            freedom.failed_check = FailedCheck::Error;
        })
        .accuses_only(&[]);
    let report = Trap::with_faults(OTHER, &["hint-sid-unchecked"]).report();
    assert_says(
        &report,
        Outcome::Violated,
        "RPIL-2-28",
        "hint/previous-session/same-user",
    );
}

#[test]
fn trap_07_a_hint_that_is_required_breaks_no_must_of_the_specifications() {
    // The text recommends hints to the RP (section 2) and obliges no OP to go without: only the product that documents
    // hints as optional breaks its own word.
    let report = Trap::at(
        DialectId::PingOne,
        &[
            "hint/absent",
            "parameters/none",
            "client/alone/",
            "state/alone",
        ],
        &["hint-required"],
    )
    .report();
    let broken: BTreeSet<&str> = report
        .with(Outcome::Violated)
        .filter(|judgement| judgement.severity == Severity::Must)
        .map(|judgement| judgement.rule)
        .collect();
    assert!(!broken.is_empty());
    assert!(
        broken.iter().all(|rule| rule.starts_with("P1-")),
        "{broken:?}"
    );
}

#[test]
fn trap_08_post_that_is_refused_is_one_broken_must() {
    let report = Trap::with_faults(
        &["method/post/", "redirect/by-post/", "state/post/"],
        &["post-refused"],
    )
    .report();
    let broken: BTreeSet<&str> = report
        .with(Outcome::Violated)
        .filter(|judgement| judgement.severity == Severity::Must)
        .map(|judgement| judgement.rule)
        .collect();
    assert_eq!(broken, BTreeSet::from(["RPIL-2-18"]));
}

#[test]
fn trap_09_refresh_is_tried_with_and_without_offline_access_and_neither_is_a_must() {
    const TOKENS: &[&str] = &["tokens/"];
    let report = Trap::of(TOKENS).accuses_only(&[]);
    assert_says(
        &report,
        Outcome::Kept,
        "BCL-2.7-04",
        "tokens/session/by-post",
    );
    assert_says(
        &report,
        Outcome::Kept,
        "BCL-2.7-05",
        "tokens/offline/orderly",
    );
    assert_says(
        &report,
        Outcome::Kept,
        "BCL-2.7-04",
        "tokens/offline/beside-session-tokens",
    );
    for (fault, rule) in [
        ("refresh-survives", "BCL-2.7-04"),
        ("offline-revoked", "BCL-2.7-05"),
    ] {
        let report = Trap::with_faults(TOKENS, &[fault]).accuses_only(&[rule]);
        assert_eq!(
            rules(&report, Outcome::Violated),
            BTreeSet::from([rule]),
            "{fault}"
        );
    }
}

#[test]
fn trap_10_refusing_another_spelling_of_the_uri_is_the_exact_reading() {
    const SPELLINGS: &[&str] = &[
        "redirect/look-alike/trailing-slash",
        "redirect/look-alike/upper-case-host",
        "redirect/look-alike/default-port",
        "redirect/look-alike/stranger-host",
    ];
    let report = Trap::of(SPELLINGS).accuses_only(&[]);
    for scenario in SPELLINGS {
        assert_says(&report, Outcome::Kept, "RPIL-3-04", scenario);
    }
    // Accepting them leads to no foreign host, and is told apart from what does.
    let report = Trap::with_faults(SPELLINGS, &["match-normalised"]).report();
    assert_says(
        &report,
        Outcome::Violated,
        "RPIL-3-04",
        "redirect/look-alike/default-port",
    );
    assert_says(
        &report,
        Outcome::Kept,
        "RPIL-3-04",
        "redirect/look-alike/stranger-host",
    );
}

#[test]
fn trap_12_a_semicolon_and_either_space_are_fine_and_a_bare_plus_is_not() {
    const STATES: &[&str] = &["state/text/", "state/written/", "state/joins-query/"];
    Trap::with_faults(STATES, &["state-semicolon"]).accuses_only(&[]);
    for choose in [
        (|freedom| freedom.state_spelling = StateSpelling::Percent) as fn(&mut Freedom),
        |freedom| freedom.state_spelling = StateSpelling::SemicolonKept,
    ] {
        let report = Trap::of(STATES).choosing(choose).accuses_only(&[]);
        for scenario in [
            "state/text/space",
            "state/text/semicolon",
            "state/text/plus",
        ] {
            assert_says(&report, Outcome::Kept, "RPIL-2-15", scenario);
        }
    }
    let report = Trap::with_faults(STATES, &["state-unencoded"]).report();
    assert_says(&report, Outcome::Violated, "RPIL-2-15", "state/text/plus");
}

#[test]
fn trap_13_a_repeated_parameter_is_wrong_only_where_another_value_is_used_than_checked() {
    const REPEATED: &[&str] = &[
        "redirect/repeated/",
        "hint/repeated/",
        "client/repeated/",
        "state/repeated/",
        "parameters/all-twice",
    ];
    for choose in [
        (|freedom| freedom.repeated_parameters = RepeatedParameters::Refused) as fn(&mut Freedom),
        |freedom| freedom.repeated_parameters = RepeatedParameters::First,
        |freedom| freedom.repeated_parameters = RepeatedParameters::Last,
    ] {
        Trap::of(REPEATED).choosing(choose).accuses_only(&[]);
    }
    let report = Trap::with_faults(REPEATED, &["dup-first-wins"]).report();
    assert!(rules(&report, Outcome::Violated).contains("CSS-05"));
}

#[test]
fn trap_14_after_post_302_is_tolerated_and_307_is_not() {
    const POSTS: &[&str] = &["method/post/"];
    Trap::of(POSTS)
        .choosing(|freedom| freedom.redirect_status = RedirectStatus::Found)
        .accuses_only(&[]);
    let report = Trap::with_faults(POSTS, &["redirect-307"]).report();
    assert!(rules(&report, Outcome::Violated).contains("BCP-4.12-01"));
}

#[test]
fn trap_15_no_must_is_said_to_be_broken_for_want_of_cache_control() {
    let mut bare = Trap::of(&["hint/valid", "parameters/none", "method/post/"]);
    bare.without_cache_control = true;
    let musts: Vec<String> = bare
        .report()
        .with(Outcome::Violated)
        .filter(|judgement| judgement.severity == Severity::Must)
        .map(|judgement| format!("{} in {}", judgement.rule, judgement.scenario))
        .collect();
    assert_eq!(musts, [] as [&str; 0]);
}

#[test]
fn trap_16_a_cleared_cookie_proves_nothing_and_one_that_stays_breaks_nothing() {
    const SESSIONS: &[&str] = &["hint/valid", "parameters/none", "session/old-cookies/"];
    let report = Trap::of(SESSIONS)
        .choosing(|freedom| freedom.session_cookie = SessionCookie::Left)
        .accuses_only(&[]);
    assert_says(&report, Outcome::Kept, "RPIL-2-29", "parameters/none");
    let report = Trap::with_faults(SESSIONS, &["cookie-only"]).report();
    assert_says(&report, Outcome::Violated, "RPIL-2-29", "parameters/none");
}

#[test]
fn trap_17_a_page_that_moves_on_by_itself_is_followed() {
    const WAYS: &[&str] = &[
        "hint/valid",
        "redirect/unregistered/stranger",
        "redirect/registered/",
    ];
    for choose in [
        (|freedom| freedom.redirect_by = RedirectBy::Script) as fn(&mut Freedom),
        |freedom| freedom.redirect_by = RedirectBy::Refresh,
        |freedom| freedom.redirect_by = RedirectBy::Link,
        |freedom| freedom.redirect_by = RedirectBy::Button,
    ] {
        Trap::of(WAYS).choosing(choose).accuses_only(&[]);
    }
    for choose in [
        (|freedom| freedom.redirect_by = RedirectBy::Script) as fn(&mut Freedom),
        |freedom| freedom.redirect_by = RedirectBy::Refresh,
    ] {
        let report = Trap::of(WAYS).choosing(choose).report();
        assert_says(&report, Outcome::Kept, "RPIL-2-15", "hint/valid");
        // A redirect that is wrong is no less so on a page.
        let report = Trap::with_faults(WAYS, &["redirect-any"])
            .choosing(choose)
            .report();
        assert_says(
            &report,
            Outcome::Violated,
            "RPIL-3-04",
            "redirect/unregistered/stranger",
        );
    }
}

#[test]
fn trap_18_questions_differ_and_each_is_answered() {
    for choose in [
        (|freedom| freedom.question = QuestionKind::PostForm) as fn(&mut Freedom),
        |freedom| freedom.question = QuestionKind::GetForm,
        |freedom| freedom.own_pages = OwnPages::Redirected,
        |freedom| {
            freedom.question = QuestionKind::GetForm;
            freedom.own_pages = OwnPages::Redirected;
        },
    ] {
        let report = Trap::of(&["hint/valid", "parameters/none", "session/asked/"])
            .choosing(choose)
            .accuses_only(&[]);
        assert_says(&report, Outcome::Kept, "RPIL-2-29", "parameters/none");
        assert_says(&report, Outcome::Kept, "CSS-01", "session/asked/forged");
        assert_says(&report, Outcome::Kept, "CSS-02", "session/asked/replayed");
    }
    // A question in another language is one, too.
    Trap::of(&["parameters/ui-locales/"]).accuses_only(&[]);
}

#[test]
fn trap_19_what_a_provider_does_not_have_is_not_held_against_it() {
    let report = Trap::of(&[]).accuses_only(&[]);
    let judged = report.judgements.iter().map(|judgement| judgement.rule);
    let notified: Vec<&str> = judged
        .filter(|rule| rule.starts_with("FCL-") || rule.starts_with("BCL-2.5"))
        .collect();
    assert_eq!(notified, [] as [&str; 0]);
}

#[test]
fn trap_20_reports_of_tokens_show_no_token() {
    let report = Trap::of(&["tokens/", "hint/valid", "hint/victim/"]).report();
    let text = format!("{report:?}");
    assert!(text.contains("refresh_token"));
    assert!(!text.contains("eyJ"), "a token shows");
    // What stands behind these names is masked: a mask begins with a sign that no token has.
    for name in ["refresh_token=", "code=", "id_token_hint=", "password="] {
        let bare = text
            .match_indices(name)
            .filter(|(at, _)| {
                let before = text[..*at].chars().next_back();
                let value = text[at + name.len()..].chars().next();
                // `forged_code=` is another name, and the value of a parameter may be what is tried: a word.
                !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
                    && value.is_some_and(|c| c.is_ascii_alphanumeric())
            })
            .map(|(at, _)| text[at..].chars().take(60).collect::<String>())
            .collect::<Vec<_>>();
        assert_eq!(bare, [] as [&str; 0], "{name}");
    }
}
