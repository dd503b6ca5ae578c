//! The weights of the network as they lie in a file: a directory of named arrays, read in place.
//!
//! The file (little-endian): `SAYSONET`, version (u32), number of arrays (u32), then for each array its name (24 bytes, filled up
//! with zeros), rows, columns, offset and length in bytes (u32 each). Arrays start at multiples of 64 bytes. Sizes of the network are arrays too,
//! so a bigger model is only another file. `training/export.py` writes it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::features::{Places, hash};
use super::kernel::{Isa, Matrix};
use crate::text::{NameClass, NamePart, Pos, Relation, Xpos};

/// One matrix by its parts in the file.
struct Part {
    weights: &'static [i8],
    scales: &'static [f32],
    bias: &'static [f32],
    excess: &'static [i32],
    outputs: usize,
    inputs: usize,
}

impl Part {
    fn matrix(&self) -> Matrix<'static> {
        Matrix {
            weights: self.weights,
            outputs: self.outputs,
            inputs: self.inputs,
            scales: self.scales,
            bias: self.bias,
            excess: self.excess,
        }
    }
}

/// The network of `training/model.py` with 8-bit weights.
pub struct Model {
    /// Tells this model from others of the process; from 1.
    pub(super) number: u32,
    /// Instructions to use; the results do not depend on it.
    pub(super) isa: Isa,
    pub(super) width: usize,
    pub(super) hidden: usize,
    pub(super) context: usize,
    pub(super) arc: usize,
    pub(super) relation: usize,
    pub(super) tail: usize,
    pub(super) rows: u32,
    row_values: &'static [u8],
    row_scales: &'static [f32],
    pub(super) vector_width: usize,
    vector_values: &'static [i8],
    vector_scales: &'static [f32],
    key_starts: &'static [u32],
    keys: &'static [u16],
    parts: Vec<Part>,
    pub(super) layers: usize,
    peeps: Vec<&'static [f32]>,
    pub(super) arc_root: &'static [f32],
    pub(super) relation_root: &'static [f32],
    /// What is added to the score of a head so many places after the token; place [`FAR`] is the token itself.
    pub(super) distance: Vec<f32>,
    pub(super) pos: Vec<Pos>,
    pub(super) xpos: Vec<Xpos>,
    pub(super) relations: Vec<Relation>,
    pub(super) root: Option<usize>,
    pub(super) names: Vec<(NamePart, NameClass)>,
    /// For each label of names the labels that it continues; any may come before the others.
    pub(super) before: Vec<Option<Vec<usize>>>,
    pub(super) places: Places,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Model {{ width: {}, hidden: {}, layers: {} }}", self.width, self.hidden, self.layers)
    }
}

/// The farthest head, in tokens, that [`Model::distance`] knows: more than a sentence is long.
pub(super) const FAR: usize = 256;

/// Number of matrices before those of the layers.
const FIXED: usize = 9;

/// The matrices of the network, by name in the file and place in [`Model::parts`].
#[derive(Clone, Copy)]
pub(super) enum Which {
    Vector,
    Window,
    Tree,
    Arc,
    Rel,
    Context,
    TailContext,
    Name,
    Speech,
    Layer(usize),
}

const NAMES: [&str; FIXED] = ["vector", "window", "tree", "arc", "rel", "context", "tail_context", "name", "speech"];

