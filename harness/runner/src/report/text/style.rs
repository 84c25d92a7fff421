//! Four colours and two weights. Always written; a writer that is no terminal takes them out.

use anstyle::{AnsiColor, Style};

pub(in crate::report) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(in crate::report) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(in crate::report) const GOOD: Style = AnsiColor::Green.on_default();
pub(in crate::report) const STRONG: Style = Style::new().bold();
pub(in crate::report) const DIM: Style = Style::new().dimmed();
