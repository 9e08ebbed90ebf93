//! The kinds of single errors that are planted in genuine documents: what is looked for in a document
//! written as YAML, and what stands there then.

use regex::Captures;

/// What is planted in the place of what was found.
pub enum Plant {
    /// A template with the groups of the pattern.
    As(&'static str),
    /// Made out of the groups.
    Made(fn(&Captures) -> String),
}

use Plant::{As, Made};

/// A kind: its name, the pattern of sound text, what is planted.
pub type Kind = (&'static str, &'static str, Plant);

fn upper(hit: &Captures) -> String {
    format!("{}{}", &hit[1], hit[2].to_uppercase())
}

/// Every word with a capital.
fn tall(hit: &Captures) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    };
    format!("{}{}", &hit[1], hit[2].split(' ').map(word).collect::<Vec<_>>().join(" "))
}

fn small(hit: &Captures) -> String {
    hit[0].to_lowercase()
}

/// The figures of the second group raised by so many.
fn raised(hit: &Captures, by: usize) -> String {
    let number: usize = hit[2].parse().unwrap_or(0);
    format!("{}{}{}", &hit[1], number + by, &hit[3])
}

/// The figure of a number in words.
fn figure(hit: &Captures) -> String {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let number = words.iter().position(|word| *word == &hit[2]).unwrap_or(0) + 1;
    format!("{}{number}{}", &hit[1], &hit[3])
}

