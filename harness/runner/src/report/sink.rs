//! Where the bytes of one report go.

use crate::atomic_file::AtomicFile;
use anstream::adapter::StripBytes;
use std::io::{self, Write};
use std::path::Path;

/// A stream, or a file that is put in its place at the end.
pub(crate) enum Sink<'w> {
    Stream(Box<dyn Write + 'w>),
    File(AtomicFile),
    /// A file for text: whoever opens it is no terminal, so the styles are taken out.
    Plain(AtomicFile, StripBytes),
}

impl Sink<'_> {
    pub(crate) fn file(path: &Path) -> io::Result<Self> {
        AtomicFile::create(path).map(Sink::File)
    }

    pub(crate) fn for_text(self) -> Self {
        match self {
            Sink::File(file) => Sink::Plain(file, StripBytes::new()),
            other => other,
        }
    }
}

/// Something to write to that can be ended.
pub trait Output: Write {
    /// Writes what is held back and puts the result in its place.
    fn end(self) -> io::Result<()>;
}

impl Output for Sink<'_> {
    fn end(self) -> io::Result<()> {
        match self {
            Sink::Stream(mut stream) => stream.flush(),
            Sink::File(file) | Sink::Plain(file, _) => file.commit(),
        }
    }
}

impl Output for Vec<u8> {
    fn end(self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for &mut Vec<u8> {
    fn end(self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stream(stream) => stream.write(buffer),
            Sink::File(file) => file.write(buffer),
            Sink::Plain(file, styles) => {
                for text in styles.strip_next(buffer) {
                    file.write_all(text)?;
                }
                Ok(buffer.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stream(stream) => stream.flush(),
            Sink::File(file) | Sink::Plain(file, _) => file.flush(),
        }
    }
}
