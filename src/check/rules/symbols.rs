//! The document's own symbol, and the fields that depend on it.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::{Organ, Series, Sitting};
use crate::model::{Distribution, Kind, Path, Session, Symbol};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "symbol-pattern",
        severity: Severity::Warning,
        asks: "A symbol must have the parts that symbols of its organ have, in the same order.",
        source: "Document symbols of the United Nations (Dag Hammarskjöld Library); every genuine document.",
        breaks: "symbol: A/84/L12",
        keeps: "symbol: A/84/L.12",
        languages: Languages::All,
        needs: Needs::Text,
        check: pattern,
    },
    Rule {
        code: "symbol-kind",
        severity: Severity::Error,
        asks: "The symbol must match the kind: “L.” for drafts and amendments, “RES” or “DEC” for adopted texts.",
        source: "Document symbols of the United Nations (Dag Hammarskjöld Library); every genuine document.",
        breaks: "symbol: A/RES/84/12",
        keeps: "symbol: A/84/L.12",
        languages: Languages::All,
        needs: Needs::Document,
        check: kind,
    },
    Rule {
        code: "symbol-distribution",
        severity: Severity::Warning,
        asks: "Give L. documents limited distribution, and adopted resolutions and all other documents general distribution.",
        source: "Editorial Manual, Distribution; every genuine document.",
        breaks: "distribution: general",
        keeps: "distribution: limited",
        languages: Languages::All,
        needs: Needs::Text,
        check: distribution,
    },
    Rule {
        code: "symbol-number",
        severity: Severity::Error,
        asks: "The number of an adopted text must match its symbol.",
        source: "Every genuine resolution.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/21\nadopted: 2029-11-27\n-sponsors",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors",
        languages: Languages::All,
        needs: Needs::Document,
        check: number,
    },
    Rule {
        code: "revision-named",
        severity: Severity::Warning,
        asks: "Call a Rev. of a draft or an amendment revised: “Revised draft resolution submitted by …”.",
        source: "Editorial Manual, Document symbols: Rev.",
        breaks: "symbol: A/84/L.12/Rev.1\nsubmitted_by: Draft resolution submitted by the President of the General Assembly\n-sponsors",
        keeps: "symbol: A/84/L.12/Rev.1\nsubmitted_by: Revised draft resolution submitted by the President of the General Assembly\n-sponsors",
        languages: Languages::English,
        needs: Needs::Text,
        check: revision,
    },
    Rule {
        code: "symbol-twice",
        severity: Severity::Warning,
        asks: "Give a document of two organs one symbol of each.",
        source: "Document symbols of the United Nations (Dag Hammarskjöld Library); documents such as A/80/434–S/2025/632.",
        breaks: "symbol: [A/84/12, A/84/13]\nkind: letter\ndistribution: general",
        keeps: "symbol: [A/84/12, S/2029/13]\nkind: letter\ndistribution: general",
        languages: Languages::All,
        needs: Needs::Document,
        check: twice,
    },
];

/// Symbols of the General Assembly, the Councils and the Secretariat, with their suffixes.
static PATTERN: Pattern = Pattern::new(concat!(
    r"^(?:A/(?:RES|DEC)/(?:[0-9]{1,3}|(?:ES|S)-[0-9]{1,2})/[0-9]{1,3}(?: ?[A-Z](?:-[A-Z])?)?",
    r"|A/RES/[0-9]{1,4}(?: ?[A-Z])? ?\((?:(?:ES-|S-)?[IVXL]+)\)",
    r"|A/HRC(?:/[A-Z][A-Za-z.]*[0-9]*(?:-[A-Z]+)?|/(?:S-)?[0-9]{1,4})+",
    r"|A(?:/(?:C\.[1-6]|SPC|BUR|AC\.[0-9]{1,3}|CONF\.[0-9]{1,3}|CN\.[0-9]{1,3}|HRC|WGAP|INF|ICC|NGO))*",
    r"(?:/(?:SUB|WG|SC|Sub)\.[0-9]{1,2})?",
    r"(?:/(?:[0-9]{1,4}|(?:ES|S)-[0-9]{1,2}))?(?:/(?:INF|NGO|BUR|PET|WG\.[0-9]+|RES|DEC|G|UPR|CE))*",
    r"(?:/(?:(?:L|PV|SR|WP|CRP|INF|G|NGO|PRST|AGENDA|DC)\.)?[0-9]{1,4}|/(?:INF|NGO|L)/[0-9]{1,4})",
    r"|S/(?:RES/[0-9]{1,4} ?\([12][0-9]{3}\)|PRST/[0-9]{4}/[0-9]{1,3}|PV\.[0-9]{1,5}",
    r"|(?:AC\.[0-9]{1,3}/)?(?:[0-9]{4}/(?:INF/|NOTE\.|L\.|SR\.)?[0-9]{1,4}|[0-9]{1,5}|Agenda/[0-9]{1,5}|SR\.[0-9]+))",
    r"|E/(?:RES/|DEC/)?(?:(?:CN\.[0-9]{1,3}|C\.[0-9]{1,3}|ICEF|ESCAP|ECE|ECA|ESCWA|CEPAL|AC\.[0-9]{1,3}|HLPF|FFDF)(?:/[A-Z]+(?:\.[0-9]+)?)*/)?",
    r"(?:[0-9]{4}/(?:INF/|NGO/|WG\.[0-9]+/)?(?:(?:L|SR|CRP|WP|INF|NGO|OP)\.?)?/?[0-9]{1,4}|[0-9]{1,4}(?:/[0-9]{1,4})*|(?:L|SR)\.[0-9]+)",
    r"|(?:T|ST)/.+)",
    r"(?:/(?:(?:Rev|Add|Corr|Amend|Sect)\.[0-9]{1,3}|(?:Summary|ANNEX|Annex)\.?[0-9]{0,3}))*",
    r"(?: \((?:Part|Vol\.|Sect\.|Supp) ?[IVX0-9]+\))?(?: \(Part [IVX]+\))*$",
));

