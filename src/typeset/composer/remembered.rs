//! Memory of the paragraphs of a document that is being written: of the next version, most are the same. It is the memory of
//! the engine, which forgets what has not been used for some documents.

use std::hash::{Hash, Hasher};

use super::paragraphs::Composer;
use crate::prepare::Run;
use crate::typeset::Lines;
use crate::typeset::measures::Type;
use crate::typeset::plan::Line;

/// How lines are composed.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Method {
    /// Who ends them.
    pub lines: Lines,
    /// Whether paragraphs are remembered, because versions of the same document follow.
    pub remembers: bool,
}

impl From<Lines> for Method {
    fn from(lines: Lines) -> Self {
        Self { lines, remembers: false }
    }
}

/// A paragraph, and everything that decides its lines.
#[derive(Clone, Copy)]
pub(super) struct Paragraph<'p> {
    pub composer: &'p Composer<'p>,
    pub runs: &'p [Run],
    pub style: Type,
    pub widths: [f64; 2],
    pub justified: bool,
}

impl Hash for Paragraph<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let Self { composer, runs, style, widths, justified } = self;
        let Composer { measures, column: _, marks: _, ends, language, remembers: _ } = composer;
        (runs, style, measures.mark, widths.map(f64::to_bits), justified, ends, language).hash(hasher);
        for run in *runs {
            if let Run::Note { note, .. } = run {
                composer.mark(*note).hash(hasher);
            }
        }
    }
}

/// Returns the lines of a paragraph, or `None` if only the engine knows them.
#[comemo::memoize]
pub(super) fn composed(paragraph: Paragraph) -> Option<Vec<Line>> {
    paragraph.composer.composed(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::typeset::Press;
    use crate::typeset::measures::{Measures, Style};

    #[test]
    fn what_decides_the_lines_is_told_apart() {
        let press = Press::new([]).unwrap();
        let measures: &Measures = &press.measures;
        let marks = |marks: [&str; 2]| marks.map(str::to_owned).to_vec();
        let column = measures.columns[crate::model::Edition::Of2023];
        let composer = Composer::without_notes(measures, column, Language::En);
        let composer = Composer { marks: marks(["1", "2"]), ..composer };
        let runs = [
            Run::text("tide tables of harbours and gauges ".repeat(9)),
            Run::Note { note: 1, again: false, change: None },
        ];
        let style = measures.styles[Style::Body];
        let usual = Paragraph { composer: &composer, runs: &runs, style, widths: [300.0, 310.0], justified: true };
        let digest = |paragraph: Paragraph| typst::utils::hash128(&paragraph);
        let other_mark = Composer { marks: marks(["1", "12345"]), ..composer.clone() };
        let chinese = Composer { language: Language::Zh, ..composer.clone() };
        let engine = Composer { ends: false, ..composer.clone() };
        let others = [
            Paragraph { composer: &other_mark, ..usual },
            Paragraph { composer: &chinese, ..usual },
            Paragraph { composer: &engine, ..usual },
            Paragraph { runs: &runs[..1], ..usual },
            Paragraph { style: Type { tracking: style.tracking + 0.1, ..style }, ..usual },
            Paragraph { widths: [300.0, 309.0], ..usual },
            Paragraph { justified: false, ..usual },
        ];
        for other in others {
            assert_ne!(digest(other), digest(usual));
            assert_eq!(composed(other), composer_of(other));
        }
        // Marks that do not stand in it do not count.
        let elsewhere = Composer { marks: marks(["*", "2"]), ..composer.clone() };
        assert_eq!(digest(Paragraph { composer: &elsewhere, ..usual }), digest(usual));
        for _ in 0..2 {
            assert_eq!(composed(usual), composer_of(usual));
        }
    }

    fn composer_of(paragraph: Paragraph) -> Option<Vec<Line>> {
        paragraph.composer.composed(paragraph)
    }
}
