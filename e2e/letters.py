"""Letters from a fictional directorate to a fictional municipality, short enough to read at once."""

UPLOADED = """\
# Styringsbrev til Fjordvik kommune for 2027

## 1 Innledning

Dette brevet sier hva Oppvekstdirektoratet venter av Fjordvik kommune i 2027. Kommunen kjenner sine egne tjenester
best. Derfor er brevet kortere enn før.

## 2 Mål

Mål for 2027:

- Barn og unge i Fjordvik får hjelp tidlig og samlet.

## 3 Oppdrag

### 3.1 Skole

Kommunen skal kartlegge leseferdighetene til alle elever på andre trinn innen 1. mai 2027. Kommunen skal lage en
plan for lærere som trenger veiledning, og sende planen til direktoratet.

Kommunen bør ta foreldrene med på råd når planen lages.

### 3.2 Barnevern

Kommunen skal følge opp alle bekymringsmeldinger innen sju dager. Kommunen skal i tillegg delta i det regionale
nettverket for barnevernsledere.

## 4 Rapportering

Kommunen skal rapportere om bruken av tilskuddet innen 1. oktober 2027. Direktoratet forventer at kommunen rapporterer
antall elever med vedtak om spesialundervisning innen 15. desember 2027.

## 5 Fullmakter

Kommunen kan selv omdisponere inntil ti prosent av tilskuddet mellom skole og barnevern.
"""

_HEAD = """\
# Styringsbrev til Fjordvik kommune for {year}

## 1 Innledning

Dette brevet sier hva Oppvekstdirektoratet venter av Fjordvik kommune i {year}.

## 2 Mål

"""

LETTERS = {
    2024: _HEAD.format(year=2024)
    + """\
Mål for 2024:

- Barn og unge i Fjordvik får hjelp tidlig og samlet.
- Flere barn trives på skolen.

## 3 Oppdrag

Kommunen skal vurdere hvordan helsestasjonen og skolen kan samarbeide bedre.

## 4 Rapportering

Kommunen skal rapportere om bruken av tilskuddet innen 1. oktober 2024.
""",
    2025: _HEAD.format(year=2025)
    + """\
Mål for 2025:

- Barn og unge i Fjordvik får hjelp tidlig og samlet.

## 3 Oppdrag

Kommunen skal vurdere hvordan helsestasjonen og skolen kan samarbeide bedre. Kommunen skal lage en oversikt over
alle elever med høyt fravær innen 1. juni 2025.

## 4 Rapportering

Kommunen skal rapportere om bruken av tilskuddet innen 1. oktober 2025. Kommunen skal rapportere antall
tilsynsbesøk i fosterhjem hvert kvartal.
""",
    2026: _HEAD.format(year=2026)
    + """\
Mål for 2026:

- Barn og unge i Fjordvik får hjelp tidlig og samlet.

## 3 Oppdrag

Kommunen skal lage en oversikt over alle elever med høyt fravær innen 1. juni 2026. Kommunen skal gjennomføre en
opplæring i barnesamtaler for alle ansatte i barnevernet. Kommunen skal opprette en arbeidsgruppe for overganger
mellom barnehage og skole.

## 4 Rapportering

Kommunen skal rapportere om bruken av tilskuddet innen 1. oktober 2026. Kommunen skal rapportere antall
tilsynsbesøk i fosterhjem hvert kvartal. Kommunen skal rapportere om ventetiden i barnevernet hver måned.

## 5 Fullmakter

Kommunen kan selv omdisponere inntil ti prosent av tilskuddet mellom skole og barnevern.
""",
}

MINISTRY = """\
# Tildelingsbrev til Oppvekstdirektoratet for 2026

## 1 Mål og styringsparametre

Mål for 2026:

- Barn og unge får en god oppvekst der de bor.

Styringsparametere:

- Andel kommuner som gir hjelp innen fristen

## 2 Oppdrag

Direktoratet skal gjennomgå egne rapporteringskrav til kommunene og foreslå hvilke som kan falle bort, innen
1. september 2026.

## 3 Rapportering

Direktoratet skal rapportere om arbeidet i årsrapporten for 2026.
"""

EXEMPT = """\
# Styringsbrev til Fjordvik kommune om beredskap i 2026

## 1 Oppdrag

Kommunen skal øve på varsling av ansatte to ganger i året. Kommunen skal melde avvik fra øvelsene til direktoratet
innen 1. november 2026.
"""
