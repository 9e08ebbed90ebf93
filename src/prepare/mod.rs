//! Stage `prepare`: [`Document`] to [`Prepared`]; it decides every word that is printed.

mod body;
mod citations;
mod edition;
mod labels;
mod links;
mod notes;
mod opening;
mod outline;
mod prepared;
pub mod words;

pub(crate) use body::{numbered, stopped};
pub(crate) use labels::{bracketed, roman};
pub(crate) use links::{links, symbols_in};
pub(crate) use notes::cut;
pub(crate) use opening::{Said, body_name, session_lines, sponsor_line};
pub use prepared::{
    Block, Cell, Edition, Foot, Masthead, Metadata, Note, Opening, OpeningRole, Prepared, Role, Run, Running, Runs,
    SessionLine, SessionRole,
};

use crate::model::symbol::{Organ, Series, Symbol};
use crate::model::{Distribution, Document, Kind, inline};
use notes::Notes;
use words::{Words, words};

/// Decides every word of a document.
///
/// # Errors
///
/// A sentence, where `check` would have refused the document: it has no symbol.
pub fn prepare(document: &Document) -> Result<Prepared, String> {
    let words = words(document.language);
    let symbols: Vec<Symbol> = document.symbol.iter().map(|symbol| Symbol::parse(symbol)).collect::<Result<_, _>>()?;
    let first = symbols.first().ok_or("the document has no symbol")?;

    let mut notes = Notes::new(&document.footnotes, document.language, words);
    let session = opening::session(document, &symbols, words, &mut notes);
    let opening = opening::opening(document, first, words, &mut notes);
    let mut body = body::body(document, &closing(document, first.organ, words), words, &mut notes);
    outline::outline(&opening, &mut body);
    let symbol_texts: Vec<String> = symbols.iter().map(Symbol::to_string).collect();
    let date = document.date.or(document.adopted).or(document.job_date);
    let running_title = running_title(document, first.organ);
    // The General Assembly's own, and others made like them.
    let adopted = document.kind.is_adopted() && running_title.is_some();
    Ok(Prepared {
        metadata: Metadata {
            title: title(document, &symbol_texts, words),
            symbol: symbol_texts.join("-"),
            date,
            subjects: document.metadata.subjects().into_iter().map(str::to_owned).collect(),
        },
        kind: document.kind,
        language: document.language,
        edition: edition::edition(date, adopted),
        close_notes: adopted,
        masthead: masthead(document, &symbols, words),
        session,
        opening,
        body,
        running: Running { symbols: symbol_texts, title: running_title },
        foot: foot(document, first, words),
        notes: notes.finish(),
    })
}

fn title(document: &Document, symbols: &[String], words: &Words) -> String {
    let usual = || (document.kind == Kind::PresidentialStatement).then(|| words.presidential_statement.to_owned());
    let title = document.title.as_deref().map(inline::plain).or_else(usual);
    title.filter(|t| !t.is_empty()).unwrap_or_else(|| symbols.join("-"))
}

/// Who may have a document: drafts of limited distribution have an L. in their symbol.
pub(crate) fn distribution(said: Option<Distribution>, symbols: &[Symbol]) -> Distribution {
    let limited = symbols.iter().any(|symbol| symbol.series == Series::Limited);
    said.unwrap_or(if limited { Distribution::Limited } else { Distribution::General })
}

fn masthead(document: &Document, symbols: &[Symbol], words: &Words) -> Masthead {
    let mut organs: Vec<String> = Vec::new();
    for symbol in symbols {
        let organ = (words.organ)(symbol.organ).to_owned();
        if !organs.contains(&organ) {
            organs.push(organ);
        }
    }
    let translated = !document.original.is_empty() && !document.original.contains(&document.language);
    let originals: Vec<String> =
        document.original.iter().map(|language| (words.language)(*language).to_owned()).collect();
    Masthead {
        name: words.united_nations.to_owned(),
        symbols: symbols
            .iter()
            .map(|symbol| {
                let (head, rest) = symbol.head_and_rest();
                (head.to_owned(), rest.to_owned())
            })
            .collect(),
        organs,
        distribution: (words.distribution)(distribution(document.distribution, symbols)).to_owned(),
        date: document.date.map(words.issued),
        language: translated.then(|| words.language_line(document.language)),
        original: (!originals.is_empty()).then(|| words::fill(words.original, &originals.join("/"))),
        emblem: document.emblem.clone(),
    }
}

/// Adopted resolutions of the General Assembly and the Economic and Social Council carry
/// their title in the running header; those of the Security Council have none.
fn running_title(document: &Document, organ: Organ) -> Option<String> {
    if !document.kind.is_adopted() || organ == Organ::SecurityCouncil {
        return None;
    }
    let title = document.running_title.as_ref().or(document.title.as_ref())?;
    Some(shortened(inline::plain(title)))
}

/// A title that fits the head of a page: three lines at most, cut after a word.
fn shortened(title: String) -> String {
    const LONGEST: usize = 200;
    match title.char_indices().nth(LONGEST) {
        None => title,
        Some((at, _)) => {
            let whole = title[..at].rfind(' ').unwrap_or(at);
            format!("{}…", &title[..whole])
        }
    }
}

/// Meeting and date close an adopted text; the Security Council has them in its heading.
fn closing(document: &Document, organ: Organ, words: &Words) -> Vec<String> {
    if !document.kind.is_adopted() || organ == Organ::SecurityCouncil {
        return Vec::new();
    }
    let Some(meeting) = &document.meeting else {
        return Vec::new();
    };
    std::iter::once(meeting.clone()).chain(document.adopted.map(|date| words.date_in_words(date))).collect()
}

fn foot(document: &Document, symbol: &Symbol, words: &Words) -> Foot {
    let job_line = document.job.as_ref().map(|job| {
        let date = document.job_date.map(|date| {
            let year = date.year().rem_euclid(100);
            format!("    {:02}{:02}{year:02}", date.day(), date.month())
        });
        format!("{job} ({}){}", document.language.letter(), date.unwrap_or_default())
    });
    let coded = |job: &String| {
        let digits: String = job.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("*{}*", digits.to_ascii_uppercase())
    };
    Foot {
        job: document.job.clone(),
        job_line,
        barcode: document.job.as_ref().map(coded),
        recycle: words.recycle.to_owned(),
        address: symbol.address(document.language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn a_translation_names_its_language() {
        let languages = |language, original: &[Language]| {
            let symbol = vec!["A/77/1".to_owned()];
            let document = Document { symbol, language, original: original.to_vec(), ..Document::default() };
            let masthead = prepare(&document).unwrap().masthead;
            [masthead.language, masthead.original].map(Option::unwrap_or_default)
        };
        assert_eq!(languages(Language::Fr, &[Language::En]), ["Français", "Original\u{a0}: anglais"]);
        assert_eq!(languages(Language::Es, &[Language::Fr]), ["Español", "Original: francés"]);
        assert_eq!(languages(Language::Ru, &[Language::En]), ["Russian", "Original: English"]);
        assert_eq!(languages(Language::En, &[Language::Ar, Language::En]), ["", "Original: Arabic/English"]);
        assert_eq!(languages(Language::Zh, &[]), ["", ""]);
    }
}
