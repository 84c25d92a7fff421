//! `signoff explain`: a rule in full, from the header of its own file.

use super::list::broken_by;
use crate::args::{ExplainArgs, ExplainFormat};
use crate::console::Console;
use crate::stop::Stop;
use mock_idp::core::faults;
use serde_json::{Value, json};
use signoff_runner::engine::Exit;
use signoff_runner::rules::{Judge, Rule, catalogue};
use std::io::{self, Write};

pub(crate) fn explain(args: &ExplainArgs, console: Console) -> Result<Exit, Stop> {
    let rules: Vec<&Rule> = match &args.id {
        Some(id) => vec![
            catalogue::find(id)
                .ok_or_else(|| Stop::unknown("rule", id, catalogue::all().map(|rule| rule.id)))?,
        ],
        None => catalogue::all().collect(),
    };
    let mut out = console.out();
    match args.format {
        ExplainFormat::Json => {
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
        ExplainFormat::Md => separated(&mut out, &rules, as_markdown)?,
        ExplainFormat::Text => separated(&mut out, &rules, as_text)?,
    }
    Ok(Exit::Ok)
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
        Judge::SignOff(_) | Judge::Discovery(_) => None,
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

/// Where the sentence stands, how binding it is, and what shows that the rule works.
fn facts(rule: &Rule) -> Vec<(&'static str, String)> {
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
    let faults = breakers(rule);
    if !faults.is_empty() {
        facts.push(("faults", faults.join(", ")));
    }
    if rule.is_judged() {
        facts.push(("try", format!("signoff run {}", rule.id)));
    }
    facts
}

fn as_text(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
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
    for (name, value) in facts(rule) {
        writeln!(out, "{name:<9} {value}")?;
    }
    Ok(())
}

fn as_markdown(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    writeln!(out, "## {} {}\n", rule.id, rule.name)?;
    for line in explanation(rule).lines() {
        match line.strip_prefix("# ") {
            Some(heading) => writeln!(out, "### {heading}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    writeln!(out)?;
    for (name, value) in facts(rule) {
        writeln!(out, "- {name}: {value}")?;
    }
    Ok(())
}

fn as_json(rule: &Rule) -> Value {
    json!({
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
        "faults": breakers(rule),
    })
}
