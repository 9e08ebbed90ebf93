//! The words between brackets that mark what moved, on pages that show changes.

use crate::model::Language;

/// The words of a language. `{}` is the number of a paragraph.
pub(crate) struct RedlineWords {
    /// Before a paragraph that had that number elsewhere.
    pub from: &'static str,
    /// After a paragraph that has that number elsewhere.
    pub to: &'static str,
    /// Beside a text without a number that is now farther up.
    pub up: &'static str,
    /// Beside a text without a number that is now farther down.
    pub down: &'static str,
    /// Above a picture that replaces another.
    pub picture: &'static str,
}

/// Returns the words of a language.
pub(crate) fn redline(language: Language) -> RedlineWords {
    let [from, to, up, down, picture] = match language {
        Language::En => {
            ["moved from paragraph {}", "moved to paragraph {}", "moved up", "moved down", "picture replaced"]
        }
        Language::Fr => [
            "déplacé du paragraphe {}",
            "déplacé au paragraphe {}",
            "déplacé plus haut",
            "déplacé plus bas",
            "image remplacée",
        ],
        Language::Es => [
            "trasladado del párrafo {}",
            "trasladado al párrafo {}",
            "trasladado más arriba",
            "trasladado más abajo",
            "imagen sustituida",
        ],
        Language::Ru => [
            "перенесено из пункта {}",
            "перенесено в пункт {}",
            "перенесено выше",
            "перенесено ниже",
            "рисунок заменен",
        ],
        Language::Zh => ["由第{}段移来", "移至第{}段", "上移", "下移", "图片已更换"],
        Language::Ar => ["نقل من الفقرة {}", "نقل إلى الفقرة {}", "نقل إلى أعلى", "نقل إلى أسفل", "استبدلت الصورة"],
        Language::De => [
            "verschoben aus Ziffer {}",
            "verschoben nach Ziffer {}",
            "nach oben verschoben",
            "nach unten verschoben",
            "Abbildung ersetzt",
        ],
    };
    RedlineWords { from, to, up, down, picture }
}
