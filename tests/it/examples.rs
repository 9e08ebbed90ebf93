//! The examples: each renders without a finding, completely, and always to the same bytes.

use std::path::Path;

use crate::pages::{examples, missing, rendered};
use masthead::{Press, Profile};

#[test]
fn each_renders_completely() {
    let press = Press::new([]).unwrap();
    for path in examples() {
        let rendition = rendered(&press, &path);
        assert_eq!(rendition.findings, [], "{path}");
        assert_eq!(missing(&rendition), None, "{path}");
        for profile in [Profile::Archive, Profile::Print, Profile::Screen] {
            assert!(rendition.pdf(profile).is_ok(), "{path} as {profile:?}");
        }
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let press = Press::new([]).unwrap();
    let pdf = |path: &String| rendered(&press, path).pdf(Profile::Archive).unwrap();
    let list = examples();
    let once: Vec<Vec<u8>> = list.iter().map(pdf).collect();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..3)
            .map(|turn| {
                let (list, pdf) = (&list, &pdf);
                scope.spawn(move || {
                    let turned = (0..list.len()).map(|index| (index + turn) % list.len());
                    turned.map(|index| (index, pdf(&list[index]))).collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            for (index, bytes) in worker.join().unwrap() {
                assert!(bytes == once[index], "{} differs", list[index]);
            }
        }
    });
}

#[test]
fn every_kind_is_shown() {
    let all: String = examples().iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for kind in masthead::model::Kind::ALL {
        let named = [format!("kind: {}\n", kind.name()), format!("\"kind\": \"{}\"", kind.name())];
        assert!(named.iter().any(|line| all.contains(line)), "no example of {}", kind.name());
    }
    assert!(Path::new("examples/README.md").exists());
}
