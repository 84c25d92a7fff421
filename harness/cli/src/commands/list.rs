//! `signoff list`: what would run, and why something would not.

use super::aim;
use crate::args::ListArgs;
use crate::console::Console;
use crate::stop::Stop;
use crate::table::Table;
use mock_idp::core::{Expect, Fault, faults};
use serde_json::{Value, json};
use signoff_runner::engine::Exit;
use signoff_runner::engine::dialects::{self, DIALECTS};
use signoff_runner::rules::{Judge, Rule, catalogue};
use signoff_runner::scenarios::Scenario;
use signoff_runner::select;
use std::io::Write;

pub(crate) fn list(args: &ListArgs, console: Console) -> Result<Exit, Stop> {
    let what = &args.what;
    let listings = if what.faults {
        vec![fault_list(args)?]
    } else if what.dialects {
        vec![dialect_list(args)?]
    } else if what.targets {
        vec![target_list(args)?]
    } else {
        selected(args)?
    };
    let mut out = console.out();
    if args.json {
        let rows: Vec<Value> = listings
            .into_iter()
            .flat_map(|listing| listing.json)
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(Exit::Ok);
    }
    for (at, listing) in listings.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if listing.table.is_empty() {
            writeln!(out, "no {}", listing.what)?;
        } else {
            listing.table.write(&mut out)?;
        }
        if !listing.links.is_empty() {
            writeln!(out)?;
        }
        for (document, link) in &listing.links {
            writeln!(out, "{document}: {link}")?;
        }
    }
    Ok(Exit::Ok)
}

/// One kind of thing, for people and for scripts.
struct Listing {
    what: &'static str,
    table: Table,
    json: Vec<Value>,
    /// Where the documents of the rows are published.
    links: Vec<(&'static str, &'static str)>,
}

impl Listing {
    fn new(what: &'static str, headings: &[&str]) -> Self {
        Listing {
            what,
            table: Table::new(headings),
            json: Vec::new(),
            links: Vec::new(),
        }
    }

    fn add(&mut self, cells: Vec<String>, json: Value) {
        self.table.row(cells);
        self.json.push(json);
    }
}

/// Rules and scenarios: one of them when named, or when only scripts read it; otherwise both.
fn selected(args: &ListArgs) -> Result<Vec<Listing>, Stop> {
    let (dialect, edition) = product(args)?;
    let selection = select(&args.filters)?;
    let named_rules = args.filters.is_empty() || selection.rules.len() < catalogue::all().count();
    let mut listings = Vec::new();
    if args.what.rules || (!args.what.scenarios && named_rules) {
        let mut listing = Listing::new(
            "rules",
            &["id", "level", "status", "source", "title", "why not"],
        );
        let rules = selection.rules.iter();
        for rule in rules.filter_map(|id| catalogue::find(id)) {
            add_rule(&mut listing, rule, &dialect, edition.as_deref());
        }
        listings.push(listing);
    }
    if args.what.scenarios || (!args.what.rules && (!args.json || !named_rules)) {
        let mut listing = Listing::new("scenarios", &["id", "purpose", "why not"]);
        for scenario in &selection.scenarios {
            add_scenario(&mut listing, scenario, &dialect);
        }
        listings.push(listing);
    }
    Ok(listings)
}

/// The product for which applicability is told.
fn product(args: &ListArgs) -> Result<(String, Option<String>), Stop> {
    if let Some(name) = &args.target.target {
        let known = aim::known(&args.target)?;
        let Some(found) = known.iter().find(|target| target.name == *name) else {
            let names = known.iter().map(|target| target.name.as_str());
            return Err(Stop::unknown("target", name, names));
        };
        return Ok((found.dialect.clone(), args.target.edition.clone()));
    }
    let id = args
        .target
        .dialect
        .as_deref()
        .unwrap_or(aim::DEFAULT_DIALECT);
    let Some(dialect) = dialects::find(id) else {
        let known = DIALECTS.iter().map(|dialect| dialect.id);
        return Err(Stop::unknown("dialect", id, known));
    };
    if let Some(edition) = &args.target.edition {
        aim::check_edition(id, edition)?;
    }
    let edition = args.target.edition.clone();
    let edition = edition.or_else(|| dialect.default_edition().map(str::to_owned));
    Ok((id.to_owned(), edition))
}

/// A scenario; why not, where the product cannot be told what it says.
fn add_scenario(listing: &mut Listing, scenario: &Scenario, dialect: &str) {
    let Scenario { id, purpose, .. } = scenario;
    let reason = dialects::find(dialect).and_then(|dialect| dialect.unsayable(scenario));
    let mut json = json!({ "id": id, "purpose": purpose });
    if let Some(reason) = &reason {
        json["reason"] = reason.as_str().into();
    }
    let cells = vec![id.clone(), purpose.clone(), reason.unwrap_or_default()];
    listing.add(cells, json);
}

