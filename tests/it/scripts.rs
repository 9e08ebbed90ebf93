//! Chinese and Arabic pages: fonts, places, direction.

use crate::pages;
use crate::pages::{Piece, missing, pieces};
use masthead::diagnostic::Source;
use masthead::model::Language;
use masthead::picture::Pictures;
use masthead::typeset::typeset;
use masthead::verify::{Verdict, verify};
use masthead::{Format, Job, Lines, MissingGlyphs, Press, Profile, Rendition, render};

/// The edges of the text column of Latin pages, and of its mirror image.
const COLUMN: (f64, f64) = (123.3, 488.7);
const MIRRORED: (f64, f64) = (612.0 - 488.7, 612.0 - 123.3);

const CHINESE: &str = "symbol: A/84/L.901
kind: draft-resolution
date: 2029-03-14
session: 84
sponsors: [基里巴斯]
title: 国际潮汐表日
body:
  - enacting: '*大会*，'
  - preambular: '*回顾*其2028年12月19日第83/901号决议，[^1]其中决定请秘书长编写一份关于各国港口潮汐表的报告（见A/84/901），并“及时”提交大会第八十四届会议审议，'
  - operative: '*决定*继续处理此案。'
footnotes:
  1: 见A/83/PV.65。
";

const ARABIC: &str = "symbol: A/84/L.901
kind: draft-resolution
date: 2029-03-14
session: 84
sponsors: [كيريباس]
title: اليوم الدولي لجداول المد والجزر
body:
  - enacting: '*إن الجمعية العامة*،'
  - preambular: '*إذ تشير* إلى قرارها 83/901 المؤرخ 19 كانون الأول/ديسمبر 2028[^1]، الذي طلبت فيه إلى الأمين العام أن يعد تقريرا عن جداول المد والجزر (انظر A/84/901)،'
  - operative: '*تقرر* أن تبقي المسألة قيد نظرها.'
footnotes:
  1: انظر A/83/PV.65.
";

/// The pages of a text, set as those of a language whose words may still be English.
fn pages_in(press: &Press, language: Language, yaml: &str) -> Rendition {
    let source = Source::new("test.yaml", yaml);
    let mut rendition = render(press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|found| panic!("{}", found[0]));
    rendition.prepared.language = language;
    rendition.pages = typeset(press, &rendition.prepared, &Pictures::new(), Lines::Official).unwrap();
    assert!(rendition.pdf(Profile::Archive).is_ok());
    rendition
}

fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}')
}

/// The pieces of the body: below the session block, above the notes.
fn body(pieces: &[Piece]) -> impl Iterator<Item = &Piece> {
    pieces.iter().filter(|piece| (240.0..600.0).contains(&piece.y))
}

#[test]
fn chinese_is_set_in_song_and_figures_are_not() {
    let press = Press::new([]).unwrap();
    let rendition = pages_in(&press, Language::Zh, CHINESE);
    assert_eq!(missing(&rendition), None);
    let pieces = pieces(&rendition);
    for piece in &pieces {
        let song = piece.family == "Masthead Song";
        assert!(song || !piece.text.contains(han), "{} in {}", piece.text, piece.family);
        assert!(!song || !piece.text.contains(|c: char| c.is_ascii_alphanumeric()), "{} in Song", piece.text);
    }
    for piece in body(&pieces) {
        // Punctuation may stand beyond the end of a line.
        let end = COLUMN.1 + if piece.text.ends_with(['，', '。', '、', '；', '：']) { 5.3 } else { 0.0 };
        assert!(piece.x >= COLUMN.0 && piece.x + piece.width <= end, "{} at {}", piece.text, piece.x);
    }
    let quoted = pieces.iter().find(|piece| piece.text.contains('“')).unwrap();
    assert_eq!(quoted.family, "Masthead Song");
}

#[test]
fn arabic_pages_are_the_mirror_image() {
    let press = Press::new([]).unwrap();
    let pieces = pieces(&pages_in(&press, Language::Ar, ARABIC));
    let found = |text: &str| pieces.iter().find(|piece| piece.text.starts_with(text)).unwrap();
    let right = |piece: &Piece| 612.0 - piece.x - piece.width;
    // The symbol at the left, name and organ at the right.
    assert!((found("A").x - (612.0 - 552.1)).abs() < 0.1);
    assert!((right(found("United Nations")) - 123.35).abs() < 0.1);
    // The distribution block runs from left to right, from the margin.
    assert!((found("Distr.: Limited").x - (612.0 - 552.1)).abs() < 0.1);
    let session = pieces.iter().filter(|piece| (212.0..228.0).contains(&piece.y)).map(right).fold(612.0, f64::min);
    assert!((session - 60.0).abs() < 0.1);
    for piece in pieces.iter().filter(|piece| piece.text.contains(arabic)) {
        assert_eq!(piece.family, "Masthead Naskh", "{}", piece.text);
    }
    for piece in body(&pieces) {
        let (left, right) = (piece.x, piece.x + piece.width);
        assert!(left >= MIRRORED.0 && right <= MIRRORED.1, "{} at {left}–{right}", piece.text);
    }
    let first = body(&pieces).find(|piece| piece.text.contains("الجمعية")).unwrap();
    assert!((right(first) - 147.1).abs() < 0.1, "{} at {}", first.text, right(first));
    // A symbol is one piece, from left to right; marks have parentheses.
    assert!(pieces.iter().any(|piece| piece.text == "A/84/901"));
    let mark: String =
        pieces.iter().filter(|piece| piece.family == "Masthead Serif 100").map(|piece| &*piece.text).collect();
    assert!(mark.contains("(1)"), "{mark}");
}