impl Model {
    /// The English model that is compiled in.
    pub fn english() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| {
            Model::read(sayso_weights::MODEL).unwrap_or_else(|e| panic!("the compiled-in model is damaged: {e}"))
        })
    }

    /// The same model, computing with other instructions (for tests; those of [`Isa::available`] only).
    pub fn with(isa: Isa) -> Model {
        let mut model =
            Model::read(sayso_weights::MODEL).unwrap_or_else(|e| panic!("the compiled-in model is damaged: {e}"));
        if Isa::available().contains(&isa) {
            model.isa = isa;
        }
        model
    }

    /// Reads a model in place; says what is wrong with a file that is none.
    fn read(bytes: &'static [u8]) -> Result<Model, String> {
        let file = File::open(bytes)?;
        let size =
            |name: &str| file.numbers::<u32>(name).and_then(|n| n.first().map(|&n| n as usize).ok_or(name.into()));
        let layers = size("layers")?;
        let mut parts = Vec::new();
        for name in NAMES.iter().map(|n| n.to_string()).chain((0..layers).map(|i| format!("layer{i}"))) {
            parts.push(file.part(&name)?);
        }
        let mut peeps = Vec::new();
        for name in (0..layers).map(|i| format!("peep{i}")).chain(["peep_context".to_string()]) {
            peeps.push(file.numbers::<f32>(&name)?);
        }
        let rows = size("rows")? as u32;
        let relations: Vec<Relation> = file.labels("labels.rel")?;
        let names = file
            .text("labels.names")?
            .lines()
            .map(|l| match l.split_once('-') {
                None => Some((NamePart::Outside, NameClass::Other)),
                Some((part, class)) => Some((part.parse().ok()?, class.parse().ok()?)),
            })
            .collect::<Option<Vec<_>>>()
            .ok_or("labels.names")?;
        if file.text("labels.speech")?.lines().count() != 7 {
            return Err("labels.speech".into());
        }
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let distance: &[f32] = file.numbers("distance")?;
        let model = Model {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            isa: Isa::detect(),
            width: size("d")?,
            hidden: size("h")?,
            context: size("c")?,
            arc: size("arc_size")?,
            relation: size("rel_size")?,
            tail: size("tail_size")?,
            rows,
            row_values: file.get("rows.q")?.bytes,
            row_scales: file.numbers("rows.s")?,
            vector_width: size("vector_width")?,
            vector_values: file.numbers("vectors.q")?,
            vector_scales: file.numbers("vectors.s")?,
            key_starts: file.numbers("keys.starts")?,
            keys: file.numbers("keys")?,
            parts,
            layers,
            peeps,
            arc_root: file.numbers("arc_root")?,
            relation_root: file.numbers("rel_root")?,
            distance: (0..=2 * FAR)
                .map(|i| distance.get(i.clamp(FAR - 16, FAR + 16) - (FAR - 16)).copied().ok_or("distance"))
                .collect::<Result<_, _>>()?,
            before: names
                .iter()
                .map(|&(part, class)| {
                    let fits = |&p: &usize| names[p].0 != NamePart::Outside && names[p].1 == class;
                    (part == NamePart::Inside).then(|| (0..names.len()).filter(fits).collect())
                })
                .collect(),
            pos: file.labels("labels.upos")?,
            xpos: file.labels("labels.xpos")?,
            root: relations.iter().position(|&r| r == Relation::Root),
            relations,
            names,
            places: Places::new(rows),
        };
        model.check()?;
        Ok(model)
    }

    /// The sizes agree with each other.
    fn check(&self) -> Result<(), String> {
        let (d, h, c, e) = (self.width, self.hidden, self.context, 2 * self.hidden);
        let shape = |which: Which| (self.matrix(which).outputs, self.matrix(which).inputs);
        let tree = self.pos.len() + self.xpos.len() + 2 * self.arc + 2 * self.relation + 2 * self.tail;
        let good = shape(Which::Vector) == (d, self.vector_width)
            && shape(Which::Window) == (3 * h, d)
            && shape(Which::Tree) == (tree, e)
            && shape(Which::Arc) == (self.arc, self.arc)
            && shape(Which::Rel) == (self.relations.len(), self.relation)
            && shape(Which::Context) == (8 * c, e)
            && shape(Which::TailContext) == (2 * self.tail, 2 * c)
            && shape(Which::Name) == (self.names.len(), self.tail)
            && shape(Which::Speech) == (7, self.tail)
            && (0..self.layers).all(|i| shape(Which::Layer(i)) == (6 * h, if i == 0 { h } else { e }))
            && self.peeps.iter().take(self.layers).all(|p| p.len() == 4 * h)
            && self.peeps.last().is_some_and(|p| p.len() == 4 * c)
            && self.row_scales.len() == self.rows as usize
            && self.row_values.len() == self.rows as usize * d
            && self.vector_values.len() == self.vector_scales.len() * self.vector_width
            && self.key_starts.len() == 65537
            && self.key_starts.windows(2).all(|w| w[0] <= w[1])
            && self.key_starts.last().is_some_and(|&n| n as usize * 2 == self.keys.len())
            && self.keys.chunks_exact(2).all(|k| usize::from(k[1]) < self.vector_scales.len())
            && self.arc_root.len() == self.arc
            && self.relation_root.len() == self.relation
            && self.rows > 1
            && [d, h, c, self.arc, self.relation, self.tail].iter().all(|n| n % 16 == 0 && *n > 0);
        if good { Ok(()) } else { Err("sizes disagree".into()) }
    }

    pub(super) fn matrix(&self, which: Which) -> Matrix<'static> {
        let i = match which {
            Which::Vector => 0,
            Which::Window => 1,
            Which::Tree => 2,
            Which::Arc => 3,
            Which::Rel => 4,
            Which::Context => 5,
            Which::TailContext => 6,
            Which::Name => 7,
            Which::Speech => 8,
            Which::Layer(i) => FIXED + i,
        };
        self.parts[i].matrix()
    }

    /// Peepholes of a layer; the context's come last.
    pub(super) fn peep(&self, layer: usize) -> &'static [f32] {
        self.peeps[layer]
    }

    /// A row of the hashed table and its scale.
    pub(super) fn row(&self, row: u32) -> (&'static [u8], f32) {
        let at = row as usize * self.width;
        (&self.row_values[at..at + self.width], self.row_scales[row as usize])
    }

    /// How alike two words are used, in hundredths: the cosine of their static vectors; `None` where one has none.
    pub fn likeness(&self, a: &str, b: &str) -> Option<i32> {
        let (a, b) = (self.vector(a)?.0, self.vector(b)?.0);
        let product = |x: &[i8], y: &[i8]| x.iter().zip(y).map(|(&p, &q)| i32::from(p) * i32::from(q)).sum::<i32>();
        let lengths = f64::from(product(a, a)) * f64::from(product(b, b));
        (lengths > 0.0).then(|| (f64::from(product(a, b)) * 100.0 / lengths.sqrt()).round() as i32)
    }

    /// The static vector of a lower-cased form, if there is one.
    pub(super) fn vector(&self, lower: &str) -> Option<(&'static [i8], f32)> {
        let h = hash(lower.as_bytes(), 50);
        let bucket = (h >> 16) as usize;
        let (from, to) = (self.key_starts[bucket] as usize, self.key_starts[bucket + 1] as usize);
        let key = h as u16;
        self.keys[2 * from..2 * to].chunks_exact(2).find(|k| k[0] == key).map(|k| {
            let row = usize::from(k[1]);
            (&self.vector_values[row * self.vector_width..(row + 1) * self.vector_width], self.vector_scales[row])
        })
    }
}