/// The kinds, by theme. Texts are taken after other words, so that no name of a field is meant.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    // Spelling.
    ("a letter is missing", r"(\s[a-z]{3})[a-z]([a-z]{5,}\s)", As("$1$2")),
    ("two letters are swapped", r"(\s[a-z]{4})([a-z])([a-z])([a-z]{4,}\s)", As("$1$3$2$4")),
    ("a letter is doubled", r"(\s[a-z]{4}[aeiou])([bcdfghkmnprst])([aeiou][a-z]{3,}\s)", As("$1$2$2$3")),
    ("programme", r"(\s)programme(s?)\s", As("${1}program$2 ")),
    ("-ise", r"(\s[a-z]{4,}[lnr])iz(e|es|ed|ing|ation)\s", As("${1}is$2 ")),
    ("co-operation", r"\scooperat", As(" co-operat")),
    ("toward", r"\stowards\s", As(" toward ")),
    ("American spelling", r"(\s)(labour|favour|behaviour|neighbour|harbour|honour)", Made(|hit| format!("{}{}", &hit[1], hit[2].replace("our", "or")))),
    ("centre", r"\scentre(s?)\b", As(" center$1")),
    // Words.
    ("a word is doubled", r"\s(the|of|and|in|to|for|with)\s([a-z]{4,})", As(" $1 $1 $2")),
    ("a noun is missing", r"([a-z]\s)(the|its|their)\s[a-z]+\s(of)\s", As("$1$2 $3 ")),
    ("words are joined", r"([a-z]\s)(of|in|to|for|by)\s(the)\s", As("$1$2$3 ")),
    ("a before a vowel", r"\san\s([aeio][a-z]+\s)", As(" a $1")),
    ("an before a consonant", r"([a-z]\s)a\s([bcdfgklmprstw][a-z]+\s)", As("${1}an $2")),
    ("then for than", r"\s(more|other|rather|less)\sthan\s", As(" $1 then ")),
    ("this before many", r"\s(?:these)\s(resolutions|measures|efforts|rights|issues|principles|goals|countries|challenges|commitments)\b", As(" this $1")),
    ("these before one", r"\s(?:this)\s(resolution|effort|regard|issue|matter|goal|report)\b", As(" these $1")),
    ("States has", r"(\sMember\sStates)\s(?:have|are|were)\s", As("$1 has ")),
    ("principals", r"\sprinciples(\s(?:of|set|and|contained)\s)", As(" principals$1")),
    ("Latin words", r"\binter\salia\b", As("inter alios")),
    ("Latin words with a hyphen", r"\s(?:ad)\s(?:hoc)\b", As(" ad-hoc")),
    ("Latin words in italics", r"([a-z],?\s)inter\salia\b", As("$1*inter alia*")),
    ("an ampersand", r"([a-z]+\s)and(\s[a-z])", As("$1&$2")),
    ("an ampersand between names", r"([A-Z][a-z]+\s)and(\s[A-Z][a-z])", As("$1&$2")),
    ("e.g.", r"([a-z],?\s)such as\s", As("${1}e.g. ")),
    ("this resolution", r"\sthe\spresent\sresolution\b", As(" this resolution")),
    ("seised", r"\sseized\sof", As(" seised of")),
    // Capital letters.
    ("member states", r"([a-z]\s)Member\sStates", As("${1}member states")),
    ("Member states", r"([a-z]\s)Member\sStates", As("${1}Member states")),
    ("secretary-general", r"\sSecretary-General", As(" secretary-general")),
    ("Secretary General", r"\sSecretary-General", As(" Secretary General")),
    ("general assembly", r"([a-z]\s)General\sAssembly", As("${1}general assembly")),
    ("united nations", r"([a-z]\s)United\sNations", As("${1}united nations")),
    ("security council", r"([a-z]\s)Security\sCouncil", As("${1}security council")),
    ("governments", r"(\s(?:all|other|between|among|upon|by|encourages|invites|urges|requests|interested|donor)\s)Governments\b", As("${1}governments")),
    ("article of the Charter", r"\sArticle(\s[0-9]+(?:\s\([0-9]\))?\sof\sthe\sCharter)", As(" article$1")),
    ("Resolution", r"([a-z]\s)resolution(\s[0-9]+/[0-9])", As("${1}Resolution$2")),
    ("Paragraph", r"([a-z]\s)paragraph(\s[0-9])", As("${1}Paragraph$2")),
    ("a month in small letters", r"[0-9]\s(?:January|February|April|September|October|November|December)\s[12]", Made(small)),
    ("african", r"([a-z]\s)(African|European|Arab)(\s)", Made(small)),
    ("an opening in a small letter", r"(preambular|operative)(: (?:>-\n\s+|')?\x22?)\*([A-Z])", Made(|hit| format!("{}{}*{}", &hit[1], &hit[2], hit[3].to_lowercase()))),
    ("a title in capitals", r"(?m)^(title: )([A-Z][^>\n]{15,})", Made(upper)),
    ("a title of capitals", r"(?m)^(title: )([A-Z][^>\n]{15,} (?:of|and|in|on|for|to|with) [^>\n]+)", Made(tall)),
    ("a title with a stop", r"(?m)^(title: [A-Z][^>\n]+[a-z])$", As("$1.")),
    // Numbers.
    ("%", r"([a-z]\s[0-9]+)\sper\scent", As("$1%")),
    ("percent", r"([a-z]\s[0-9]+)\sper\scent", As("$1 percent")),
    ("per cent in words", r"([a-z]\s)[0-9]+\sper\scent", As("${1}forty per cent")),
    ("thousands without a comma", r"(\s[0-9]{2,3}),([0-9]{3})(\s[a-z])", As("$1$2$3")),
    ("a letter for 1", r"(\sresolutions?\s[0-9]+/[0-9]*)1([0-9]*\s)", As("${1}l$2")),
    ("a letter for 0", r"([a-z]\s20)0?(?:0|1|2)([0-9]\b)", As("${1}O$2")),
    ("a number under 10", r"([a-z]\s)(two|three|four|five|six|seven|eight|nine)(\s(?:years|days|months|regions|countries|meetings|reports|sessions|languages|members|areas|pillars|dimensions))", Made(figure)),
    ("an ordinal in figures", r"(\s(?:its|the)\s)(?:seventy|eighty)-[a-z]+(\ssession)", As("${1}79th$2")),
    ("a cardinal before session", r"(\s(?:seventy|eighty)-(?:six|seven))th(\ssession)", As("$1$2")),
    ("an ordinal without its hyphen", r"(\s(?:seventy|eighty))-([a-z]+\ssession)", As("$1 $2")),
    // Dates.
    ("month, day, year", r"(\s)([0-9]{1,2})[\s\u{a0}](January|March|June|July|October|November|December)[\s\u{a0}]((?:19|20)[0-9]{2})", As("$1$3 $2, $4")),
    ("a day with an ending", r"(\s)([0-9]{1,2})([\s\u{a0}](?:January|March|June|July|October|November|December)[\s\u{a0}](?:19|20)[0-9]{2})", As("$1${2}th$3")),
    ("31 June", r"(\s)[0-9]{1,2}([\s\u{a0}])(?:January|March|June|July|October|November|December)([\s\u{a0}](?:19|20)[0-9]{2})", As("${1}31${2}June$3")),
    ("a comma before the year", r"(\s[0-9]{1,2}[\s\u{a0}](?:January|March|June|July|October|November|December))([\s\u{a0}](?:19|20)[0-9]{2})", As("$1,$2")),
    ("a short month", r"(\s[0-9]{1,2}[\s\u{a0}])(?:September|October|November|December)([\s\u{a0}](?:19|20)[0-9]{2})", As("${1}Nov.$2")),
    ("a year of two figures", r"(\s[0-9]{1,2}[\s\u{a0}](?:January|March|June|July|October|November|December)[\s\u{a0}])(?:19|20)([0-9]{2}\b)", As("$1$2")),
    // Citations.
    ("a hyphen in a resolution", r"(\sresolutions?\s[0-9]{2})/([0-9]+\s)", As("$1-$2")),
    ("the symbol of a resolution", r"(\sresolution\s)([0-9]{2}/[0-9]+\s)", As("${1}A/RES/$2")),
    ("No. for a resolution", r"(\sresolution\s)([0-9]{2}/[0-9]+\s)", As("${1}No. $2")),
    ("a date of another session", r"(\sresolution\s[0-9]{2}/[0-9]+\sof\s[0-9]+[\s\u{a0}][A-Z][a-z]+[\s\u{a0}])(20[01][0-9])()", Made(|hit| raised(hit, 4))),
    ("a resolution of a later session", r"(\sits\sresolution\s)([0-9]{2})(/[0-9]+\s)", Made(|hit| raised(hit, 20))),
    ("a document of a later session", r"(\sA/)([67][0-9])(/[0-9]+)", Made(|hit| raised(hit, 25))),
    ("a hyphen in a symbol", r"(\sA/[0-9]{2})/([0-9]+\b)", As("$1-$2")),
    ("one resolution of two", r"(\s)resolutions(\s[0-9]+/[0-9]+\sof\s[0-9]+[\s\u{a0}][A-Z][a-z]+[\s\u{a0}][0-9]{4}(?:\sand|,)\s[0-9]+/)", As("${1}resolution$2")),
    ("resolutions of one", r"(\s)resolution(\s[0-9]+/[0-9]+\sof\s[0-9]+[\s\u{a0}][A-Z][a-z]+[\s\u{a0}][0-9]{4}\s?,)", As("${1}resolutions$2")),
    ("one paragraph of two", r"(\s)paragraphs(\s[0-9]+\s(?:and|to)\s[0-9]+)", As("${1}paragraph$2")),
    ("a paragraph above that is none", r"(\sparagraphs?\s)([0-9]+)(\sabove)", Made(|hit| raised(hit, 60))),
    ("a paragraph of the resolution that is none", r"(\sparagraph\s)([0-9]+)(\sof\sthe\spresent\sresolution)", Made(|hit| raised(hit, 90))),
    // Punctuation marks.
    ("two commas", r"([a-z]),(\s[a-z])", As("$1,,$2")),
    ("a space before a comma", r"([a-z]),(\s[a-z])", As("$1 ,$2")),
    ("no space after a comma", r"([a-z]{3}),\s([a-z]{3})", As("$1,$2")),
    ("two spaces", r"([a-z]{3}) ([a-z]{3})", As("$1  $2")),
    ("a sentence goes on after a stop", r"([a-z]{5}),\s(including|taking|and|with|as)\s", As("$1. $2 ")),
    ("straight quotes", r"“([A-Z][^“”\n\x22]+)”", As("\\\"$1\\\"")),
    ("single quotes", r"“([A-Z][^“”‘’\n]+)”", As("‘$1’")),
    ("a quotation is not closed", r"(“[A-Z][^“”]+)”", As("$1")),
    ("a quotation is not opened", r"“([A-Z][^“”]+”)", As("$1")),
    ("a comma within a quotation", r"(“[A-Z][^“”]+)”,", As("$1,”")),
    ("a bracket is not closed", r"(\s\([a-z0-9A-Z][^()\[\]]+)\)", As("$1")),
    ("a bracket is not opened", r"(\s)\(([a-z0-9A-Z][^()\[\]]+\))", As("$1$2")),
    ("spaces in brackets", r"(\s)\(([a-zA-Z][^()\[\]\n]+)\)", As("$1( $2 )")),
    ("years with a hyphen", r"(\s(?:19|20)[0-9]{2})–((?:19|20)?[0-9]{2,4})", As("$1-$2")),
    ("a hyphen for a dash", r"([a-z])\s[–—]\s([a-z])", As("$1 - $2")),
    // Ends of paragraphs.
    ("a preambular paragraph ends in a stop", r"([a-z]),(\x22?\n\s+- preambular:)", As("$1.$2")),
    ("a preambular paragraph ends in nothing", r"([a-z]),(\x22?\n\s+- preambular:)", As("$1$2")),
    ("a preambular paragraph ends in a semicolon", r"([a-z]),(\x22?\n\s+- preambular:)", As("$1;$2")),
    ("an operative paragraph ends in a comma", r"([a-z]);(\x22?\n\s+- operative:)", As("$1,$2")),
    ("an operative paragraph ends in nothing", r"([a-z]);(\x22?\n\s+- operative:)", As("$1$2")),
    ("a lead ends in a comma", r":(\x22\n\s+items:)", As(",$1")),
    ("a lead ends in nothing", r":(\x22\n\s+items:)", As("$1")),
    ("an item ends in a stop", r"([a-z]);(\x22?\n\s+- (?:To|The|By|In)\s)", As("$1.$2")),
    ("an item begins in a small letter", r"(;\x22?\n\s+- )(To|The|By|In|Encourage|Promote|Ensure)(\s)", Made(small)),
    // Openings and enacting words.
    ("Recalls in the preamble", r"(preambular: [^*\n]*(?:\n\s+)?)\*Recalling", As("$1*Recalls")),
    ("Requesting in an act", r"(operative: [^*\n]*(?:\n\s+)?)\*Requests", As("$1*Requesting")),
    ("Asks", r"(operative: [^*\n]*(?:\n\s+)?)\*Requests", As("$1*Asks")),
    ("Calls on", r"(operative: [^*\n]*(?:\n\s+)?)\*Calls\supon", As("$1*Calls on")),
    ("Calls for", r"(operative: [^*\n]*(?:\n\s+)?)\*Calls\supon(\*\sMember\sStates|\*\sall)", As("$1*Calls for$2")),
    ("Emphasises", r"(operative: [^*\n]*(?:\n\s+)?)\*(Emphasi|Recogni)z", As("$1*${2}s")),
    ("Wants", r"(operative: [^*\n]*(?:\n\s+)?)\*(?:Decides|Invites|Urges)", As("$1*Wants")),
    ("Remembering", r"(preambular: [^*\n]*(?:\n\s+)?)\*Recalling", As("$1*Remembering")),
    ("the italics go on", r"((?:preambular|operative): [^*\n]*(?:\n\s+)?\*[A-Z][a-z]+)\*\s(the|its)\s([a-z]+)", As("$1 $2 $3*")),
    ("the italics end early", r"\*(Taking|Takes)\s(note|into)", As("*$1* $2")),
    ("no italics in the preamble", r"(preambular: [^*\n]*(?:\n\s+)?)\*([A-Z][a-z]+)\*", As("$1$2")),
    ("no italics in an act", r"(operative: [^*\n]*(?:\n\s+)?)\*(Requests|Decides|Encourages|Urges)\*", As("$1$2")),
    ("also after the verb", r"\*Also\s(requests|decides|encourages|urges|notes|welcomes)\*", Made(|hit| format!("*{}{} also*", hit[1][..1].to_uppercase(), &hit[1][1..]))),
    ("also within an opening", r"\*Also\s(?:takes\snote|notes\swith)", As("*Takes also note")),
    ("also without its first", r"(operative: [^*\n]*(?:\n\s+)?)\*(?:Urges|Reaffirms|Stresses|Emphasizes)\*", As("$1*Also appreciates*")),
    ("an opening comes again", r"\*Recalling\salso\*", As("*Recalling*")),
    ("a colon after the enacting words", r"(enacting: .\*The [A-Za-z ]+\*),", As("$1:")),
    ("no comma after the enacting words", r"(enacting: .\*The [A-Za-z ]+\*),", As("$1")),
    ("another organ enacts", r"(enacting: .\*The )General Assembly", As("${1}Security Council")),
    ("enacting words in roman", r"(enacting: .)\*(The [A-Za-z ]+)\*,", As("$1$2,")),
    // The masthead.
    ("a symbol without its point", r"(?m)^(symbol: A/.*)/L\.([0-9]+)$", As("$1/L$2")),
    ("another distribution", r"(?m)^distribution: general$", As("distribution: limited")),
    ("another session", r"(?m)^(session: )([0-9]+)()$", Made(|hit| raised(hit, 1))),
    ("a short job number", r"(?m)^(job: .?[0-9]{2}-[0-9]{4})[0-9]", As("$1")),
    ("an agenda item without its space", r"(?m)^(agenda_item: .?[0-9]+) \(", As("$1(")),
    ("a date of another year", r"(?m)^(date: )([0-9]{4})(-)", Made(|hit| raised(hit, 4))),
    ("another number", r"(?m)^(number: .?[0-9]+/)([0-9]+)()", Made(|hit| raised(hit, 5))),
    ("a meeting with another ending", r"(?m)^(meeting: .?[0-9]+)(?:st|nd|rd|th)", As("${1}xx")),
    ("an origin of another session", r"(\(A/)([0-9]{2})(/[^)]*para)", Made(|hit| raised(hit, 2))),
    // Sponsors.
    ("sponsors out of order", r"(sponsors:\n\s+- )([^\n]+)(\n\s+- )([^\n]+)", As("$1$4$3$2")),
    ("a sponsor misspelt", r"(sponsors:\n\s+- [A-Z][a-z]+)[a-z]([a-z])\n", As("$1$2\n")),
    ("a sponsor that is no State", r"(sponsors:\n(?:\s+- [^\n]+\n)?\s+- )[A-Z][a-z]+\n", As("${1}Atlantis\n")),
    ("a sponsor named twice", r"(sponsors:\n)(\s+- [^\n]+\n)", As("$1$2$2")),
    // Footnotes.
    ("a note without its stop", r"(?m)^(  [0-9]+: (?:See |Resolution )?[A-Z0-9][^>\n]*[0-9a-z])\.$", As("$1")),
    ("a note in a small letter", r"(?m)^(  [0-9]+: )Resolution ", As("${1}resolution ")),
    ("no for No.", r"(Treaty\sSeries\*,\svol\.\s[0-9]+,\s)No\.", As("${1}no")),
    ("vol without its stop", r"(Treaty\sSeries\*,\s)vol\.", As("${1}vol")),
    ("a series in roman", r"\*(Treaty\sSeries)\*", As("$1")),
    ("Ibid without its stop", r"(?m)^(  [0-9]+: )Ibid\.,", As("${1}Ibid,")),
    ("a mark before the comma", r"([a-z]),(\[\^[0-9]+\])", As("$1$2,")),
    ("a space before a mark", r"([a-z],)(\[\^[0-9]+\])", As("$1 $2")),
    ("a mark of no note", r"([a-z],)\[\^[0-9]+\]", As("$1[^99]")),
    ("a mark out of its turn", r"(\[\^)([0-9])(\])", Made(|hit| raised(hit, 3))),
    // Numbering.
    ("a paragraph number is passed over", r"(- operative:\n\s+number: .?)([0-9]+)(\.)", Made(|hit| raised(hit, 1))),
    ("a label is passed over", r"(\s+label: .?\()([b-y])(\))", Made(|hit| format!("{}{}{}", &hit[1], char::from(hit[2].as_bytes()[0] + 1), &hit[3]))),
];