fn add_rule(listing: &mut Listing, rule: &Rule, dialect: &str, edition: Option<&str>) {
    let reason = match rule.judge {
        Judge::Not(_, why) => Some(why.to_owned()),
        _ if !rule.speaks_for(dialect, edition) => Some(format!("does not speak for {dialect}")),
        _ => dialects::find(dialect)
            .and_then(|dialect| dialect.unjudgeable(rule))
            .map(str::to_owned),
    };
    let document = rule.source.document;
    if let Some(link) = document.url().map(|url| (document.title(), url))
        && !listing.links.contains(&link)
    {
        listing.links.push(link);
    }
    let cells = vec![
        rule.id.to_owned(),
        rule.level.to_string(),
        rule.status().to_owned(),
        rule.source.to_string(),
        rule.title.to_owned(),
        reason.clone().unwrap_or_default(),
    ];
    let json = json!({
        "id": rule.id,
        "level": rule.level.as_str(),
        "severity": rule.severity().as_str(),
        "source": rule.source.to_string(),
        "title": rule.title,
        "status": rule.status(),
        "reason": reason,
    });
    listing.add(cells, json);
}

fn fault_list(args: &ListArgs) -> Result<Listing, Stop> {
    let dialect = args.target.dialect.as_deref();
    let fits = |fault: &&&Fault| {
        dialect.is_none_or(|id| fault.dialects.iter().any(|known| known.name() == id))
    };
    let faults: Vec<&Fault> = faults().iter().filter(fits).copied().collect();
    let faults = filtered("fault", &args.filters, faults, |fault| fault.id)?;
    let mut listing = Listing::new(
        "faults",
        &["id", "expect", "dialects", "breaks", "what it does"],
    );
    for fault in faults {
        let breaks = broken_by(fault, dialect);
        let dialects: Vec<&str> = fault.dialects.iter().map(|known| known.name()).collect();
        let cells = vec![
            fault.id.to_owned(),
            expected(fault).to_owned(),
            dialects.join(" "),
            breaks.join(" "),
            fault.summary.to_owned(),
        ];
        let json = json!({
            "id": fault.id,
            "expect": expected(fault),
            "breaks": breaks,
            "dialects": dialects,
        });
        listing.add(cells, json);
    }
    Ok(listing)
}

fn expected(fault: &Fault) -> &'static str {
    match fault.expect {
        Expect::Must => "must",
        Expect::Should => "should",
        Expect::None => "none",
    }
}

/// The rules that a fault breaks, on one dialect or on any.
pub(crate) fn broken_by(fault: &Fault, dialect: Option<&str>) -> Vec<&'static str> {
    let mut rules = Vec::new();
    for (_, broken) in fault
        .breaks
        .iter()
        .filter(|(of, _)| dialect.is_none_or(|id| of.name() == id))
    {
        for rule in *broken {
            if !rules.contains(rule) {
                rules.push(*rule);
            }
        }
    }
    rules
}

fn dialect_list(args: &ListArgs) -> Result<Listing, Stop> {
    let dialects = filtered("dialect", &args.filters, DIALECTS.to_vec(), |dialect| {
        dialect.id
    })?;
    let mut listing = Listing::new("dialects", &["id", "editions", "what it is"]);
    for dialect in dialects {
        let cells = vec![
            dialect.id.to_owned(),
            dialect.editions.join(" "),
            dialect.summary.to_owned(),
        ];
        let json = json!({
            "id": dialect.id,
            "editions": dialect.editions,
            "summary": dialect.summary,
        });
        listing.add(cells, json);
    }
    Ok(listing)
}

fn target_list(args: &ListArgs) -> Result<Listing, Stop> {
    let known = aim::known(&args.target)?;
    let known = filtered("target", &args.filters, known.iter().collect(), |target| {
        target.name.as_str()
    })?;
    let mut listing = Listing::new("targets", &["id", "dialect", "issuer", "description"]);
    for target in known {
        let cells = vec![
            target.name.clone(),
            target.dialect.clone(),
            target.issuer.clone(),
            target.description.clone(),
        ];
        let json = json!({
            "id": target.name,
            "dialect": target.dialect,
            "description": target.description,
        });
        listing.add(cells, json);
    }
    Ok(listing)
}

/// What begins with one of the filters; a filter that matches nothing is an error.
fn filtered<'i, T: Copy>(
    kind: &str,
    filters: &[String],
    items: Vec<T>,
    id: impl Fn(T) -> &'i str,
) -> Result<Vec<T>, Stop> {
    for filter in filters {
        if !items
            .iter()
            .any(|item| id(*item).starts_with(filter.as_str()))
        {
            return Err(Stop::unknown(
                kind,
                filter,
                items.iter().map(|item| id(*item)),
            ));
        }
    }
    let kept = items.into_iter().filter(|item| {
        filters.is_empty()
            || filters
                .iter()
                .any(|filter| id(*item).starts_with(filter.as_str()))
    });
    Ok(kept.collect())
}