#[test]
fn the_characters_of_all_languages_are_covered() {
    let press = Press::new([]).unwrap();
    let texts = [
        "، ؛ ؟ ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ـ ف ق ك ل م ن ه و ى ي ً ٌ ٍ َ ُ ِ ّ ْ ٠١٢٣٤٥٦٧٨٩ « » گ پ چ",
        "丐齄的龘〇一、。〈〉《》「」『』【】（），：；？！℃㈠①·—…“”‘’％",
        "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ « » ’ – —",
        "ÁÉÍÑÓÚÜáéíñóúü¿¡ºª",
        "ÄÖÜẞäöüß „ “ ‚ ‘ – §",
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя№ „ “ « »",
    ];
    let lacking: Vec<char> = texts.concat().chars().filter(|c| !press.covers(*c)).collect();
    assert_eq!(lacking, Vec::<char>::new());
}

/// Letters, signs and forms that official texts have now and then, in whichever language.
const RARE: &str = "Ắ ệ ữ Ș ț ŋ Ɛ ɔ Ƴ ə ʻ ʿ ḥ ẓ Ġ ħ Ł ő Ž ‘Eua Ŷ | қ ғ ң ө ұ ү һ і ї є ґ ђ ћ љ њ џ ј ѣ Ӏ ӑ Ԥ Ꙗ | α ώ Ω ἀ ᾳ | \
→ ⇒ ↔ ↵ ⟶ ∀ ∈ ∑ − √ ∞ ≈ ≠ ≤ ≥ ∝ ∴ ⊂ ⊕ ∫ | ⁰ ¹ ² ⁱ ⁿ ⁺ ⁻ ⁼ ⁽ ⁾ ₀ ₌ ₓ | ½ ⅓ ¾ ⅕ ⅚ ⅞ | € £ ¥ ₣ ₦ ₩ ₫ ₱ ₴ ₸ ₹ ₺ ₽ ₿ | \
✓ ✔ ✗ ☐ ☑ ☒ ● ○ ■ □ ▪ ▶ ◆ ◇ ★ ☆ ➢ ❖ † ‡ § ¶ № ℃ ℓ ™ ° ′ ″ ‰ | a‑b ‒ – — ― ‖ ‣ ※ ⁂ ⁃ ﬁ ﬂ ① ⑳ Ⅳ ⅷ | \
㈠ ㈩ ⑴ ⒈ Ａ１（％）￥ 〇 々 「」『』【】〔〕《》〈〉〖〗·…—～ 、。，；：？！ ㎡ ㎞ ⼀ ﹏ ︵ か ガ ㄅ | 䶮 㛃 旸 镕 堃 喆 淏 㙦 𫖯 臺 灣 國 龍 | \
ٱ پ چ ڤ گ ی ک ې ڭ ۀ ٠ ۹ ﷺ ﻻ ﺍ ﭐ ﴾ ﴿ ، ؛ ؟ ـ ٪ ٫ ٬";

#[test]
fn rare_characters_are_printed_in_every_language() {
    let press = Press::new([]).unwrap();
    for language in Language::ALL {
        let texts: String =
            RARE.split(" | ").map(|row| format!("  - paragraph: {}\n", serde_json::json!(row))).collect();
        let yaml = format!(
            "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-03-14\nlanguage: {}\ntitle: \"**{}**\"\nbody:\n{texts}",
            language.code(),
            "ắ ⅕ ⇒ 臺 㙦 ☐"
        );
        let source = Source::new("test.yaml", yaml);
        let rendition = render(&press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|found| panic!("{}", found[0]));
        assert_eq!(pages::boxes(&rendition), Vec::<String>::new(), "{}", language.code());
        assert!(rendition.pdf(Profile::Archive).is_ok(), "{}", language.code());
    }
}