fn pattern(manuscript: &Manuscript, sink: &mut RuleSink) {
    let symbols = &manuscript.document.symbol;
    // What is not a symbol at all is an error of form; symbols of other bodies have parts of their own.
    let odd = |symbol: &Symbol| symbol.organ != Organ::Other && !PATTERN.is_match(symbol.text());
    for (index, symbol) in symbols.iter().enumerate().filter(|(_, symbol)| odd(symbol)) {
        let path = Path::from("symbol").one_of(index, symbols.len());
        let symbol = symbol.printed();
        sink.value(
            &path,
            format!("“{symbol}” does not have the form of a symbol"),
            "write it as in A/77/L.107, A/C.3/80/L.26, A/RES/78/323, S/RES/2803 (2025) or E/2025/L.7",
        );
    }
}

fn kind(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(symbol) = manuscript.symbol else { return };
    let kind = manuscript.document.kind;
    let limited = symbol.series == Series::Limited;
    let fits = match kind {
        Kind::DraftResolution | Kind::DraftDecision | Kind::Amendment => {
            !matches!(symbol.series, Series::Resolution | Series::Decision | Series::Record | Series::Statement)
        }
        Kind::Resolution => !limited && !matches!(symbol.series, Series::Decision | Series::Record),
        Kind::Decision => !limited && !matches!(symbol.series, Series::Resolution | Series::Record),
        Kind::PresidentialStatement => symbol.series == Series::Statement,
        Kind::Corrigendum => symbol.text().contains("/Corr."),
        Kind::Addendum => symbol.text().contains("/Add."),
        Kind::Letter | Kind::Note | Kind::Report | Kind::Agenda | Kind::WorkingPaper => {
            !matches!(symbol.series, Series::Resolution | Series::Decision)
        }
    };
    if !fits {
        sink.value(
            "symbol",
            format!("the symbol “{symbol}” does not match the kind “{}”", kind.name()),
            "correct the symbol or the kind: symbols of drafts have “L.”, those of adopted texts “RES” or “DEC”, those of corrections “Corr.” and of additions “Add.”",
        );
    }
}

fn distribution(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (Some(symbol), Some(given)) = (manuscript.symbol, manuscript.document.distribution) else { return };
    if symbol.organ == Organ::Other {
        return;
    }
    let limited = symbol.series == Series::Limited || symbol.to_string().contains("/CRP.");
    let wanted = match symbol.series {
        Series::Record | Series::Other => return,
        _ if limited => Distribution::Limited,
        Series::Main if given == Distribution::Restricted => return,
        _ => Distribution::General,
    };
    if given != wanted {
        let message =
            format!("the distribution is “{}”, but documents such as {symbol} are “{}”", given.name(), wanted.name());
        sink.value("distribution", message, format!("write “{}”, or correct the symbol", wanted.name()));
    }
}

fn number(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let (Some(symbol), Some(number)) = (manuscript.symbol, &document.number) else { return };
    if !matches!(symbol.series, Series::Resolution | Series::Decision) {
        return;
    }
    let text = symbol.to_string();
    let of_symbol = text.split_once("RES/").or_else(|| text.split_once("DEC/")).map_or("", |(_, rest)| rest);
    let folded = |text: &str| text.replace([' ', '\u{a0}'], "").to_uppercase();
    let (said, wanted) = (folded(number), folded(of_symbol));
    // A resolution under a shared number may be lettered in only one of the two.
    if said != wanted && !wanted.starts_with(&said) && !said.starts_with(&wanted) {
        sink.value(
            "number",
            format!("the number is “{number}”, but the symbol has “{of_symbol}”"),
            "correct one of the two",
        );
    }
}

static SUBMITTED: Pattern = Pattern::new(r"(?i)^(?:draft (?:resolution|decision)|amendments?)\b");

fn revision(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (Some(symbol), Some(prose)) = (manuscript.symbol, manuscript.at("submitted_by")) else { return };
    if symbol.revised && SUBMITTED.is_match(&prose.plain) {
        let message = format!("{symbol} is a revision, but “{}” does not say so", prose.plain);
        sink.value("submitted_by", message, "add “Revised”: “Revised draft resolution submitted by …”");
    }
}

fn twice(manuscript: &Manuscript, sink: &mut RuleSink) {
    let symbols = &manuscript.document.symbol;
    let organ = |symbol: &Symbol| symbol.text().split('/').next().unwrap_or_default().to_owned();
    for (index, symbol) in symbols.iter().enumerate().skip(1) {
        if symbols[..index].iter().any(|before| organ(before) == organ(symbol)) {
            sink.value(
                Path::from("symbol").index(index),
                format!("“{}” is a second symbol of the same organ", symbol.printed()),
                "keep one symbol per organ",
            );
        }
    }
}

/// Returns the session in the masthead as a number.
pub(super) fn session_number(manuscript: &Manuscript) -> Option<u32> {
    if let Some(Session::Number(number)) = manuscript.document.session {
        return Some(number);
    }
    match manuscript.symbol?.sitting? {
        Sitting::Session(number) if manuscript.organ() == Some(Organ::GeneralAssembly) => Some(number.into()),
        _ => None,
    }
}