struct Array {
    name: &'static [u8],
    rows: usize,
    columns: usize,
    bytes: &'static [u8],
}

struct File {
    arrays: Vec<Array>,
}

/// Plain numbers whose every bit pattern is a value.
trait Plain: Copy {}
impl Plain for i8 {}
impl Plain for u16 {}
impl Plain for u32 {}
impl Plain for i32 {}
impl Plain for f32 {}

impl File {
    fn open(bytes: &'static [u8]) -> Result<File, String> {
        if cfg!(target_endian = "big") {
            return Err("the model needs a little-endian machine".into());
        }
        let word = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|b| b.try_into().ok())
                .map(|b| u32::from_le_bytes(b) as usize)
                .ok_or("the file is cut off")
        };
        if bytes.get(..8) != Some(b"SAYSONET") {
            return Err("not a model".into());
        }
        let (version, count) = (word(8)?, word(12)?);
        if version != 1 {
            return Err(format!("version {version} of the format, 1 is known"));
        }
        let mut arrays = Vec::new();
        for i in 0..count {
            let at = 16 + i * 40;
            let name = bytes.get(at..at + 24).ok_or("the file is cut off")?;
            let name = &name[..name.iter().position(|&b| b == 0).unwrap_or(24)];
            let (rows, columns, from, len) = (word(at + 24)?, word(at + 28)?, word(at + 32)?, word(at + 36)?);
            let bytes = bytes.get(from..from + len).ok_or("the file is cut off")?;
            arrays.push(Array { name, rows, columns, bytes });
        }
        Ok(File { arrays })
    }

    fn get(&self, name: &str) -> Result<&Array, String> {
        self.arrays.iter().find(|a| a.name == name.as_bytes()).ok_or_else(|| format!("no array {name}"))
    }

    #[allow(unsafe_code)]
    fn numbers<T: Plain>(&self, name: &str) -> Result<&'static [T], String> {
        // SAFETY: `Plain` types have no padding and no invalid bit patterns; `align_to` splits off what is not aligned.
        let (before, values, after) = unsafe { self.get(name)?.bytes.align_to::<T>() };
        if before.is_empty() && after.is_empty() { Ok(values) } else { Err(format!("{name} is not aligned")) }
    }

    fn text(&self, name: &str) -> Result<&'static str, String> {
        std::str::from_utf8(self.get(name)?.bytes).map_err(|_| format!("{name} is no text"))
    }

    fn labels<T: std::str::FromStr>(&self, name: &str) -> Result<Vec<T>, String> {
        self.text(name)?.lines().map(|l| l.parse().map_err(|_| format!("{name}: {l} is unknown"))).collect()
    }

    fn part(&self, name: &str) -> Result<Part, String> {
        let array = self.get(&format!("{name}.w"))?;
        let part = Part {
            weights: self.numbers(&format!("{name}.w"))?,
            scales: self.numbers(&format!("{name}.s"))?,
            bias: self.numbers(&format!("{name}.b"))?,
            excess: self.numbers(&format!("{name}.e"))?,
            outputs: array.rows,
            inputs: array.columns,
        };
        let width = part.outputs.div_ceil(16) * 16;
        let good = part.weights.len() == width * part.inputs
            && [part.scales.len(), part.bias.len(), part.excess.len()] == [width; 3]
            && part.inputs.is_multiple_of(4);
        if good { Ok(part) } else { Err(format!("{name}: sizes disagree")) }
    }
}
