//! `signoff probe`: does a target answer, does signing in and off work, and what will be skipped?

mod capability;

use super::{aim, consent};
use crate::args::ProbeArgs;
use crate::console::Console;
use crate::stop::Stop;
use capability::Capability;
use serde_json::{Value, json};
use signoff_runner::engine::campaign::Prepared;
use signoff_runner::engine::{Exit, RunReport, Target};
use signoff_runner::rules::record::SignedIn;
use signoff_runner::{Aim, Run, select};
use std::io::{self, Write};

/// The scenario that shows that signing off works at all.
const ORDERLY: &str = "hint/valid";

/// The same by POST.
const BY_POST: &str = "method/post/orderly";

pub(crate) async fn probe(args: ProbeArgs, console: Console) -> Result<Exit, Stop> {
    let aimed = aim::take(&args.target, &[], aim::Overrides::default())?;
    for note in &aimed.notes {
        console.note(note);
    }
    let target = aimed.aim.target().clone();
    consent::obtain(&target, aimed.access.as_ref(), args.yes, console)?;
    let prepared = Box::pin(signoff_runner::probe(&aimed.aim)).await?;
    let mut selection = select(&[ORDERLY, BY_POST])?;
    selection
        .scenarios
        .retain(|scenario| [ORDERLY, BY_POST].contains(&scenario.id.as_str()));
    let controlled = match &aimed.aim {
        Aim::Embedded(..) => true,
        Aim::Http(http) => http.control.is_some(),
    };
    let report = Run::of(aimed.aim).selection(selection).quietly().await?;
    let found = Found {
        target: &target,
        prepared: &prepared,
        failure: failure(&report),
        report: &report,
        controlled,
        heard: !prepared.world.listening.is_empty(),
    };
    let mut out = console.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &found.json()).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        found.write(&mut out)?;
    }
    Ok(if found.failure.is_none() {
        Exit::Ok
    } else {
        Exit::Unreachable
    })
}

/// Why the orderly sign-off got no answer, if it got none.
fn failure(report: &RunReport) -> Option<String> {
    let of_case = |case: &signoff_runner::engine::report::CaseReport| {
        case.error.clone().or_else(|| case.not_applicable.clone())
    };
    let orderly = |case: &&signoff_runner::engine::report::CaseReport| case.scenario == ORDERLY;
    let of_cases = || report.cases.iter().find(orderly).and_then(of_case);
    report.unreachable.clone().or_else(of_cases)
}

struct Found<'p> {
    target: &'p Target,
    prepared: &'p Prepared,
    failure: Option<String>,
    /// The orderly sign-off, by GET and by POST.
    report: &'p RunReport,
    /// Whether the target's clock and clients can be changed from here.
    controlled: bool,
    /// Whether somebody listens at a client's back-channel address.
    heard: bool,
}

impl Found<'_> {
    fn endpoint(&self, name: &str) -> Option<&str> {
        self.prepared.world.metadata.as_ref()?.text(name)
    }

    /// How many keys the JWK Set has.
    fn keys(&self) -> usize {
        let jwks = self.prepared.world.jwks.as_ref();
        let parsed = jwks.and_then(|answer| serde_json::from_slice::<Value>(&answer.body).ok());
        parsed
            .and_then(|jwks| jwks.get("keys")?.as_array().map(Vec::len))
            .unwrap_or(0)
    }

    /// The sign-in that showed that signing in works.
    fn sign_in(&self) -> Option<&SignedIn> {
        let first = self.prepared.first.as_ref()?;
        first.record.ledger.sign_ins.first()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{} · {} · {}",
            self.target.name, self.target.dialect, self.target.issuer
        )?;
        writeln!(out, "  discovery  answered")?;
        writeln!(out, "  keys       {}", self.keys())?;
        writeln!(out, "  sign-in    works, as {}", self.target.user.name)?;
        let endpoint = self.endpoint("end_session_endpoint").unwrap_or("not named");
        match &self.failure {
            None => writeln!(out, "  sign-off   answers at {endpoint}")?,
            Some(why) => writeln!(out, "  sign-off   {endpoint}: {why}")?,
        }
        writeln!(out, "  can")?;
        for capability in self.capabilities() {
            let word = match capability.there {
                Some(true) => "yes",
                Some(false) => "no",
                None => "?",
            };
            writeln!(
                out,
                "    {word:<4} {:<22} {} · unlocks {}",
                capability.name, capability.how, capability.unlocks
            )?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let capabilities = self.capabilities();
        let missing = capabilities
            .iter()
            .filter(|capability| capability.there == Some(false));
        let missing: Vec<Value> = missing
            .map(|missing| json!({ "lacks": missing.name, "skipped": missing.unlocks }))
            .collect();
        let capabilities: Vec<Value> = capabilities.iter().map(Capability::json).collect();
        json!({
            "target": self.target.name,
            "dialect": self.target.dialect,
            "issuer": self.target.issuer,
            "end_session_endpoint": self.endpoint("end_session_endpoint"),
            "keys": self.keys(),
            "sign_in": true,
            "sign_off": self.failure.is_none(),
            "failure": self.failure,
            "missing": missing,
            "capabilities": capabilities,
        })
    }
}
