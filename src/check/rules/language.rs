//! Wording: short forms, Latin words, names of States, closing formulas.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Section, operative};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::Kind;
use crate::model::symbol::Organ;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "foreign-italics",
        severity: Severity::Warning,
        asks: "Set “inter alia”, “per se” and other words that English has adopted in roman.",
        source: "Editorial Manual, Italics; every genuine document.",
        breaks: "body: [preambular: '*Recalling*, *inter alia*, the past,']",
        keeps: "body: [preambular: '*Recalling*, inter alia, the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: italics,
    },
    Rule {
        code: "foreign-form",
        severity: Severity::Warning,
        asks: "Write Latin and French words that English has adopted in their correct form: “inter alia”, “ad hoc”, “vis-à-vis”.",
        source: "Editorial Manual, Spelling; every genuine document.",
        breaks: "body: [preambular: '*Recalling*, inter alios, the ad-hoc tides,']",
        keeps: "body: [preambular: '*Recalling*, inter alia, the ad hoc tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: foreign,
    },
    Rule {
        code: "short-form",
        severity: Severity::Warning,
        asks: "Write words out in the text: no “&”, “e.g.”, “i.e.”, “Sec.-Gen.” or “don’t”.",
        source: "Editorial Manual, Abbreviations; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the tides & shores,']",
        keeps: "body: [preambular: '*Recalling* the tides and shores,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: short,
    },
    Rule {
        code: "united-nations-short",
        severity: Severity::Hint,
        asks: "Write “United Nations” out in the text.",
        source: "Editorial Manual, Abbreviations; genuine documents.",
        breaks: "body: [preambular: '*Recalling* the work of the UN,']",
        keeps: "body: [preambular: '*Recalling* the work of the United Nations,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: united_nations,
    },
    Rule {
        code: "state-name",
        severity: Severity::Hint,
        asks: "Use the official names of States in the text.",
        source: "Official names of Member States (UNTERM).",
        breaks: "body: [preambular: '*Recalling* the tides of Vietnam,']",
        keeps: "body: [preambular: '*Recalling* the tides of Viet Nam,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: states,
    },
    Rule {
        code: "this-resolution",
        severity: Severity::Warning,
        asks: "Write “the present resolution” in texts of the General Assembly and the Economic and Social Council; the Security Council writes “this resolution”.",
        source: "Genuine resolutions.",
        breaks: "body: [operative: '*Requests* a report on this resolution.']",
        keeps: "body: [operative: '*Requests* a report on the present resolution.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: this_resolution,
    },
    Rule {
        code: "gendered-word",
        severity: Severity::Hint,
        asks: "Use gender-neutral terms: “Chair”, “humankind”, “staffing”.",
        source: "United Nations guidelines for gender-inclusive language.",
        breaks: "body: [preambular: '*Recalling* the words of the Chairman,']",
        keeps: "body: [preambular: '*Recalling* the words of the Chair,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: gendered,
    },
    Rule {
        code: "closing-formula",
        severity: Severity::Hint,
        asks: "End a resolution of the Security Council with the decision to remain seized of the matter.",
        source: "Genuine resolutions of the Security Council.",
        breaks: "symbol: S/2029/12\n-session\n-agenda_item\n-agenda_title\nkind: draft-resolution\nbody: [enacting: '*The Security Council*,', operative: '*Requests* a report.']",
        keeps: "symbol: S/2029/12\n-session\n-agenda_item\n-agenda_title\nkind: draft-resolution\nbody: [enacting: '*The Security Council*,', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: closing,
    },
    Rule {
        code: "seized-form",
        severity: Severity::Warning,
        asks: "Write the closing formula as “*Decides* to remain seized of the matter.”, with “seized”.",
        source: "Genuine resolutions.",
        breaks: "body: [operative: '*Decides* to remain seised of the matter.']",
        keeps: "body: [operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: seized,
    },
];

static FOREIGN: Pattern = Pattern::new(
    r"(?-u:\b)(?:inter alia|per se|ad hoc|bona fide|de facto|de jure|ex officio|status quo|vis-à-vis|mutatis mutandis|pro rata|prima facie)(?-u:\b)",
);

fn italics(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in FOREIGN.each(manuscript) {
        let alone = prose
            .italics
            .iter()
            .any(|italic| italic.start <= range.start && range.end <= italic.end && italic.start > 0);
        if alone {
            let words = prose.plain[range.clone()].to_owned();
            sink.words(prose, range, format!("“{words}” is in italics"), "remove the asterisks around it");
        }
    }
}

