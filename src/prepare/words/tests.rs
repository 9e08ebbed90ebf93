//! Lines of every language.

use super::words as of;
use crate::model::symbol::{Organ, Sitting};
use crate::model::{Kind, Language};

mod en {
    use super::*;

    #[test]
    fn sessions_in_words() {
        let cases = [
            (Sitting::Session(1), "First session"),
            (Sitting::Session(12), "Twelfth session"),
            (Sitting::Session(20), "Twentieth session"),
            (Sitting::Session(45), "Forty-fifth session"),
            (Sitting::Session(77), "Seventy-seventh session"),
            (Sitting::Session(80), "Eightieth session"),
            (Sitting::Session(100), "Hundredth session"),
            (Sitting::Session(110), "Hundred and tenth session"),
            (Sitting::EmergencySpecial(11), "Eleventh emergency special session"),
            (Sitting::Special(32), "Thirty-second special session"),
            (Sitting::Year(2025), "2025 session"),
            (Sitting::Session(900), "900 session"),
        ];
        for (sitting, words) in cases {
            assert_eq!(of(Language::En).sitting(sitting), words);
        }
        assert_eq!(of(Language::En).council_year(2025), "Eightieth year");
    }

    #[test]
    fn every_ordinal_is_its_own() {
        let all: std::collections::BTreeSet<_> =
            (1..200).filter_map(|number| of(Language::En).ordinal(number)).collect();
        assert_eq!(all.len(), 199);
    }
}

mod fr {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Première session"),
            (2, "Deuxième session"),
            (5, "Cinquième session"),
            (9, "Neuvième session"),
            (11, "Onzième session"),
            (21, "Vingt et unième session"),
            (30, "Trentième session"),
            (45, "Quarante-cinquième session"),
            (70, "Soixante-dixième session"),
            (71, "Soixante et onzième session"),
            (77, "Soixante-dix-septième session"),
            (79, "Soixante-dix-neuvième session"),
            (80, "Quatre-vingtième session"),
            (81, "Quatre-vingt-unième session"),
            (91, "Quatre-vingt-onzième session"),
            (100, "Centième session"),
            (101, "Cent unième session"),
            (120, "Cent vingtième session"),
            (900, "900 session"),
        ] {
            assert_eq!(of(Language::Fr).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::Fr).sitting(Sitting::Special(30)), "Trentième session extraordinaire");
        assert_eq!(of(Language::Fr).sitting(Sitting::EmergencySpecial(11)), "Onzième session extraordinaire d’urgence");
        assert_eq!(of(Language::Fr).sitting(Sitting::Year(2025)), "Session de 2025");
        assert_eq!(of(Language::Fr).council_year(2025), "Quatre-vingtième année");
    }

    #[test]
    fn lines() {
        let date = |text: &str| of(Language::Fr).date_in_words(text.parse().unwrap());
        assert_eq!(date("2023-09-01"), "1er\u{a0}septembre 2023");
        assert_eq!(date("2022-12-14"), "14\u{a0}décembre 2022");
        let adopted = of(Language::Fr).adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Résolution adoptée par l’Assemblée générale", "le\u{a0}D"]);
        let adopted = of(Language::Fr).adopted_at(Organ::SecurityCouncil, "9461e séance", "D");
        assert_eq!(adopted, ["Adoptée par le Conseil de sécurité à sa 9461e séance,", "le\u{a0}D"]);
    }
}

mod es {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Primer período de sesiones"),
            (3, "Tercer período de sesiones"),
            (10, "Décimo período de sesiones"),
            (13, "Decimotercer período de sesiones"),
            (21, "Vigésimo primer período de sesiones"),
            (43, "Cuadragésimo tercer período de sesiones"),
            (77, "Septuagésimo séptimo período de sesiones"),
            (80, "Octogésimo período de sesiones"),
            (99, "Nonagésimo noveno período de sesiones"),
            (100, "Centésimo período de sesiones"),
            (111, "Centésimo undécimo período de sesiones"),
            (120, "Centésimo vigésimo período de sesiones"),
        ] {
            assert_eq!(of(Language::Es).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::Es).sitting(Sitting::Special(30)), "Trigésimo período extraordinario de sesiones");
        let emergency = of(Language::Es).sitting(Sitting::EmergencySpecial(11));
        assert_eq!(emergency, "Undécimo período extraordinario de sesiones de emergencia");
        assert_eq!(of(Language::Es).council_year(2026), "Octogésimo primer año");
    }

    #[test]
    fn lines() {
        let date = |text: &str| of(Language::Es).date_in_words(text.parse().unwrap());
        assert_eq!(date("2022-12-01"), "1\u{a0}de diciembre de 2022");
        let adopted = of(Language::Es).adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Resolución aprobada por la Asamblea General", "el D"]);
        let adopted = of(Language::Es).adopted_at(Organ::SecurityCouncil, "9461a sesión", "D");
        assert_eq!(adopted, ["Aprobada por el Consejo de Seguridad en su 9461a sesión,", "celebrada el D"]);
        for (next, word) in
            [("Italia", " e "), ("Íos", " e "), ("Hiperbórea", " e "), ("Hierro", " y "), ("Yemen", " y ")]
        {
            assert_eq!(of(Language::Es).and(next), word, "{next}");
        }
    }
}

