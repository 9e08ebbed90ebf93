//! Tables of the tokens with an entry for every key of an enumeration. A table with a missing or surplus
//! entry is refused as it is read, so that every lookup succeeds.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Index;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::json;

/// A key; tokens.typ uses its serde name.
pub(super) trait Key: Copy + Serialize + 'static {
    /// All keys, in order.
    const ALL: &'static [Self];

    /// Returns its index.
    fn place(self) -> usize;
}

/// Makes enumerations keys. Compilation fails if a variant is left out.
macro_rules! keys {
    ($($key:ident: $($variant:ident)*;)*) => {$(
        impl $crate::typeset::keyed::Key for $key {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn place(self) -> usize {
                match self { $(Self::$variant)|* => self as usize }
            }
        }
    )*};
}

pub(super) use keys;

/// An entry for every key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table<K, V>(Vec<V>, PhantomData<K>);

impl<K: Key, V> Index<K> for Table<K, V> {
    type Output = V;

    fn index(&self, key: K) -> &V {
        &self.0[key.place()]
    }
}

impl<K: Key, V> Table<K, V> {
    pub fn entries(&self) -> impl Iterator<Item = &V> {
        self.0.iter()
    }
}

impl<'de, K: Key, V: Deserialize<'de>> Deserialize<'de> for Table<K, V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut entries = BTreeMap::<String, V>::deserialize(from)?;
        let mut table = Vec::with_capacity(K::ALL.len());
        for (place, key) in K::ALL.iter().enumerate() {
            let name = json::value(key).map_err(D::Error::custom)?;
            let entry = name.as_str().and_then(|name| entries.remove(name)).filter(|_| key.place() == place);
            table.push(entry.ok_or_else(|| D::Error::custom(format!("missing entry {name}")))?);
        }
        match entries.keys().next() {
            Some(name) => Err(D::Error::custom(format!("unknown name “{name}”"))),
            None => Ok(Self(table, PhantomData)),
        }
    }
}