#[test]
fn names_of_east_asia_are_printed_in_every_language() {
    let press = Press::new([]).unwrap();
    let hangul: String = ('가'..='힣').chain('ㄱ'..='ㆎ').filter(|c| !press.covers(*c)).collect();
    let han: String = ('一'..='鿪').chain('ぁ'..='ヿ').filter(|c| c.is_alphabetic() && !press.covers(*c)).collect();
    assert_eq!((hangul.as_str(), han.as_str()), ("", ""));
    for language in Language::ALL {
        let yaml = format!(
            "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-03-14\nlanguage: {}\ntitle: 조민호 **旼**\nbody:\n  - paragraph: 조민호 (旼 笹 狓), さくら サクラ, *한글* **힣**\n",
            language.code(),
        );
        let source = Source::new("test.yaml", yaml);
        let rendition = render(&press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|found| panic!("{}", found[0]));
        assert_eq!(pages::boxes(&rendition), Vec::<String>::new(), "{}", language.code());
        assert!(rendition.pdf(Profile::Archive).is_ok(), "{}", language.code());
    }
}

#[test]
fn a_box_with_the_code_stands_for_a_character_that_no_font_has() {
    let press = Press::new([]).unwrap();
    for language in Language::ALL {
        let yaml = format!(
            "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-03-14\nlanguage: {}\ntitle: ഠ\nbody:\n  - paragraph: One क, ภู and 😀 *𓀀* once[^1]\n  - table: {{rows: [[क, b]]}}\nfootnotes: {{1: क 😀}}\n",
            language.code(),
        );
        let source = Source::new("test.yaml", yaml);
        let job = |missing_glyphs| Job::new(&source, Format::Yaml).missing_glyphs(missing_glyphs);
        let refused = render(&press, &job(MissingGlyphs::Error)).unwrap_err();
        assert!(
            refused.iter().filter(|finding| finding.code == "character-not-covered").all(|finding| finding.is_error())
        );
        let rendition = render(&press, &job(MissingGlyphs::BoxWithCode)).unwrap_or_else(|found| panic!("{}", found[0]));
        let reported: Vec<_> =
            rendition.findings.iter().filter(|finding| finding.code == "character-not-covered").collect();
        assert_eq!(reported.len(), 6, "{}", language.code());
        assert!(reported.iter().all(|finding| !finding.is_error()));
        // The glyphs are those of a face, and their text is the character's.
        assert_eq!(pages::boxes(&rendition), Vec::<String>::new(), "{}", language.code());
        let printed: String = pieces(&rendition).into_iter().map(|piece| piece.text).collect();
        for c in ["ഠ", "क", "ภู", "😀", "𓀀"] {
            assert!(printed.contains(c), "{c} in {}", language.code());
        }
        let pdf = rendition.pdf(Profile::Archive).unwrap();
        assert_eq!(verify(&press, &pdf).unwrap(), Verdict::Same, "{}", language.code());
    }
}

#[test]
fn the_way_of_missing_glyphs_alters_no_document_that_has_none() {
    let press = Press::new([]).unwrap();
    let yaml = "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-03-14\ntitle: Tides\nbody: [paragraph: Tide]\n";
    let source = Source::new("test.yaml", yaml);
    let made = |missing_glyphs| {
        let rendition = render(&press, &Job::new(&source, Format::Yaml).missing_glyphs(missing_glyphs)).unwrap();
        rendition.pdf(Profile::Archive).unwrap()
    };
    assert!(made(MissingGlyphs::Error) == made(MissingGlyphs::BoxWithCode));
}

#[test]
fn every_chinese_character_of_the_standard_is_there() {
    let press = Press::new([]).unwrap();
    let standard = include_str!("../../fonts/general-standard-characters.txt");
    let standard = standard.chars().filter(|c| !c.is_whitespace());
    assert_eq!(standard.clone().count(), 8105);
    assert_eq!(standard.filter(|c| !press.covers(*c)).collect::<String>(), "");
}

#[test]
fn a_letter_with_a_mark_is_said_once() {
    let press = Press::new([]).unwrap();
    let words = "قد أُحرز تقدم، وتُعقد الدورة جدًا، وهو أمرٌ بنّاء، مِن أَجل لأَن";
    let arabic = ARABIC.replace("*تقرر* أن تبقي المسألة قيد نظرها.", words);
    let rendition = pages_in(&press, Language::Ar, &arabic);
    let printed: String = pieces(&rendition).into_iter().map(|piece| piece.text).collect();
    let count = |text: &str, c: char| text.matches(c).count();
    for c in ['\u{64b}', '\u{64c}', '\u{64e}', '\u{64f}', '\u{650}', '\u{651}'] {
        assert_eq!(count(&printed, c), count(&arabic, c), "{c:?}");
    }
    assert_eq!(count(&printed, 'أ'), count(&arabic, 'أ'));
}
