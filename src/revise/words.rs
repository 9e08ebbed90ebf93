//! The words that a successor has and its predecessor does not, by language. They are those of genuine documents.

use super::suffix::Suffix;
use crate::model::symbol::{Organ, Series};
use crate::model::{Document, Language, Text};
use crate::prepare::words::fill;

/// Returns the origin of a text that the plenary of the General Assembly adopts from a draft of its own, if the
/// draft is one; that of drafts of committees is their report, which the draft does not know.
pub(super) fn origin(draft: &Document) -> Option<Text> {
    let symbol = draft.symbol.first()?;
    let plenary = symbol.organ == Organ::GeneralAssembly && symbol.subsidiary.is_none();
    let words = match draft.language {
        Language::En => "without reference to a Main Committee ({})",
        Language::Fr => "sans renvoi à une grande commission ({})",
        Language::Es => "sin remisión previa a una Comisión Principal ({})",
        Language::Ru => "без передачи в главные комитеты ({})",
        Language::Ar => "دون الإحالة إلى لجنة رئيسية ({})",
        Language::Zh => "未经发交主要委员会而通过 ({})",
        Language::De => "ohne Überweisung an einen Hauptausschuss ({})",
    };
    (plenary && symbol.series == Series::Limited).then(|| Text::verbatim(&fill(words, symbol.text())))
}

/// Returns the heading of a corrigendum or addendum.
pub(super) fn heading(language: Language, suffix: Suffix) -> Option<&'static str> {
    let [corrigendum, addendum] = match language {
        Language::En => ["Corrigendum", "Addendum"],
        Language::Fr => ["Rectificatif", "Additif"],
        Language::Es => ["Corrección", "Adición"],
        Language::Ru => ["Исправление", "Добавление"],
        Language::Ar => ["تصويب", "إضافة"],
        Language::Zh => ["更正", "增编"],
        Language::De => ["Korrigendum", "Addendum"],
    };
    match suffix {
        Suffix::Rev => None,
        Suffix::Corr => Some(corrigendum),
        Suffix::Add => Some(addendum),
    }
}
