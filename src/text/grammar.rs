//! The closed sets of syntax: parts of speech, Penn tags, and relations (Universal Dependencies 2).

use super::closed_set;

closed_set! {
    /// A universal part of speech (UD 2).
    Pos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

closed_set! {
    /// A Penn Treebank tag, as the English treebanks of Universal Dependencies use it.
    Xpos {
        Nn = "NN",
        In = "IN",
        Dt = "DT",
        Nnp = "NNP",
        Jj = "JJ",
        Prp = "PRP",
        Stop = ".",
        Rb = "RB",
        Comma = ",",
        Nns = "NNS",
        Vb = "VB",
        Cc = "CC",
        Vbp = "VBP",
        Vbd = "VBD",
        Vbz = "VBZ",
        Cd = "CD",
        Vbn = "VBN",
        Vbg = "VBG",
        PrpPoss = "PRP$",
        To = "TO",
        Md = "MD",
        Uh = "UH",
        Colon = ":",
        Rrb = "-RRB-",
        Lrb = "-LRB-",
        Wdt = "WDT",
        Wrb = "WRB",
        Wp = "WP",
        Hyph = "HYPH",
        OpenQuote = "``",
        CloseQuote = "''",
        Rp = "RP",
        Pos = "POS",
        Nnps = "NNPS",
        Jjr = "JJR",
        Jjs = "JJS",
        Ex = "EX",
        Rbr = "RBR",
        Nfp = "NFP",
        Sym = "SYM",
        Fw = "FW",
        Add = "ADD",
        Gw = "GW",
        Dollar = "$",
        Pdt = "PDT",
        Rbs = "RBS",
        Ls = "LS",
        Afx = "AFX",
        WpPoss = "WP$",
        Xx = "XX",
    }
}

closed_set! {
    /// A dependency relation with its subtype (UD 2.16, English).
    Relation {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        AdvclRelcl = "advcl:relcl",
        Advmod = "advmod",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        CcPreconj = "cc:preconj",
        Ccomp = "ccomp",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjOuter = "csubj:outer",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        DetPredet = "det:predet",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

impl Relation {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn base(self) -> &'static str {
        let name = self.as_str();
        name.split(':').next().unwrap_or(name)
    }

    /// True when the relation is `base` or a subtype of it.
    pub fn is(self, base: &str) -> bool {
        self.base() == base
    }
}
