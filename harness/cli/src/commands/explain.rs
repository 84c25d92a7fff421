//! `signoff explain`: a rule in full, from the header of its own file.

use super::list::broken_by;
use crate::args::{ExplainArgs, ExplainFormat};
use crate::console::Console;
use crate::stop::Stop;
use mock_idp::core::{SignatureMemo, faults};
use serde_json::{Value, json};
use signoff_runner::embedded::{DIALECTS, dialect, kill};
use signoff_runner::engine::{Exit, Outcome};
use signoff_runner::rules::{Judge, Rule, Trial, catalogue};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

pub(crate) fn explain(args: &ExplainArgs, console: Console) -> Result<Exit, Stop> {
    let rules: Vec<&Rule> = match &args.id {
        Some(id) => vec![
            catalogue::find(id)
                .ok_or_else(|| Stop::unknown("rule", id, catalogue::all().map(|rule| rule.id)))?,
        ],
        None => catalogue::all().collect(),
    };
    let decided = if args.scenarios {
        Some(decided()?)
    } else {
        None
    };
    let mut out = console.out();
    match args.format {
        ExplainFormat::Json => {
            let as_json = |rule| as_json(rule, decided.as_ref());
            let mut explained: Vec<Value> = rules.into_iter().map(as_json).collect();
            let value = match explained.pop() {
                Some(only) if !args.all => only,
                last => {
                    explained.extend(last);
                    Value::from(explained)
                }
            };
            serde_json::to_writer_pretty(&mut out, &value).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ExplainFormat::Md => {
            separated(&mut out, &rules, |out, rule| {
                as_markdown(out, rule, decided.as_ref())
            })?;
        }
        ExplainFormat::Text => {
            separated(&mut out, &rules, |out, rule| {
                as_text(out, rule, decided.as_ref())
            })?;
        }
    }
    Ok(Exit::Ok)
}

/// For each rule the cases of the mock in which it is decided, on any dialect.
type Decided = BTreeMap<&'static str, BTreeSet<String>>;

fn decided() -> Result<Decided, Stop> {
    let mut decided = Decided::new();
    let signatures = SignatureMemo::new();
    for id in DIALECTS.iter().filter_map(|id| dialect(id)) {
        let report = kill::run(id, &[], 1, &signatures).map_err(Stop::defect)?;
        for judgement in report.judgements {
            if !matches!(
                judgement.outcome,
                Outcome::Undecided | Outcome::NotApplicable
            ) {
                let cases = decided.entry(judgement.rule).or_default();
                cases.insert(judgement.scenario);
            }
        }
    }
    Ok(decided)
}

/// Those of one rule; nothing when they were not asked for.
fn cases<'d>(rule: &Rule, decided: Option<&'d Decided>) -> Option<Vec<&'d str>> {
    let cases = decided?.get(rule.id).into_iter().flatten();
    Some(cases.map(String::as_str).collect())
}

fn separated<W: Write>(
    out: &mut W,
    rules: &[&Rule],
    write: impl Fn(&mut W, &Rule) -> io::Result<()>,
) -> io::Result<()> {
    for (at, rule) in rules.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write(out, rule)?;
    }
    Ok(())
}

/// The faults of the mock that break the rule.
fn breakers(rule: &Rule) -> Vec<&'static str> {
    let faults = faults().iter();
    faults
        .filter(|fault| broken_by(fault, None).contains(&rule.id))
        .map(|fault| fault.id)
        .collect()
}

fn reason(rule: &Rule) -> Option<&'static str> {
    match rule.judge {
        Judge::Not(_, why) => Some(why),
        Judge::SignOff(_) | Judge::Discovery(_) | Judge::Trial(..) => None,
    }
}

/// The explanation; a rule without a file of its own has its sentence.
fn explanation(rule: &Rule) -> String {
    let text = rule.explanation();
    if text.is_empty() {
        let title = rule.title;
        match reason(rule) {
            Some(why) => format!(
                "{title}\n\nThis rule is not judged ({}): {why}",
                rule.status()
            ),
            None => title.to_owned(),
        }
    } else {
        text
    }
}

/// What it takes to judge: runs beside the request, or another endpoint.
fn needs(rule: &Rule) -> Vec<&'static str> {
    match rule.judge {
        Judge::Trial(Trial::Registration, _) => {
            vec!["a registration_endpoint that is open to everybody"]
        }
        Judge::Trial(Trial::Revocation, _) => vec!["a revocation_endpoint", "refresh tokens"],
        Judge::Trial(Trial::SilentRequests, _) => vec!["a session at the authorization_endpoint"],
        Judge::Discovery(_) => vec!["the discovery document"],
        Judge::SignOff(_) | Judge::Not(..) => {
            let controls = rule.needs.iter();
            controls.map(|control| control.describe()).collect()
        }
    }
}

/// Where the sentence stands, how binding it is, and what shows that the rule works.
fn facts(rule: &Rule, decided: Option<&Decided>) -> Vec<(&'static str, String)> {
    let link = rule.source.document.url();
    let source = match link {
        Some(link) => format!("{} · {link}", rule.source),
        None => rule.source.to_string(),
    };
    let mut facts = vec![
        (
            "level",
            format!(
                "{} (a violation counts as {})",
                rule.level,
                rule.severity().as_str()
            ),
        ),
        ("source", source),
        ("evidence", rule.grade.word().to_owned()),
        ("status", rule.status().to_owned()),
    ];
    let needs = needs(rule);
    if !needs.is_empty() {
        facts.push(("needs", needs.join(", ")));
    }
    if let Some(cases) = cases(rule, decided) {
        facts.push(("scenarios", cases.join(", ")));
    }
    let faults = breakers(rule);
    if !faults.is_empty() {
        facts.push(("faults", faults.join(", ")));
    }
    if rule.is_judged() {
        facts.push(("try", format!("signoff run {}", rule.id)));
    }
    facts
}

fn as_text(out: &mut impl Write, rule: &Rule, decided: Option<&Decided>) -> io::Result<()> {
    const BOLD: anstyle::Style = anstyle::Style::new().bold();
    writeln!(out, "{BOLD}{} {}{BOLD:#}", rule.id, rule.name)?;
    writeln!(out)?;
    for line in explanation(rule).lines() {
        match line.strip_prefix("# ") {
            Some(heading) => writeln!(out, "{BOLD}{heading}{BOLD:#}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    writeln!(out)?;
    for (name, value) in facts(rule, decided) {
        writeln!(out, "{name:<9} {value}")?;
    }
    Ok(())
}

fn as_markdown(out: &mut impl Write, rule: &Rule, decided: Option<&Decided>) -> io::Result<()> {
    writeln!(out, "## {} {}\n", rule.id, rule.name)?;
    for line in explanation(rule).lines() {
        match line.strip_prefix("# ") {
            Some(heading) => writeln!(out, "### {heading}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    writeln!(out)?;
    for (name, value) in facts(rule, decided) {
        writeln!(out, "- {name}: {value}")?;
    }
    Ok(())
}

fn as_json(rule: &Rule, decided: Option<&Decided>) -> Value {
    let mut json = json!({
        "id": rule.id,
        "name": rule.name,
        "level": rule.level.as_str(),
        "severity": rule.severity().as_str(),
        "source": rule.source.to_string(),
        "url": rule.source.document.url(),
        "title": rule.title,
        "evidence": rule.grade.word(),
        "status": rule.status(),
        "reason": reason(rule),
        "explanation": explanation(rule),
        "needs": needs(rule),
        "faults": breakers(rule),
    });
    if let Some(cases) = cases(rule, decided) {
        json["scenarios"] = cases.into();
    }
    json
}
