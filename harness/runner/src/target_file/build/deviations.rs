//! Declared differences.

use super::{Builder, Result};
use crate::target_file::entry::DeviationEntry;
use signoff_rules::catalogue;
use signoff_rules::deviation::{By, Deviation, NEVER_WAIVED, When};
use signoff_rules::rule::Grade;

impl Builder<'_> {
    pub(super) fn deviations(
        &self,
        entries: &[DeviationEntry],
    ) -> Result<(Vec<Deviation>, Vec<String>)> {
        let (mut deviations, mut notes) = (Vec::new(), Vec::new());
        for entry in entries {
            if self.has_ended(entry)? {
                notes.push(format!(
                    "the deviation of {} ended with {} and no longer counts",
                    entry.rule.ids().join(", "),
                    entry.until.as_deref().unwrap_or("")
                ));
            } else {
                deviations.push(self.deviation(entry)?);
            }
        }
        Ok((deviations, notes))
    }

    fn has_ended(&self, entry: &DeviationEntry) -> Result<bool> {
        let Some(until) = &entry.until else {
            return Ok(false);
        };
        let last: jiff::civil::Date = until.parse().map_err(|_| {
            let problem = format!("`{until}` is no date");
            self.wrong("deviation.until", problem, "write it as 2027-03-01")
        })?;
        Ok(last < self.reader.today)
    }

    fn deviation(&self, entry: &DeviationEntry) -> Result<Deviation> {
        let ids = entry.rule.ids();
        let rules: Result<Vec<String>> = ids.into_iter().map(|id| self.rule(id)).collect();
        if entry.reason.trim().is_empty() {
            return Err(self.wrong(
                "deviation.reason",
                "it is empty",
                "say why the product differs",
            ));
        }
        Ok(Deviation {
            rules: rules?,
            when: When::parse(&entry.when)
                .map_err(|why| self.wrong("deviation.when", why, "correct the predicate"))?,
            by: By::parse(&entry.by)
                .map_err(|why| self.wrong("deviation.by", why, "name what is seen instead"))?,
            reason: entry.reason.clone(),
            source: entry
                .source
                .clone()
                .unwrap_or_else(|| format!("declared in {}", self.file.display())),
            grade: Grade::Documented,
            until: entry.until.clone(),
        })
    }

    fn rule(&self, id: &str) -> Result<String> {
        let Some(rule) = catalogue::find(id) else {
            let known: Vec<&str> = catalogue::all().map(|rule| rule.id).collect();
            let advice = match crate::nearest::nearest(id, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`signoff list --rules` names them all".to_owned(),
            };
            return Err(self.wrong(
                "deviation.rule",
                format!("no rule is called `{id}`"),
                advice,
            ));
        };
        if NEVER_WAIVED.contains(&rule.id) {
            return Err(self.wrong(
                "deviation.rule",
                format!("nothing may waive {}", rule.id),
                "remove it; a baseline can hold what is broken today",
            ));
        }
        Ok(rule.id.to_owned())
    }
}
