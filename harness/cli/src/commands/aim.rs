//! What a command is aimed at: the embedded mock, or a target of the target file.

use crate::args::TargetArgs;
use crate::environment;
use crate::stop::Stop;
use signoff_runner::engine::dialects;
use signoff_runner::report::Place;
use signoff_runner::target_file::{Access, Known, Reader, TargetFiles};
use signoff_runner::{Aim, HttpTarget};
use std::time::Duration;

/// The dialect of the embedded mock when none is named.
pub(crate) const DEFAULT_DIALECT: &str = "pingone";

/// Flags that go before the target file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Overrides {
    /// The most requests a second.
    pub(crate) rate: Option<f64>,
    /// Seconds for one exchange.
    pub(crate) timeout: Option<u64>,
}

/// A target, and how it is to be treated.
pub(crate) struct Aimed {
    /// For the runner.
    pub(crate) aim: Aim,
    /// How it is reached; nothing for the embedded mock.
    pub(crate) access: Option<Access>,
    /// What the user should know of the target file.
    pub(crate) notes: Vec<String>,
    /// Where the target is described; nothing for the embedded mock.
    pub(crate) place: Option<Place>,
}

/// Finds the target. Flags go before the environment: a dialect or a fault asks for the embedded mock, even
/// where `SIGNOFF_TARGET` names another target.
pub(crate) fn take(
    args: &TargetArgs,
    faults: &[String],
    overrides: Overrides,
) -> Result<Aimed, Stop> {
    let embedded = args.dialect.is_some() || !faults.is_empty();
    let from_environment = || environment::variable("SIGNOFF_TARGET").filter(|_| !embedded);
    match args.target.clone().or_else(from_environment) {
        Some(name) if embedded => Err(Stop::usage(format!(
            "--dialect and --fault are for the embedded mock; leave them out, or --target {name}"
        ))),
        Some(name) => over_http(&name, args, overrides),
        None => in_memory(args, faults),
    }
}

fn in_memory(args: &TargetArgs, faults: &[String]) -> Result<Aimed, Stop> {
    let from_environment = environment::variable("SIGNOFF_DIALECT");
    let dialect = args.dialect.clone().or(from_environment);
    let dialect = dialect.as_deref().unwrap_or(DEFAULT_DIALECT);
    if let (Some(edition), Some(_)) = (&args.edition, dialects::find(dialect)) {
        check_edition(dialect, edition)?;
    }
    let aim = Aim::mock_in_edition(dialect, args.edition.as_deref(), faults)?;
    Ok(Aimed {
        aim,
        access: None,
        notes: Vec::new(),
        place: None,
    })
}

fn over_http(name: &str, args: &TargetArgs, overrides: Overrides) -> Result<Aimed, Stop> {
    let variables = environment::variables();
    let reader = Reader {
        environment: &variables,
        today: signoff_runner::target_file::today(),
    };
    let files = files(args)?;
    let mut loaded = files.load(name, reader).map_err(Stop::usage)?;
    let place = place(&files, &loaded.target.name);
    if let Some(edition) = &args.edition {
        check_edition(&loaded.target.dialect, edition)?;
        loaded.target.edition = Some(edition.clone());
    }
    loaded.access.rate = overrides.rate.or(loaded.access.rate);
    if let Some(seconds) = overrides.timeout {
        loaded.access.timeout = Duration::from_secs(seconds);
    }
    let options = loaded.access.wire_options().map_err(Stop::usage)?;
    let target = HttpTarget {
        target: loaded.target,
        options,
        control: loaded.access.control.clone(),
        outside: loaded.access.outside.clone(),
        listen: loaded.access.listen,
    };
    Ok(Aimed {
        aim: Aim::Http(Box::new(target)),
        access: Some(loaded.access),
        notes: loaded.notes,
        place,
    })
}

/// Where a target is described, as the repository knows the file.
pub(super) fn place(files: &TargetFiles, name: &str) -> Option<Place> {
    let known = files.known().ok()?;
    let file = known.into_iter().find(|known| known.name == name)?.file;
    let text = std::fs::read_to_string(&file).ok()?;
    let heads = [format!("[target.{name}]"), format!("[target.\"{name}\"]")];
    let line = text
        .lines()
        .position(|line| {
            heads
                .iter()
                .any(|head| line.trim_start().starts_with(head.as_str()))
        })
        .map_or(1, |at| at + 1);
    let folder = environment::current_folder();
    let root = folder
        .ancestors()
        .find(|ancestor| ancestor.join(".git").exists())
        .unwrap_or(&folder);
    let whole = folder.join(&file);
    let relative = whole.strip_prefix(root).ok()?;
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Some(Place {
        file: parts.join("/"),
        line: u32::try_from(line).ok()?,
    })
}

/// The target files in reach.
pub(crate) fn files(args: &TargetArgs) -> Result<TargetFiles, Stop> {
    let folder = environment::current_folder();
    TargetFiles::discover(&folder, args.config.as_deref()).map_err(Stop::usage)
}

/// Every target they describe.
pub(crate) fn known(args: &TargetArgs) -> Result<Vec<Known>, Stop> {
    files(args)?.known().map_err(Stop::usage)
}

/// That a dialect has this edition.
pub(crate) fn check_edition(dialect: &str, edition: &str) -> Result<(), Stop> {
    let editions = dialects::find(dialect).map_or(&[][..], |dialect| dialect.editions);
    if editions.contains(&edition) {
        return Ok(());
    }
    let known = if editions.is_empty() {
        "it has only one".to_owned()
    } else {
        format!("there are: {}", editions.join(", "))
    };
    Err(Stop::usage(format!(
        "{dialect} has no edition `{edition}`; {known}"
    )))
}
