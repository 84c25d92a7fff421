//! Markdown: for the summary of a job, and for an issue that a maintainer can act on.

use super::findings::{Finding, Mark};
use super::shown::{self, count, line};
use signoff_engine::report::{Exit, RunReport};
use std::io::{self, Write};

/// Cases that are named for a finding; the JSON report has all of them.
const MOST_CASES: usize = 20;

/// Writes the report.
pub(crate) fn write(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    head(out, report)?;
    let findings = Finding::all(report);
    for (at, finding) in findings.iter().enumerate() {
        if at == 0 {
            writeln!(out, "\n## Findings")?;
        }
        finding_of(out, at + 1, finding, report)?;
    }
    undecided(out, report)?;
    flaky(out, report)?;
    drift(out, report)?;
    not_applicable(out, report)
}

/// What did not go the same way when it was repeated.
fn flaky(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    if !report.flaky.is_empty() {
        writeln!(out, "\n## Flaky\n")?;
    }
    for flaky in &report.flaky {
        writeln!(
            out,
            "- {} {}",
            code(&flaky.scenario),
            text(&shown::flaky(flaky))
        )?;
    }
    Ok(())
}

fn head(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    let sums = &report.summary;
    let edition = report
        .edition
        .as_ref()
        .map_or(String::new(), |edition| format!(" ({edition})"));
    let exits: Vec<String> = report
        .exits()
        .into_iter()
        .map(|exit| format!("{} ({})", exit.code(), exit.describe()))
        .collect();
    let mark = if report.exit() == Exit::Ok {
        "✅"
    } else {
        "❌"
    };
    writeln!(
        out,
        "# {mark} Sign-off of {}\n\njudged by `signoff {}` · dialect {}{} · seed {} · {} · {} · {} · {}\n\n**exit {}**\n",
        text(&report.target),
        env!("CARGO_PKG_VERSION"),
        text(&report.dialect),
        text(&edition),
        report.seed,
        shown::counted(sums.cases, "case"),
        shown::counted(sums.requests, "request"),
        shown::counted(sums.sign_ins, "sign-in"),
        shown::duration(sums.duration_ms),
        exits.join(", "),
    )?;
    if !report.description.is_empty() {
        writeln!(out, "The target: {}\n", text(&report.description))?;
    }
    if !report.faults.is_empty() {
        writeln!(
            out,
            "Faults switched on in the mock: {}\n",
            text(&report.faults.join(", "))
        )?;
    }
    writeln!(
        out,
        "| broken | known | of these MUST | baselined | stale | undecided | kept | drift |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n| {} | {} | {} | {} | {} | {} | {} | {} |",
        count(sums.violated),
        count(sums.known),
        count(sums.known_must),
        count(sums.baselined),
        count(sums.stale),
        count(sums.undecided),
        count(sums.kept),
        count(sums.drift),
    )?;
    if let Some(why) = &report.unreachable {
        writeln!(out, "\n**The target could not be judged:** {}", text(why))?;
    }
    for case in &report.cases {
        if let Some(error) = &case.error {
            writeln!(
                out,
                "\n**{} broke off:** {}",
                code(&case.scenario),
                text(error)
            )?;
        }
    }
    Ok(())
}

fn finding_of(
    out: &mut impl Write,
    number: usize,
    finding: &Finding<'_>,
    report: &RunReport,
) -> io::Result<()> {
    let first = finding.first();
    let rule = finding.rule();
    let title = rule.map_or(first.name, |rule| rule.title);
    writeln!(
        out,
        "\n### {number}. {} {} · {}: {}\n",
        finding.mark.word(),
        first.rule,
        first.level,
        text(title)
    )?;
    if let Some(sentence) = rule.and_then(|rule| rule.part("")) {
        writeln!(out, "> {}\n", sentence.replace('\n', "\n> "))?;
    }
    match finding.link() {
        Some(link) => writeln!(out, "[{}]({link})\n", text(&first.source))?,
        None => writeln!(out, "{}\n", text(&first.source))?,
    }
    if !finding.also.is_empty() {
        let also = finding.references().join("; ");
        writeln!(out, "It breaks as well: {}\n", text(&also))?;
    }
    for (at, expected) in first.expected.iter().enumerate() {
        let label = if at == 0 { "Expected" } else { "or" };
        writeln!(out, "- **{label}** {}", text(expected))?;
    }
    if let Some(actual) = &first.actual {
        writeln!(out, "- **Received** {}", text(actual))?;
    }
    if let Some(reason) = first
        .reason
        .as_ref()
        .filter(|_| finding.mark == Mark::Stale)
    {
        writeln!(out, "- **Reason** {}", text(reason))?;
    }
    writeln!(out, "- **Repeat** {}", code(&first.repeat))?;
    if let Some(case) = finding.case() {
        if let Some(curl) = &case.curl {
            writeln!(out, "\n{}", fenced("sh", curl))?;
        }
        if !case.transcript.is_empty() {
            writeln!(
                out,
                "\n<details><summary>The exchanges, masked ({})</summary>\n\n{}\n\n</details>",
                text(&case.scenario),
                fenced("http", &case.transcript)
            )?;
        }
    }
    for heading in ["Why it matters", "How to fix"] {
        if let Some(part) = rule.and_then(|rule| rule.part(heading)) {
            writeln!(out, "\n**{heading}.** {}", part.replace('\n', " "))?;
        }
    }
    writeln!(
        out,
        "\nShown by {} of {} cases: {}",
        count(finding.cases().len()),
        count(report.summary.cases),
        cases(finding)
    )
}

