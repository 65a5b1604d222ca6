# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as SIECLE exports them, with invented people."""

ENCODING = "iso-8859-15"
ZOE, NOE, INES = "1001", "1002", "1003"


def pupils(body: str = "", structures: str = "", *, school: str = "0430000A") -> bytes:
    return _file("BEE_ELEVES", f"""
  <DONNEES>
    <ELEVES>
      <ELEVE ELEVE_ID="{ZOE}" ELENOET="7">
        <ID_NATIONAL>120000000AA</ID_NATIONAL>
        <ELENOET>7</ELENOET>
        <NOM_DE_FAMILLE>LEFÈVRE</NOM_DE_FAMILLE>
        <NOM_USAGE>CŒURET</NOM_USAGE>
        <PRENOM>Zoé</PRENOM>
        <PRENOM2>Rose</PRENOM2>
        <DATE_NAISS>03/07/2013</DATE_NAISS>
        <CODE_SEXE>2</CODE_SEXE>
        <SCOLARITE_AN_DERNIER><PRENOM>pas un prénom</PRENOM></SCOLARITE_AN_DERNIER>
      </ELEVE>
      <ELEVE ELEVE_ID="{NOE}" ELENOET="8">
        <NOM_DE_FAMILLE>TRAORÉ</NOM_DE_FAMILLE>
        <PRENOM>Noé</PRENOM>
        <DATE_NAISS>12/11/2012</DATE_NAISS>
      </ELEVE>
      <ELEVE ELEVE_ID="{INES}" ELENOET="9">
        <NOM_DE_FAMILLE>BENALI</NOM_DE_FAMILLE>
        <PRENOM>Inès</PRENOM>
        <DATE_NAISS>04/03/2012</DATE_NAISS>
        <DATE_SORTIE>15/09/2026</DATE_SORTIE>
      </ELEVE>{body}
    </ELEVES>
    <STRUCTURES>
      <STRUCTURES_ELEVE ELEVE_ID="{ZOE}" ELENOET="7">
        <STRUCTURE><CODE_STRUCTURE>6LV1.ALL</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE>
        <STRUCTURE><CODE_STRUCTURE>6A</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>
      </STRUCTURES_ELEVE>
      <STRUCTURES_ELEVE ELEVE_ID="{NOE}" ELENOET="8">
        <STRUCTURE><CODE_STRUCTURE>5B</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>
      </STRUCTURES_ELEVE>{structures}
    </STRUCTURES>
  </DONNEES>""", school)  # fmt: skip


def guardians(*, school: str = "0430000A") -> bytes:
    return _file("BEE_RESPONSABLES", f"""
  <DONNEES>
    <PERSONNES>
      <PERSONNE PERSONNE_ID="50">
        <LC_CIVILITE>MME</LC_CIVILITE><NOM_DE_FAMILLE>LEFÈVRE</NOM_DE_FAMILLE>
        <NOM_USAGE></NOM_USAGE><PRENOM>Nadia</PRENOM>
        <TEL_PORTABLE>0639981234</TEL_PORTABLE><MEL>nadia@exemple.fr</MEL>
        <ADRESSE_ID>9</ADRESSE_ID>
      </PERSONNE>
      <PERSONNE PERSONNE_ID="51">
        <LC_CIVILITE>M.</LC_CIVILITE><NOM>BENALI</NOM><PRENOM>Karim</PRENOM>
      </PERSONNE>
      <PERSONNE PERSONNE_ID="52">
        <LC_CIVILITE>M.</LC_CIVILITE><NOM>VOISIN</NOM><PRENOM>Luc</PRENOM>
      </PERSONNE>
    </PERSONNES>
    <ADRESSES>
      <ADRESSE ADRESSE_ID="9">
        <LIGNE1_ADRESSE>3 rue des Écoles</LIGNE1_ADRESSE><LIGNE2_ADRESSE>Bât. B</LIGNE2_ADRESSE>
        <CODE_POSTAL>43200</CODE_POSTAL><LL_PAYS>FRANCE</LL_PAYS>
        <LIBELLE_POSTAL>YSSINGEAUX</LIBELLE_POSTAL>
      </ADRESSE>
    </ADRESSES>
    <RESPONSABLES>
      {_link(ZOE, "50", "1")}{_link(NOE, "50", "2")}{_link(INES, "51", "1")}{_link(ZOE, "52", "0")}
    </RESPONSABLES>
  </DONNEES>""", school)  # fmt: skip


def _link(pupil: str, person: str, level: str) -> str:
    return (
        f"<RESPONSABLE_ELEVE><ELEVE_ID>{pupil}</ELEVE_ID><PERSONNE_ID>{person}</PERSONNE_ID>"
        f"<RESP_LEGAL>{level}</RESP_LEGAL></RESPONSABLE_ELEVE>"
    )


def _file(root: str, body: str, school: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{ENCODING}"?>\n<{root} VERSION="2.1">\n'
        f"  <PARAMETRES><UAJ>{school}</UAJ><ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE></PARAMETRES>"
        f"{body}\n</{root}>\n"
    )
    return text.encode(ENCODING)