/// Misspelt forms of such words. "Inter alios" is correct Latin, but not used by the United Nations.
static NEAR_FOREIGN: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:[Ii]nter[ -]?al(?:ios|iis|is|ai|ias|ie|la|lia|ea|i)|[Ii]nter[ -]?a(?:ila|lais)|[Ii]nter-alia|[Ii]nteralia|[Ii]ntra alia",
    r"|[Aa]d-hoc|[Aa]dhoc|[Aa]d hock|[Dd]e-facto|[Dd]efacto|[Dd]e-jure|[Dd]ejure|[Bb]ona-fide|[Bb]onafide",
    r"|[Ss]tatus-quo|[Ss]tatus quos?t|[Vv]ice-versa|[Vv]ice verse|[Vv]is[ -]a[ -]vis|[Vv]is à vis|[Mm]utatis mutandus|[Pp]ro-rata",
    r"|[Ee]x-officio|[Ee]x officia|[Pp]er say|[Pp]er-se|[Pp]rima-facie|[Pp]er capital|[Pp]er-capita|[Ss]ine quo non|[Cc]onditio sine)(?-u:\b)",
));

fn foreign(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in NEAR_FOREIGN.each(manuscript) {
        let words = prose.plain[range.clone()].to_owned();
        let message = format!("“{words}” is not the correct form");
        sink.words(
            prose,
            range,
            message,
            "write “inter alia”, “ad hoc”, “de facto” or “vis-à-vis”, without other hyphens",
        );
    }
}

static SHORT: Pattern = Pattern::new(
    r"(?P<amp>&amp;|&)|(?P<at>(?-u:\b)(?:e\.g\.|i\.e\.|viz\.|cf\. [a-z]|w\.r\.t\.|Sec\.?-Gen\.?|Govts?\.?(?-u:\b)|Intl\.?(?-u:\b)|[Oo]rg\.(?-u:\b)|approx\.|etc\.?(?-u:\b)|(?:do|does|did|is|are|was|were|has|have|had|would|should|could|must|need|wo|ca)n[’']t(?-u:\b)|(?:it|that|there|what)[’']s (?:a|the|not|been|to|in|of)(?-u:\b)|(?:we|they|you)[’'](?:re|ve|ll)(?-u:\b)))",
);

fn short(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in SHORT.all(manuscript) {
        let Some(sign) = hit.one_of(&["amp", "at"]) else { continue };
        let at = hit.place(&sign);
        // “&” is right between the parts of an address and between capitals in a name: "R&D".
        let ampersand = hit.name("amp").is_some();
        let tight = prose.before(at.start).ends_with(|c: char| c.is_uppercase() || matches!(c, '=' | '/'))
            || prose.after(at.end).starts_with(|c: char| c.is_uppercase() || c == '=')
            || prose.before(at.start).rsplit([' ', '\u{a0}']).next().is_some_and(|word| word.contains(['/', '?']));
        let quoted = prose.is_quoted(at.start);
        if prose.cell || quoted || prose.footnote.is_some() && !ampersand || ampersand && tight {
            continue;
        }
        sink.words(
            prose,
            at,
            format!("“{}” is an abbreviation", sign.as_str()),
            "write it out: “and”, “for example”, “that is”",
        );
    }
}

static UNITED_NATIONS: Pattern = Pattern::new(r"(?:^|[ \x{a0}(“])(?P<at>UN|U\.N\.|UNO)(?:[ \x{a0},;.)’]|$)");

fn united_nations(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in
        UNITED_NATIONS.each(manuscript).into_iter().filter(|(prose, range)| !prose.is_quoted(range.start))
    {
        sink.words(prose, range, "“United Nations” is abbreviated", "write “United Nations”");
    }
}

