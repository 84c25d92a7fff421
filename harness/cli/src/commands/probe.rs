//! `signoff probe`: does a target answer, does signing in and off work, and what will be skipped?

use super::{aim, consent};
use crate::args::ProbeArgs;
use crate::console::Console;
use crate::stop::Stop;
use serde_json::{Value, json};
use signoff_runner::engine::campaign::Prepared;
use signoff_runner::engine::{Exit, RunReport, Target};
use signoff_runner::{Run, select};
use std::io::{self, Write};

/// The scenario that shows that signing off works at all.
const ORDERLY: &str = "hint/valid";

pub(crate) async fn probe(args: ProbeArgs, console: Console) -> Result<Exit, Stop> {
    let aimed = aim::take(&args.target, &[], aim::Overrides::default())?;
    for note in &aimed.notes {
        console.note(note);
    }
    let target = aimed.aim.target().clone();
    consent::obtain(&target, aimed.access.as_ref(), args.yes, console)?;
    let prepared = signoff_runner::probe(&aimed.aim).await?;
    let mut selection = select(&[ORDERLY])?;
    selection
        .scenarios
        .retain(|scenario| scenario.id == ORDERLY);
    let report = Run::of(aimed.aim).selection(selection).quietly().await?;
    let found = Found {
        target: &target,
        prepared: &prepared,
        failure: failure(&report),
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
    let of_cases = || report.cases.iter().find_map(of_case);
    report.unreachable.clone().or_else(of_cases)
}

struct Found<'p> {
    target: &'p Target,
    prepared: &'p Prepared,
    failure: Option<String>,
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

    /// What the target lacks, and what that would unlock.
    fn missing(&self) -> Vec<(&'static str, &'static str)> {
        let target = self.target;
        let asked = [
            (
                target.other_client.is_none(),
                "other_client",
                "scenarios with two clients",
            ),
            (
                target.other_user.is_none(),
                "other_user",
                "scenarios with two users",
            ),
            (
                target.disposable_client.is_none(),
                "disposable_client",
                "scenarios that disable a client",
            ),
            (
                target.signing_key.is_none(),
                "signing_key",
                "hints that only the provider could sign",
            ),
            (
                self.prepared.foreign_id_token.is_none(),
                "other_tenant",
                "hints that another tenant issued",
            ),
            (
                target.client.post_logout_redirect_uris.is_empty(),
                "client.post_logout",
                "redirects after sign-off",
            ),
            (
                self.endpoint("end_session_endpoint").is_none(),
                "end_session_endpoint",
                "everything: the metadata name no logout endpoint",
            ),
        ];
        let lacks = asked.into_iter().filter(|(lacks, ..)| *lacks);
        lacks.map(|(_, what, unlocks)| (what, unlocks)).collect()
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
        for (what, unlocks) in self.missing() {
            writeln!(out, "  skipped    without {what}: {unlocks}")?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let missing = self.missing().into_iter();
        let missing: Vec<Value> = missing
            .map(|(what, unlocks)| json!({ "lacks": what, "skipped": unlocks }))
            .collect();
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
        })
    }
}
