//! The names of the files of a batch: a pattern over the fields of a document.

use std::str::FromStr;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::fields::header;
use crate::model::{Document, Session, Symbol};
use crate::prepare::words::{organs, words};

/// A pattern such as `{language}/{symbol}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

macro_rules! fields {
    ($($name:ident $text:expr,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Field { $($name),* }

        impl Field {
            const ALL: &[(&str, Field)] = &[$(($text, Field::$name)),*];

            fn name(self) -> &'static str {
                match self { $(Field::$name => $text),* }
            }
        }
    };
}

fields![
    Path "path", Stem "stem", Ending "ending", Symbol header::symbol.name, Organ header::organ.name,
    Language header::language.name, Letter "letter", Job header::job.name, Kind header::kind.name,
    Session header::session.name, Number header::number.name, Date header::date.name, Adopted header::adopted.name,
];

impl Default for Pattern {
    /// Returns `{path}`: the files are laid out like the sources.
    fn default() -> Self {
        Self(vec![Piece::Field(Field::Path)])
    }
}

impl FromStr for Pattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut pieces = Vec::new();
        let mut rest = text.strip_suffix(".pdf").unwrap_or(text);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| Error::value("unclosed “{”"))?;
            let field = Field::ALL.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                let known: Vec<String> = Field::ALL.iter().map(|(known, _)| format!("{{{known}}}")).collect();
                Error::value(format!("unknown field “{name}”; use one of {}", known.join(", ")))
            })?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Field(field.1));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        if pieces.is_empty() { Err(Error::value("the pattern is empty")) } else { Ok(Self(pieces)) }
    }
}

impl Pattern {
    /// Returns whether names depend on the contents of the documents, not only on their paths.
    pub fn needs_documents(&self) -> bool {
        self.0.iter().any(
            |piece| matches!(piece, Piece::Field(field) if !matches!(field, Field::Path | Field::Stem | Field::Ending)),
        )
    }

    /// Returns the name of the file of a document: a path relative to the output folder, with slashes. `path` is
    /// that of the source, relative to the given folder, without its `ending`.
    ///
    /// # Errors
    ///
    /// Returns an error if the document lacks a field of the pattern, or the name is invalid.
    pub fn name(&self, path: &str, ending: &str, header: Option<&Document>) -> Result<String, Diagnostic> {
        let mut name = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Field(Field::Path) => name.push_str(path),
                Piece::Field(Field::Ending) => name.push_str(ending),
                Piece::Field(Field::Stem) => name.push_str(path.rsplit('/').next().unwrap_or(path)),
                Piece::Field(field) => {
                    let value = header.and_then(|header| value(*field, header));
                    let value = value.filter(|value| !value.is_empty());
                    let missing = || {
                        let message = format!("it has no {}, which its file name needs", field.name());
                        Diagnostic::error("no-name", message).hint("add the field, or use another pattern with --name")
                    };
                    name.push_str(&safe(&value.ok_or_else(missing)?));
                }
            }
        }
        within(&format!("{name}.pdf"))
            .map_err(|message| Diagnostic::error("output-name", message).hint("use another pattern with --name"))
    }
}

/// Checks that a path stays in the output folder, and out of the batch's own folder there.
///
/// # Errors
///
/// Returns a message if it does not.
pub(super) fn within(path: &str) -> Result<String, String> {
    let odd = |part: &str| matches!(part, "" | "." | ".." | ".pdf") || part.contains('\0');
    let drive = cfg!(windows) && path.contains([':', '\\']);
    let own = path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(super::OWN_FOLDER));
    if own {
        Err(format!("“{path}” is in the folder that is reserved for masthead"))
    } else if drive || path.split('/').any(odd) {
        Err(format!("“{path}” is not a path in the output folder"))
    } else {
        Ok(path.into())
    }
}

fn value(field: Field, header: &Document) -> Option<String> {
    match field {
        Field::Path | Field::Stem | Field::Ending => None,
        Field::Symbol => Some(header.symbol.iter().map(Symbol::text).collect::<Vec<_>>().join("-")),
        Field::Organ => Some(organs(header).into_iter().flatten().collect::<Vec<_>>().join("-")),
        Field::Language => Some(header.language.code().to_owned()),
        Field::Letter => Some(words(header.language).letter.clone()),
        Field::Job => header.job.clone(),
        Field::Kind => Some(header.kind.name().to_owned()),
        Field::Session => header.session.as_ref().map(Session::plain),
        Field::Number => header.number.clone(),
        Field::Date => header.date.map(|date| date.to_string()),
        Field::Adopted => header.adopted.map(|date| date.to_string()),
    }
}

/// Makes a value safe in file names on every system: A/77/L.107 becomes A_77_L.107.
fn safe(value: &str) -> String {
    value.chars().map(|c| if c.is_alphanumeric() || "-.()".contains(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pattern: &str, header: &Document) -> Result<String, String> {
        let pattern = pattern.parse::<Pattern>().map_err(|error| error.to_string())?;
        pattern.name("drafts/a", "yaml", Some(header)).map_err(|error| error.message)
    }

    #[test]
    fn names_of_fields() {
        let header = Document { symbol: vec!["A/77/L.107".into()], job: Some("23-1".into()), ..Document::default() };
        assert_eq!(named("{path}", &header).unwrap(), "drafts/a.pdf");
        assert_eq!(named("{language}/{symbol}.pdf", &header).unwrap(), "en/A_77_L.107.pdf");
        assert_eq!(named("{path}.{ending}", &header).unwrap(), "drafts/a.yaml.pdf");
        assert_eq!(named("{stem}-{job}{letter}", &header).unwrap(), "a-23-1E.pdf");
        let council = Document { symbol: vec!["S/RES/2803 (2025)".into()], ..Document::default() };
        assert_eq!(named("{symbol}", &council).unwrap(), "S_RES_2803_(2025).pdf");
        let reissue = Document { symbol: vec!["CRC/C/GC/20*".into()], ..Document::default() };
        assert_eq!(
            named("{organ}/{symbol}", &reissue).unwrap(),
            "Convention_on_the_Rights_of_the_Child/CRC_C_GC_20.pdf"
        );
        assert!(named("{number}", &header).unwrap_err().contains("no number"));
        assert!(named("{titel}", &header).unwrap_err().contains("{symbol}"));
        assert!(named("{symbol", &header).is_err());
        assert!(named("", &header).is_err());
    }

    #[test]
    fn names_stay_in_the_folder() {
        let header = Document { job: Some("../../x".into()), ..Document::default() };
        assert_eq!(named("{job}", &header).unwrap(), ".._.._x.pdf");
        for outside in ["../{stem}", "/{stem}", "a//{stem}", "./{stem}", "{stem}/../../b"] {
            assert!(named(outside, &header).is_err(), "{outside}");
        }
        for own in [".masthead/{stem}", ".Masthead/unfinished/{stem}"] {
            assert!(named(own, &header).unwrap_err().contains("reserved for masthead"), "{own}");
        }
        assert!(named("a/.masthead/{stem}", &header).is_ok());
    }
}
