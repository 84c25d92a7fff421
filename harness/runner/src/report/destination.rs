//! `--report FORMAT=PATH`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One object, for scripts.
    Json,
    /// A line of JSON for each event, for programs that watch.
    Ndjson,
    /// `JUnit` XML, for continuous integration.
    Junit,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Markdown, for the summary of a job or an issue.
    Markdown,
    /// One HTML file that needs nothing else.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 7] = [
        Format::Text,
        Format::Json,
        Format::Ndjson,
        Format::Junit,
        Format::Sarif,
        Format::Markdown,
        Format::Html,
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Junit => "junit",
            Format::Sarif => "sarif",
            Format::Markdown => "md",
            Format::Html => "html",
        }
    }
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The standard output.
    Stdout,
    /// A file, which is replaced.
    File(PathBuf),
}

/// One report: what and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTo {
    /// The format.
    pub format: Format,
    /// The place.
    pub to: Destination,
}

impl ReportTo {
    /// A report on the standard output.
    pub fn stdout(format: Format) -> Self {
        ReportTo {
            format,
            to: Destination::Stdout,
        }
    }
}

impl fmt::Display for ReportTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.to {
            Destination::Stdout => write!(f, "{}=-", self.format.word()),
            Destination::File(path) => write!(f, "{}={}", self.format.word(), path.display()),
        }
    }
}

/// Why a `--report` is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongReport {
    /// It has not the form `FORMAT=PATH`.
    Form(String),
    /// No format is called so.
    Unknown {
        /// What was written.
        format: String,
        /// The nearest name, if one is near.
        nearest: Option<&'static str>,
    },
}

impl fmt::Display for WrongReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongReport::Form(text) => write!(
                f,
                "`{text}` is not of the form FORMAT=PATH, such as json=report.json; `-` stands for the standard output"
            ),
            WrongReport::Unknown { format, nearest } => {
                write!(f, "no report format is called `{format}`")?;
                match nearest {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => write!(
                        f,
                        "; there are {}",
                        Format::ALL.map(Format::word).join(", ")
                    ),
                }
            }
        }
    }
}

impl std::error::Error for WrongReport {}

impl FromStr for ReportTo {
    type Err = WrongReport;

    fn from_str(text: &str) -> Result<Self, WrongReport> {
        let Some((format, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
            return Err(WrongReport::Form(text.to_owned()));
        };
        let Some(known) = Format::ALL.into_iter().find(|known| known.word() == format) else {
            return Err(unknown(format));
        };
        let to = match path {
            "-" => Destination::Stdout,
            path => Destination::File(PathBuf::from(path)),
        };
        Ok(ReportTo { format: known, to })
    }
}

fn unknown(format: &str) -> WrongReport {
    let nearest = crate::nearest::nearest(format, Format::ALL.map(Format::word));
    WrongReport::Unknown {
        format: format.to_owned(),
        nearest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_and_path_are_parted_at_the_first_equals_sign() {
        let report: ReportTo = "junit=out/a=b.xml".parse().unwrap();
        assert_eq!(report.format, Format::Junit);
        assert_eq!(report.to, Destination::File(PathBuf::from("out/a=b.xml")));
        assert_eq!("json=-".parse(), Ok(ReportTo::stdout(Format::Json)));
    }

    #[test]
    fn a_misspelt_format_is_answered_with_the_nearest_one() {
        let wrong = "jsn=x".parse::<ReportTo>().unwrap_err();
        assert!(wrong.to_string().contains("did you mean `json`"), "{wrong}");
        let wrong = "pdf=x".parse::<ReportTo>().unwrap_err();
        assert!(wrong.to_string().contains("text, json, ndjson"), "{wrong}");
        for text in ["json", "json=", ""] {
            assert!(matches!(
                text.parse::<ReportTo>(),
                Err(WrongReport::Form(_))
            ));
        }
    }
}