fn cases(finding: &Finding<'_>) -> String {
    let all = finding.cases();
    let named: Vec<String> = all
        .iter()
        .take(MOST_CASES)
        .map(|judgement| code(&judgement.scenario))
        .collect();
    let rest = all.len().saturating_sub(MOST_CASES);
    match rest {
        0 => named.join(", "),
        more => format!("{} and {} more", named.join(", "), count(more)),
    }
}

fn undecided(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    if report.undecided_rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Decided in no case\n")?;
    for (rule, why) in &report.undecided_rules {
        writeln!(out, "- {rule}: {}", text(why))?;
    }
    Ok(())
}

fn drift(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    if report.drift.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Behaviour that differs from its snapshot")?;
    for drift in &report.drift {
        writeln!(
            out,
            "\n{}\n\n{}",
            code(&drift.scenario),
            fenced("diff", &drift.diff)
        )?;
    }
    Ok(())
}

fn not_applicable(out: &mut impl Write, report: &RunReport) -> io::Result<()> {
    if report.not_applicable.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n<details><summary>Not applicable here: {}</summary>\n",
        shown::counted(report.not_applicable.len(), "rule")
    )?;
    for rule in &report.not_applicable {
        writeln!(out, "- {}: {}", rule.rule, text(&rule.reason))?;
    }
    writeln!(out, "\n</details>")
}

/// Text on one line that is shown as it is: what a target answered must not become markup.
fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for letter in line(raw).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '@' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// The same as code, whatever backticks are in it.
fn code(raw: &str) -> String {
    let raw = line(raw);
    let fence = "`".repeat(longest_run(&raw) + 1);
    if raw.starts_with('`') || raw.ends_with('`') {
        format!("{fence} {raw} {fence}")
    } else {
        format!("{fence}{raw}{fence}")
    }
}

/// A block of code, whatever fences are in it.
fn fenced(language: &str, raw: &str) -> String {
    let fence = "`".repeat(longest_run(raw).max(2) + 1);
    let lines: Vec<_> = raw.lines().map(line).collect();
    format!("{fence}{language}\n{}\n{fence}", lines.join("\n"))
}

/// How many backticks stand together at most.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut current) = (0, 0);
    for letter in text.chars() {
        current = if letter == '`' { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{judgement, run, with_drift, with_flaky};
    use signoff_engine::report::Outcome;

    fn written(report: &RunReport) -> String {
        let mut out = Vec::new();
        write(&mut out, report).expect("written");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_finding_has_all_that_a_maintainer_needs() {
        let text = written(&run(vec![
            judgement(Outcome::Violated, "redirect/a"),
            judgement(Outcome::Violated, "redirect/b"),
        ]));
        for part in [
            "### 1. FAIL RPIL-3-04 · MUST NOT",
            "> The OP does not send the End-User",
            "https://openid.net/specs/",
            "**Expected** an error page",
            "**or** a question",
            "**Received** 302",
            "```sh\ncurl -i",
            "**Why it matters.**",
            "**How to fix.**",
            "Shown by 2 of 2 cases: `redirect/a`, `redirect/b`",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }

    #[test]
    fn what_a_target_answered_does_not_become_markup() {
        let mut broken = judgement(Outcome::Violated, "a");
        broken.actual = Some("<img src=x> [a](javascript:b) `c` |\n# d @all".to_owned());
        let mut report = run(vec![broken]);
        report.cases[0].transcript = "```\n</details><script>".to_owned();
        let text = written(&report);
        assert!(!text.contains("<img"), "{text}");
        assert!(!text.contains("[a](javascript"), "{text}");
        assert!(!text.contains("\n# d"), "{text}");
        assert!(
            text.contains("````http\n```\n</details><script>\n````"),
            "{text}"
        );
    }

    #[test]
    fn a_clean_run_says_so_and_has_no_findings() {
        let text = written(&run(vec![judgement(Outcome::Kept, "a")]));
        assert!(text.starts_with("# ✅"), "{text}");
        assert!(
            text.contains("**exit 0 (all that was selected ran)**"),
            "{text}"
        );
        assert!(!text.contains("## Findings"), "{text}");
    }

    #[test]
    fn product_and_version_are_named() {
        let text = written(&run(vec![judgement(Outcome::Kept, "a")]));
        assert!(
            text.contains("\nThe target: A product, version 1.2\n"),
            "{text}"
        );
    }

    #[test]
    fn what_was_flaky_has_a_section() {
        let text = written(&with_flaky(run(vec![judgement(Outcome::Kept, "a")])));
        assert!(
            text.contains("\n## Flaky\n\n- `hint/absent` RPIL-3-04 broken at first"),
            "{text}"
        );
        assert!(!written(&run(vec![judgement(Outcome::Kept, "a")])).contains("Flaky"));
    }

    #[test]
    fn drift_is_shown_as_a_difference() {
        let text = written(&with_drift(run(vec![judgement(Outcome::Kept, "a")])));
        assert!(text.contains("```diff\n-status 302"), "{text}");
    }
}