/// Unambiguous unofficial names of States, with the official ones.
const STATES: [(&str, &str); 18] = [
    ("Vietnam", "Viet Nam"),
    ("South Korea", "Republic of Korea"),
    ("North Korea", "Democratic People’s Republic of Korea"),
    ("Ivory Coast", "Côte d’Ivoire"),
    ("Swaziland", "Eswatini"),
    ("Burma", "Myanmar"),
    ("Cape Verde", "Cabo Verde"),
    ("East Timor", "Timor-Leste"),
    ("Laos", "Lao People’s Democratic Republic"),
    ("Czech Republic", "Czechia"),
    ("Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    ("Tanzania", "United Republic of Tanzania"),
    ("Moldova", "Republic of Moldova"),
    ("Russia", "Russian Federation"),
    ("Turkey", "Türkiye"),
    ("Turkiye", "Türkiye"),
    ("Holland", "Netherlands (Kingdom of the)"),
    ("USA", "United States of America"),
];

static STATE: Pattern = Pattern::new(
    r"Vietnam|South Korea|North Korea|Ivory Coast|Swaziland|Burma|Cape Verde|East Timor|Laos|Czech Republic|Great Britain|Tanzania|Moldova|Russia|Turkey|Turkiye|Holland|USA",
);

fn states(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in STATE.each(manuscript) {
        let name = &prose.plain[range.clone()];
        let before = prose.before(range.start);
        let after = prose.after(range.end);
        let longer =
            before.ends_with(char::is_alphanumeric) || after.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let within = ["Republic of ", "Republic the "].iter().any(|words| before.ends_with(words))
            || after.starts_with(" and Northern")
            || after.starts_with(" (");
        let official = STATES.iter().find(|(other, _)| *other == name).map_or("", |(_, official)| official);
        if !longer && !within && prose.footnote.is_none() {
            let message = format!("“{name}” is not the official name of the State");
            sink.words(prose, range, message, format!("write “{official}”"));
        }
    }
}

static THIS: Pattern = Pattern::new(
    r"(?-u:\b)(?P<at>this resolution|This resolution|this draft resolution|the current resolution)(?-u:\b)",
);

fn this_resolution(manuscript: &Manuscript, sink: &mut RuleSink) {
    if !manuscript.document.kind.acts() || manuscript.organ() == Some(Organ::SecurityCouncil) {
        return;
    }
    for (prose, range) in THIS.each(manuscript) {
        if prose.is_in_main_body() {
            let words = prose.plain[range.clone()].to_owned();
            sink.words(
                prose,
                range,
                format!("“{words}” is not how a resolution refers to itself"),
                "write “the present resolution”",
            );
        }
    }
}

static GENDERED: Pattern = Pattern::new(
    r"(?-u:\b)(?:[Cc]hairm[ae]n|[Mm]ankind|[Mm]anpower|[Ss]pokesm[ae]n|[Ll]aymen|[Ss]tatesmen|man-made|Man-made|[Ff]iremen|[Pp]olicem[ae]n|[Bb]usinessm[ae]n|[Cc]haircouple)(?-u:\b)",
);

fn gendered(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in GENDERED.each(manuscript) {
        let word = prose.plain[range.clone()].to_owned();
        sink.words(
            prose,
            range,
            format!("gendered term “{word}”"),
            "use a neutral one, except in a name or a quotation",
        );
    }
}

fn last_act<'m>(manuscript: &'m Manuscript) -> Option<&'m crate::check::manuscript::Prose<'m>> {
    let section: &Section = manuscript.sections.first()?;
    let (path, passage) = section.passages(operative).last()?;
    passage.items.is_empty().then(|| manuscript.at(path.field("text")))?
}

fn closing(manuscript: &Manuscript, sink: &mut RuleSink) {
    let acts = matches!(manuscript.document.kind, Kind::Resolution | Kind::DraftResolution);
    if !acts || manuscript.organ() != Some(Organ::SecurityCouncil) {
        return;
    }
    if let Some(last) = last_act(manuscript)
        .filter(|last| !last.plain.contains("seized of the matter") && !last.plain.contains("seised"))
    {
        sink.words(
            last,
            0..last.plain.len(),
            "the resolution does not end with the customary formula",
            "end it with “*Decides* to remain seized of the matter.”",
        );
    }
}

static SEIZED: Pattern = Pattern::new(
    r"(?-u:\b)(?P<at>remains? (?:actively )?(?:seised|ceased|sized|siezed|seized (?:in|on|with|about|to) the matter|seized of (?:this|the) (?:question|issue|subject)))(?-u:\b)",
);

fn seized(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in SEIZED.each(manuscript) {
        let words = prose.plain[range.clone()].to_owned();
        sink.words(
            prose,
            range,
            format!("“{words}” is not the customary formula"),
            "write “remain seized of the matter”",
        );
    }
}
