//! `RULES.md`, the catalogue for readers: made from the rules' own files, and checked.

#![expect(
    clippy::disallowed_methods,
    reason = "the generated list is a file of the repository"
)]

use signoff_rules::catalogue::all;
use signoff_rules::rule::{Judge, Rule};
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn the_list_of_rules_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../RULES.md");
    let now = rendered();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &now).expect("the list can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "RULES.md is not what the rules say now:\n\n    UPDATE=1 cargo test -p signoff-rules --test rules_md && git diff RULES.md\n"
    );
}

fn rendered() -> String {
    let mut text = String::from(
        "# Rules\n\nGenerated: `UPDATE=1 cargo test -p signoff-rules --test rules_md`. One row a sentence, in the order of the documents;\n\
         `signoff explain ID` prints a rule in full. Rules whose source is *common sense security* are our own.\n\n",
    );
    let judged = all().filter(|rule| rule.is_judged()).count();
    let _ = writeln!(
        text,
        "{} sentences, of which {judged} are judged.",
        all().count()
    );
    let mut document = "";
    for rule in all() {
        let title = rule.source.document.title();
        if title != document {
            document = title;
            let _ = write!(text, "\n## {title}\n\n");
            if let Some(url) = rule.source.document.url() {
                let _ = write!(text, "<{url}>\n\n");
            }
            text.push_str(
                "| id | level | section | sentence | status |\n| --- | --- | --- | --- | --- |\n",
            );
        }
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            rule.id,
            rule.level,
            rule.source.section,
            rule.title.replace('|', "\\|"),
            status(rule)
        );
    }
    text
}

/// `judged`, with what it needs and what else it stands for; or why it is not.
fn status(rule: &Rule) -> String {
    match rule.judge {
        Judge::Not(why, reason) => format!("{}: {reason}", why.word()),
        Judge::SignOff(_) | Judge::Discovery(_) | Judge::Trial(..) => {
            let needs: Vec<&str> = rule
                .needs
                .iter()
                .map(|control| control.describe())
                .collect();
            let beside = if needs.is_empty() {
                String::new()
            } else {
                format!(", beside {}", needs.join(" and "))
            };
            let tags = if rule.tags.is_empty() {
                String::new()
            } else {
                format!(" ({})", rule.tags.join(", "))
            };
            format!("judged{beside}{tags}")
        }
    }
}