mod ru {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Первая сессия"),
            (3, "Третья сессия"),
            (13, "Тринадцатая сессия"),
            (40, "Сороковая сессия"),
            (77, "Семьдесят седьмая сессия"),
            (80, "Восьмидесятая сессия"),
            (93, "Девяносто третья сессия"),
            (100, "Сотая сессия"),
            (112, "Сто двенадцатая сессия"),
            (120, "Сто двадцатая сессия"),
        ] {
            assert_eq!(of(Language::Ru).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::Ru).sitting(Sitting::Special(30)), "Тридцатая специальная сессия");
        let emergency = of(Language::Ru).sitting(Sitting::EmergencySpecial(11));
        assert_eq!(emergency, "Одиннадцатая чрезвычайная специальная сессия");
        assert_eq!(of(Language::Ru).sitting(Sitting::Year(2025)), "Сессия 2025 года");
    }

    #[test]
    fn years_are_masculine() {
        for (year, words) in [
            (2025, "Восьмидесятый год"),
            (2023, "Семьдесят восьмой год"),
            (1985, "Сороковой год"),
            (1948, "Третий год"),
        ] {
            assert_eq!(of(Language::Ru).council_year(year), words);
        }
    }

    #[test]
    fn lines() {
        let date = "2022-12-14".parse().unwrap();
        assert_eq!(of(Language::Ru).date_in_words(date), "14\u{a0}декабря 2022\u{a0}года");
        assert_eq!(of(Language::Ru).issued(date), "14\u{a0}December 2022");
        let adopted = of(Language::Ru).adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Резолюция, принятая Генеральной Ассамблеей", "D"]);
        let adopted = of(Language::Ru).adopted_at(Organ::SecurityCouncil, "9461-м заседании", "D");
        assert_eq!(adopted, ["принятая Советом Безопасности на его 9461-м заседании", "D"]);
    }
}

mod zh {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "第一届会议"),
            (10, "第十届会议"),
            (12, "第十二届会议"),
            (20, "第二十届会议"),
            (77, "第七十七届会议"),
            (80, "第八十届会议"),
            (100, "第一百届会议"),
            (105, "第一百零五届会议"),
            (110, "第一百一十届会议"),
            (120, "第一百二十届会议"),
        ] {
            assert_eq!(of(Language::Zh).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::Zh).sitting(Sitting::Special(30)), "第三十届特别会议");
        assert_eq!(of(Language::Zh).sitting(Sitting::EmergencySpecial(11)), "第十一届紧急特别会议");
        assert_eq!(of(Language::Zh).sitting(Sitting::Year(2022)), "2022年届会");
        assert_eq!(of(Language::Zh).council_year(2025), "第八十年");
    }

    #[test]
    fn lines() {
        let date = of(Language::Zh).date_in_words("2022-12-07".parse().unwrap());
        assert_eq!(date, "2022年12月7日");
        let adopted = of(Language::Zh).adopted_by(Kind::Resolution, Organ::GeneralAssembly, &date);
        assert_eq!(adopted, ["2022年12月7日大会决议"]);
        assert_eq!(of(Language::Zh).resolution("2704 (2023)"), "第2704(2023)号决议");
        let adopted = of(Language::Zh).adopted_at(Organ::SecurityCouncil, "第9461次会议", &date);
        assert_eq!(adopted, ["2022年12月7日安全理事会第9461次会议通过"]);
    }

    #[test]
    fn labels_of_two_levels() {
        let shown =
            [(1, 0), (1, 17), (2, 0), (2, 9), (2, 10)].map(|(level, index)| of(Language::Zh).label(level, index));
        assert_eq!(shown, ["(a)", "(r)", "㈠", "㈩", "(十一)"]);
    }
}

