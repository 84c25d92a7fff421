//! A file that replaces its predecessor as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Written beside its destination and moved there at the end. Without [`AtomicFile::commit`] it vanishes.
///
/// What is no regular file (a device, a pipe that the shell made) cannot be replaced and is written into.
#[derive(Debug)]
pub(crate) struct AtomicFile {
    file: Option<BufWriter<File>>,
    move_to: Option<Move>,
}

#[derive(Debug)]
struct Move {
    temporary: PathBuf,
    destination: PathBuf,
}

impl AtomicFile {
    /// Begins to write. Fails when the folder is missing or closed, or when the destination is a folder.
    pub(crate) fn create(destination: &Path) -> io::Result<Self> {
        let (open, move_to) = match fs::metadata(destination) {
            Ok(there) if there.is_dir() => {
                return Err(io::Error::new(
                    io::ErrorKind::IsADirectory,
                    "it is a folder",
                ));
            }
            Ok(there) if !there.is_file() => (destination.to_owned(), None),
            // A link stays, and what it points to is replaced.
            Ok(_) => beside(fs::canonicalize(destination)?)?,
            Err(_) => beside(destination.to_owned())?,
        };
        let file = OpenOptions::new()
            .write(true)
            .create(move_to.is_some())
            .truncate(move_to.is_some())
            .open(open)?;
        Ok(AtomicFile {
            file: Some(BufWriter::new(file)),
            move_to,
        })
    }

    /// Puts the file in its place.
    pub(crate) fn commit(mut self) -> io::Result<()> {
        let Some(writer) = self.file.take() else {
            return Ok(());
        };
        let written = writer.into_inner().map_err(io::IntoInnerError::into_error);
        let Some(Move {
            temporary,
            destination,
        }) = &self.move_to
        else {
            return written.map(drop);
        };
        let moved = written
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(temporary, destination));
        if moved.is_err() {
            let _ = fs::remove_file(temporary);
        }
        moved
    }
}

/// A hidden name in the same folder, so that moving it is one step.
fn beside(destination: PathBuf) -> io::Result<(PathBuf, Option<Move>)> {
    let name = destination
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.tmp", std::process::id()));
    let temporary = destination.with_file_name(hidden);
    let move_to = Move {
        temporary: temporary.clone(),
        destination,
    };
    Ok((temporary, Some(move_to)))
}

impl Write for AtomicFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(buffer),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let (Some(_), Some(Move { temporary, .. })) = (self.file.take(), &self.move_to) {
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Replaces a file's content as a whole.
pub(crate) fn replace(destination: &Path, content: &str) -> io::Result<()> {
    let mut file = AtomicFile::create(destination)?;
    file.write_all(content.as_bytes())?;
    file.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "a much longer predecessor").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_not_committed_leaves_the_predecessor_and_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        fs::write(&path, "old").unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"half of it").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_and_a_folder_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        assert!(AtomicFile::create(&folder.path().join("none/report.json")).is_err());
        assert!(AtomicFile::create(folder.path()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_into_and_a_link_stays_a_link() {
        assert!(replace(Path::new("/dev/null"), "x").is_ok());
        assert!(!fs::metadata("/dev/null").unwrap().is_file());

        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        replace(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }
}