mod ar {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "الدورة الأولى"),
            (10, "الدورة العاشرة"),
            (11, "الدورة الحادية عشرة"),
            (12, "الدورة الثانية عشرة"),
            (20, "الدورة العشرون"),
            (21, "الدورة الحادية والعشرون"),
            (77, "الدورة السابعة والسبعون"),
            (80, "الدورة الثمانون"),
            (100, "الدورة المائة"),
            (101, "الدورة الأولى بعد المائة"),
            (111, "الدورة الحادية عشرة بعد المائة"),
            (120, "الدورة العشرون بعد المائة"),
        ] {
            assert_eq!(of(Language::Ar).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::Ar).sitting(Sitting::Special(12)), "الدورة الاستثنائية الثانية عشرة");
        assert_eq!(of(Language::Ar).sitting(Sitting::EmergencySpecial(11)), "الدورة الاستثنائية الطارئة الحادية عشرة");
        assert_eq!(of(Language::Ar).sitting(Sitting::Year(2022)), "دورة عام 2022");
        assert_eq!(of(Language::Ar).council_year(2025), "السنة الثمانون");
    }

    #[test]
    fn lines() {
        let date = of(Language::Ar).date_in_words("2022-12-14".parse().unwrap());
        assert_eq!(date, "14 كانون الأول/ديسمبر 2022");
        let adopted = of(Language::Ar).adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["قرار اتخذته الجمعية العامة", "في D"]);
        let adopted = of(Language::Ar).adopted_at(Organ::SecurityCouncil, "جلسته 9278", "D");
        assert_eq!(adopted, ["الذي اتخذه مجلس الأمن في جلسته 9278،", "المعقودة في D"]);
    }

    #[test]
    fn labels_of_two_levels() {
        let shown =
            [(1, 0), (1, 4), (1, 18), (1, 25), (2, 12)].map(|(level, index)| of(Language::Ar).label(level, index));
        assert_eq!(shown, ["(أ)", "(هـ)", "(ق)", "(ض)", "’13‘"]);
    }
}

mod de {
    use super::*;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Erste Tagung"),
            (3, "Dritte Tagung"),
            (7, "Siebente Tagung"),
            (8, "Achte Tagung"),
            (12, "Zwölfte Tagung"),
            (17, "Siebzehnte Tagung"),
            (20, "Zwanzigste Tagung"),
            (21, "Einundzwanzigste Tagung"),
            (36, "Sechsunddreißigste Tagung"),
            (77, "Siebenundsiebzigste Tagung"),
            (80, "Achtzigste Tagung"),
            (100, "Hundertste Tagung"),
            (101, "Hunderterste Tagung"),
            (112, "Hundertzwölfte Tagung"),
            (900, "900 Tagung"),
        ] {
            assert_eq!(of(Language::De).sitting(Sitting::Session(number)), words);
        }
        assert_eq!(of(Language::De).sitting(Sitting::Special(30)), "Dreißigste Sondertagung");
        assert_eq!(of(Language::De).sitting(Sitting::EmergencySpecial(11)), "Elfte Notstandssondertagung");
        assert_eq!(of(Language::De).sitting(Sitting::Year(2025)), "Tagung 2025");
        assert_eq!(of(Language::De).council_year(2025), "Achtzigstes Jahr");
    }

    #[test]
    fn lines() {
        assert_eq!(of(Language::De).date_in_words("2029-03-01".parse().unwrap()), "1.\u{a0}März 2029");
        let adopted = of(Language::De).adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Resolution der Generalversammlung,", "verabschiedet am D"]);
        for meeting in ["9912. Sitzung des Sicherheitsrats", "9912. Sitzung"] {
            let adopted = of(Language::De).adopted_at(Organ::SecurityCouncil, meeting, "D");
            assert_eq!(adopted, ["verabschiedet auf der 9912. Sitzung des Sicherheitsrats", "am D"]);
        }
        assert_eq!(of(Language::De).agenda_line("71 (b)"), "Tagesordnungspunkt 71\u{a0}b)");
        assert_eq!(of(Language::De).agenda_line("7 und 141"), "Tagesordnungspunkte 7 und 141");
    }
}

mod pt {
    use super::*;

    #[test]
    fn lines() {
        let words = of(Language::Pt);
        assert_eq!(words.sitting(Sitting::Session(77)), "Septuagésima sétima sessão");
        assert_eq!(words.date_in_words("2029-03-01".parse().unwrap()), "1.º\u{a0}de março de 2029");
        assert_eq!(
            words.adopted_by(Kind::Decision, Organ::SecurityCouncil, "D"),
            ["Decisão adotada pelo Conselho de Segurança", "em D"]
        );
        assert_eq!(words.agenda_line("7 e 14 (b)"), "Pontos 7 e 14\u{a0}b) da ordem do dia");
    }
}

mod it {
    use super::*;

    #[test]
    fn lines() {
        let words = of(Language::It);
        for (number, session) in [
            (3, "Terza"),
            (11, "Undicesima"),
            (23, "Ventitreesima"),
            (28, "Ventottesima"),
            (77, "Settantasettesima"),
            (81, "Ottantunesima"),
        ] {
            assert_eq!(words.sitting(Sitting::Session(number)), format!("{session} sessione"));
        }
        assert_eq!(words.date_in_words("2029-03-02".parse().unwrap()), "2\u{a0}marzo 2029");
        assert_eq!(
            words.adopted_by(Kind::Resolution, Organ::GeneralAssembly, "D"),
            ["Risoluzione adottata dall’Assemblea generale", "il\u{a0}D"]
        );
        assert_eq!((words.and("Eritrea"), words.and("Spagna")), (" ed ", " e "));
    }
}
