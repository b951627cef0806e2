"""Sentences of letters, each with the answer that the counting rules give; all are our own."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

ASSIGNMENT = "# Tildelingsbrev 2026 – Bolighelsedirektoratet\n\n# 4 Oppdrag\n\n## TB2026-3 Trygg bolig\n\nBolighelsedirektoratet skal lage en plan for trygge boliger.\n\n"

OUTSIDE = "# Tildelingsbrev 2026 – Bolighelsedirektoratet\n\n# 2 Innledning\n\n"

REPORTING = "# Tildelingsbrev 2026 – Bolighelsedirektoratet\n\n# 6 Rapportering og resultatoppfølging\n\n"

BUDGET = "# Tildelingsbrev 2026 – Bolighelsedirektoratet\n\n# 5 Budsjettmessige forutsetninger\n\n"

NYNORSK_ASSIGNMENT = "# Tildelingsbrev 2026 – Landbrukstilsynet\n\n# 4 Oppdrag\n\n## Oppdrag 3 Trygg mat\n\nLandbrukstilsynet skal lage ein plan for trygg mat.\n\n"

NYNORSK_OUTSIDE = "# Tildelingsbrev 2026 – Landbrukstilsynet\n\n# 2 Innleiing\n\n"

NYNORSK_REPORTING = "# Tildelingsbrev 2026 – Landbrukstilsynet\n\n# 6 Rapportering\n\n"

SUPPLEMENT = "# Supplerende tildelingsbrev nr. 1 2026 – Datahelsedirektoratet\n\n# Nye oppdrag\n\n## TB2026-31 Trygge data\n\nDatahelsedirektoratet skal lage en plan for trygge data.\n\n"

Case = tuple[str, str | None, str | None]

OF_ASSIGNMENT: list[Case] = [
    ("Direktoratet skal legge til rette for at kommunene kan ta planen i bruk.", "assignment", None),
    ("Arbeidet må sees i sammenheng med TB2026-8 om digital oppfølging.", "assignment", None),
    ("Arbeidet bør sees i sammenheng med helsepersonellplanen.", "assignment", None),
    ("Oppdraget må løses i tett dialog med KS og brukerorganisasjonene.", "assignment", None),
    ("Helse- og omsorgsdepartementet vil komme tilbake med nærmere presiseringer.", None, None),
    ("Departementet vil vurdere behovet for lovendringer når utredningen foreligger.", None, None),
    (
        "Direktoratet bes om å levere en delrapport innen 1. juni 2026, og en sluttrapport innen 15. desember 2026.",
        "reporting",
        "2026-06-01",
    ),
    (
        "Det bes om at direktoratet vurderer økonomiske og administrative konsekvenser av tiltakene.",
        "assignment",
        None,
    ),
    ("Utredningen skal følge utredningsinstruksen.", "assignment", None),
    ("Folkehelseinstituttet har fått i oppdrag å kartlegge situasjonen.", None, None),
    ("Folkehelseinstituttet skal bistå direktoratet i arbeidet.", None, None),
    ("De regionale helseforetakene er gitt tilsvarende oppdrag.", None, None),
    ("Det er et mål at flere kommuner tar i bruk ordningen.", None, None),
    ("Formålet er at pasienter skal få et bedre tilbud.", None, None),
    ("Tiltakene skal bidra til å redusere ventetidene.", None, None),
    ("Direktoratet kan ved behov innhente ekstern bistand.", None, None),
    ("Ved behov kan direktoratet foreslå andre tiltak.", None, None),
    ("Eventuelle merutgifter må dekkes innenfor gjeldende budsjettramme.", "assignment", None),
    ("Oppdraget skal gjennomføres innenfor gjeldende budsjettrammer.", "assignment", None),
    ("Direktoratet skal rapportere på fremdrift i tertialrapportene.", "reporting", None),
    ("Status for arbeidet skal omtales i årsrapporten.", "reporting", None),
    ("Leveransen oversendes departementet i form av et notat innen 1.9.2026.", "reporting", "2026-09-01"),
    ("En endelig rapport skal leveres innen utgangen av 2026.", "reporting", "2026-12-31"),
    ("Departementet ber om en orientering om arbeidet i etatsstyringsmøtet i juni.", "reporting", "2026-06"),
    ("Departementet ber om å bli holdt orientert om arbeidet.", "reporting", None),
    ("Direktoratet skal holde departementet løpende orientert.", "reporting", None),
    ("Videre skal direktoratet vurdere om det er behov for nye retningslinjer.", "assignment", None),
    ("I tillegg bes direktoratet om å oppdatere veilederen.", "assignment", None),
    ("Herunder skal direktoratet vurdere bruk av kunstig intelligens.", "assignment", None),
    (
        "Direktoratet skal i arbeidet involvere relevante aktører, herunder kommuner og brukerorganisasjoner.",
        "assignment",
        None,
    ),
    ("Brukerorganisasjoner og fagmiljøer skal involveres i arbeidet.", "assignment", None),
    ("Det forutsettes at arbeidet skjer i samarbeid med Digitaliseringsdirektoratet.", "assignment", None),
    ("Oppdraget utføres i samarbeid med Statens helsetilsyn.", "assignment", None),
    ("Det vises til tidligere dialog om saken.", None, None),
    ("Direktoratet fikk i 2025 i oppdrag å utrede saken.", None, None),
    ("Direktoratet leverte i desember 2025 sine anbefalinger.", None, None),
    ("Frist for oppdraget settes i dialog med departementet.", None, None),
    ("Nærmere innretning av oppdraget avklares i dialog mellom direktoratet og departementet.", None, None),
    (
        "Dersom direktoratet ser behov for endringer i fristen, må departementet varsles så snart som mulig.",
        "reporting",
        None,
    ),
    ("Det legges opp til at tiltaket trer i kraft 1. januar 2027.", None, None),
    ("Tiltaket skal tre i kraft 1. januar 2027.", None, None),
    ("Rapporten skal inneholde en vurdering av kostnadene ved ulike alternativer.", "assignment", None),
    ("Vurderingene skal baseres på eksisterende kunnskap.", "assignment", None),
    (
        "Direktoratet skal samarbeide med Helsedirektoratet, som har ansvaret for veilederen.",
        "assignment",
        None,
    ),
    ("Direktoratet har et særlig ansvar for å følge med på utviklingen.", "assignment", None),
    ("Direktoratet skal senest 1. april oversende en tids- og fremdriftsplan.", "reporting", "2026-04-01"),
    ("Det skal utarbeides et felles rammeverk sammen med KS.", "assignment", None),
    ("KS skal inviteres til å delta i arbeidet.", "assignment", None),
    ("Det er viktig at kommunene får god veiledning.", None, None),
    ("Direktoratet bør vurdere å bruke eksisterende nettverk.", "assignment", None),
    ("Dette innebærer at direktoratet må prioritere strengt.", "assignment", None),
    ("Vi ber om tilbakemelding på hvordan dette følges opp, innen 1. mai.", "reporting", "2026-05-01"),
    ("Foreløpige resultater presenteres for departementet i september 2026.", "reporting", "2026-09"),
    ("Tilskuddsmidlene skal lyses ut innen 1. mars.", "assignment", "2026-03-01"),
    ("Direktoratet skal forvalte tilskuddet i tråd med regelverket.", "assignment", None),
]
OF_OUTSIDE: list[Case] = [
    ("Bolighelsedirektoratet skal være en pådriver for kvalitet i tjenestene.", "activity", None),
    ("Direktoratet skal prioritere tilsyn med høy risiko.", "guideline", None),
    ("Direktoratet skal bruke klart språk i all kommunikasjon.", "guideline", None),
    ("Direktoratet skal ha god internkontroll.", "activity", None),
    ("Direktoratet skal sørge for at risikovurderinger gjennomføres årlig.", "activity", None),
    ("Direktoratet skal samarbeide med andre etater der det er hensiktsmessig.", "guideline", None),
    ("Departementet har ansvar for styringen av direktoratet.", None, None),
    ("Regjeringen vil styrke helsetjenesten.", None, None),
    ("Kommunene skal sørge for nødvendige helse- og omsorgstjenester.", None, None),
    ("Tildelingsbrevet inneholder mål og prioriteringer for 2026.", None, None),
    ("Direktoratet skal følge opp Riksrevisjonens merknader.", "activity", None),
    ("Direktoratet skal bidra i arbeidet med nasjonal helseberedskap.", "activity", None),
    ("Direktoratet skal ta hensyn til samiske pasienters rettigheter.", "guideline", None),
    ("I vurderingen av tiltak skal direktoratet legge vekt på samfunnsnytte.", "guideline", None),
    (
        "Direktoratet skal ikke pålegge kommunene nye rapporteringskrav uten samtykke fra departementet.",
        "guideline",
        None,
    ),
    ("Direktoratet skal innen 1. oktober gjennomføre en øvelse.", "activity", "2026-10-01"),
    ("Departementet forventer at direktoratet er kjent med FNs bærekraftsmål.", "guideline", None),
    ("Direktoratet skal gi råd til departementet i faglige spørsmål.", "activity", None),
    ("Direktoratet skal etterleve sikkerhetsloven.", "guideline", None),
    ("Direktoratet skal bistå departementet med faglige innspill.", "activity", None),
    ("Direktoratets ledelse har ansvar for å ha oversikt over vesentlige risikoer.", "activity", None),
    ("Direktoratet må sikre at arkivplikten overholdes.", "guideline", None),
    ("Statlige virksomheter skal følge Digitaliseringsrundskrivet.", "guideline", None),
    ("Alle statlige virksomheter skal ha aktivitetsplaner for sikkerhet.", "activity", None),
    ("Konsulentbruken skal reduseres.", "guideline", None),
    ("Virksomheten skal vurdere om oppgaver kan løses utenfor Oslo.", "activity", None),
    ("Det tas forbehold om endringer i budsjettet.", None, None),
    ("Endringer i tildelingen vil bli meddelt i supplerende tildelingsbrev.", None, None),
]
OF_REPORTING: list[Case] = [
    ("Årsrapporten skal sendes departementet innen 15. mars 2027.", "reporting", "2027-03-15"),
    ("Direktoratet skal redegjøre for vesentlige avvik fra målene.", "reporting", None),
    ("Avvik skal rapporteres så snart de blir kjent.", "reporting", None),
    ("Departementet vil innkalle til etatsstyringsmøter.", None, None),
    ("Det tas sikte på å avholde to etatsstyringsmøter i 2026.", None, None),
    ("Direktoratet utarbeider referat fra møtene.", "reporting", None),
    ("Årsrapporten skal følge strukturen i økonomibestemmelsene.", "reporting", None),
    ("Riksrevisjonen mottar kopi av årsrapporten fra direktoratet.", None, None),
    ("Årsrapport med årsregnskap oversendes Riksrevisjonen i kopi.", "reporting", None),
    ("Resultatoppnåelsen for hvert oppdrag beskrives kort.", "reporting", None),
    ("Rapporteringen skal være kortfattet og analytisk.", "reporting", None),
    ("Direktoratet skal publisere årsrapporten på sine nettsider.", "activity", None),
    (
        "Direktoratet skal levere innspill til satsingsforslag for 2028 innen 1. november 2026.",
        "reporting",
        "2026-11-01",
    ),
    ("I årsrapporten skal direktoratet omtale arbeidet med fellesføringen.", "reporting", None),
    ("Departementet vil gi tilbakemelding på årsrapporten.", None, None),
    ("Risikovurdering av måloppnåelsen legges fram i etatsstyringsmøtet i mai.", "reporting", "2026-05"),
]
OF_BUDGET: list[Case] = [
    ("Bevilgningen på post 21 skal benyttes til forskning.", "guideline", None),
    ("Av bevilgningen skal 2 mill. kroner gå til drift av registeret.", "guideline", None),
    ("Bolighelsedirektoratet tildeles 120 mill. kroner på kap. 748, post 01.", None, None),
    ("Direktoratet har ansvar for at budsjettet holdes.", "guideline", None),
    ("Direktoratet kan ikke overskride bevilgningen uten samtykke.", "guideline", None),
    ("Det gis fullmakt til å overskride post 01 mot merinntekter.", None, None),
    ("Bolighelsedirektoratet kan omdisponere inntil 5 pst. mellom postene.", None, None),
    ("Budsjettet skal disponeres i samsvar med økonomiregelverket.", "guideline", None),
    (
        "Innspill til revidert nasjonalbudsjett sendes departementet innen 10. februar.",
        "reporting",
        "2026-02-10",
    ),
    ("Direktoratet må tilpasse aktiviteten til tildelt bevilgning.", "guideline", None),
    ("Postene kan ses i sammenheng.", None, None),
    ("Midlene er øremerket og kan ikke brukes til andre formål.", "guideline", None),
    ("Bevilgningen dekker lønn og drift.", None, None),
    ("Tilskuddet utbetales i to terminer.", None, None),
    ("Tildelingen inkluderer midler til lønnsoppgjøret.", None, None),
    ("Lønnsmidler skal holdes innenfor rammen.", "guideline", None),
]
OF_NYNORSK_ASSIGNMENT: list[Case] = [
    ("Tilsynet vert bede om å vurdere konsekvensane for næringa.", "assignment", None),
    ("Departementet bed tilsynet om å vurdere konsekvensane.", "assignment", None),
    ("Arbeidet må sjåast i samanheng med oppdrag 2.", "assignment", None),
    ("Planen skal sendast departementet innan 1. september.", "reporting", "2026-09-01"),
    ("Tilsynet skal halde departementet orientert.", "reporting", None),
    ("Rapporten skal leverast innan utgangen av året.", "reporting", "2026-12-31"),
    ("Mattilsynet skal bidra i arbeidet.", None, None),
    ("Føremålet er at forbrukarane skal få trygg mat.", None, None),
    ("Vi viser til brev av 3. februar 2026.", None, None),
    ("Næringsorganisasjonane skal involverast.", "assignment", None),
    ("Oppdraget må løysast innanfor gjeldande rammer.", "assignment", None),
    ("Tilsynet skal greie ut om ordninga bør vidareførast.", "assignment", None),
    ("Det skal leggjast vekt på små bruk.", "assignment", None),
    ("Tilsynet får i oppdrag å greie ut ei ny ordning.", "assignment", None),
    ("Frist for oppdraget er 1. november 2026.", None, None),
    ("Departementet vil kome attende til saka.", None, None),
    ("Tilsynet skal innan 15. juni leggje fram ein førebels rapport.", "reporting", "2026-06-15"),
    ("Det er føresett at tilsynet samarbeider med forskingsmiljøa.", "assignment", None),
    ("Vi ventar at tilsynet følgjer opp dette.", "assignment", None),
    ("Tilsynet bør òg sjå på andre tiltak.", "assignment", None),
    ("Tiltaka skal gjere det enklare å drive gard.", None, None),
]
OF_NYNORSK_OUTSIDE: list[Case] = [
    ("Tilsynet skal leggje vekt på rettleiing.", "guideline", None),
    ("Tilsynet skal samarbeide med kommunane.", "guideline", None),
    ("Tilsynet skal følgje opp rapporten frå Riksrevisjonen.", "activity", None),
    ("Tilsynet skal nytte klart og godt språk.", "guideline", None),
    ("Landbrukstilsynet har ansvar for å føre tilsyn med dyrevelferd.", "activity", None),
    ("Kommunane har ansvar for å handsame søknadene.", None, None),
    ("Regjeringa vil styrkje matberedskapen.", None, None),
    ("Tilsynet skal ikkje auke talet på tilsette.", "guideline", None),
    ("Tilsynet må tilpasse drifta til ramma.", "guideline", None),
    ("Tilsynet kan nytte eksterne konsulentar ved behov.", None, None),
    ("Alle leiarar skal ha opplæring i tryggleik innan 1. oktober.", "activity", "2026-10-01"),
    ("Det er eit krav at planane er oppdaterte.", "guideline", None),
    ("Tilsynet skal ta omsyn til små verksemder.", "guideline", None),
    ("Midlane skal nyttast til rådgjeving.", "guideline", None),
]
OF_NYNORSK_REPORTING: list[Case] = [
    ("Årsrapporten skal sendast departementet innan 15. mars 2027.", "reporting", "2027-03-15"),
    ("Tilsynet skal gjere greie for vesentlege avvik.", "reporting", None),
    ("Vesentlege avvik skal meldast utan opphald.", "reporting", None),
    ("Departementet kallar inn til møta.", None, None),
    ("Tilsynet skriv referat frå møta.", "reporting", None),
    ("Rapporteringa skal vere kort og analytisk.", "reporting", None),
    ("Årsrapporten vert sendt i kopi til Riksrevisjonen.", "reporting", None),
]
OF_SUPPLEMENT: list[Case] = [
    ("Helsedirektoratet og Datahelsedirektoratet skal sammen utrede saken.", "assignment", None),
    ("Helsedirektoratet skal lede arbeidet.", None, None),
    ("Etatene bes om å samordne arbeidet.", "assignment", None),
    ("Begge direktoratene skal stille med ressurser.", "assignment", None),
    ("Oppdraget gis likelydende til Helsedirektoratet og Datahelsedirektoratet.", None, None),
    ("Tilsvarende oppdrag er gitt Helsetilsynet.", None, None),
    ("FHI og Helsedirektoratet får tilsvarende oppdrag.", None, None),
    ("Departementet tar sikte på å sende forslaget på høring før sommeren.", None, None),
    ("Departementet skal motta en skriftlig status innen 1. mai.", "reporting", "2026-05-01"),
    ("Det må tas høyde for at regelverket endres.", "assignment", None),
    ("Leveransen skal være departementet i hende senest 1. mai 2026.", "reporting", "2026-05-01"),
    ("Oppdraget anses som besvart ved levering av rapporten.", None, None),
    ("Oppdraget er avsluttet.", None, None),
    ("Del 1 leveres innen 1.5.2026 og del 2 innen 1.10.2026.", "reporting", "2026-05-01"),
    ("Direktoratet må avklare rollefordelingen med KS innen 15. april 2026.", "assignment", "2026-04-15"),
    ("Etter dette skal direktoratet følge opp kommunene.", "assignment", None),
    ("Direktoratet gis ansvar for å koordinere arbeidet.", "assignment", None),
    ("Direktoratet tildeles inntil 2 mill. kroner til oppdraget.", None, None),
    ("Inntil 2 mill. kroner kan benyttes til formålet.", None, None),
    ("Tilskuddet skal gå til frivillige organisasjoner.", "assignment", None),
    ("Regelverket for tilskuddsordningen skal legges til grunn.", "assignment", None),
    ("Målgruppen er barn og unge under 18 år.", None, None),
    ("Ordningen skal omfatte alle kommuner.", "assignment", None),
    ("Det er satt av 5 mill. kroner til arbeidet.", None, None),
    ("Det bør tilstrebes å gjenbruke eksisterende data.", "assignment", None),
    ("Aktuelle tiltak kan være opplæring og veiledning.", None, None),
    ("Viktige problemstillinger er finansiering og organisering.", None, None),
    ("Følgende problemstillinger skal belyses: finansiering, organisering og juss.", "assignment", None),
    ("Vi ber også om at direktoratet synliggjør kostnadene.", "assignment", None),
    ("Videre bør direktoratet se på erfaringer fra Sverige.", "assignment", None),
    ("Arbeidet påbegynnes i 2026 og ferdigstilles i 2027.", None, None),
    ("Direktoratet skal starte arbeidet i 2026, med sikte på ferdigstillelse i 2027.", "assignment", "2026"),
    ("Direktoratet bes om å prioritere oppdraget.", "assignment", None),
    ("Datatilsynet bør konsulteres.", "assignment", None),
    ("Eventuelle spørsmål kan rettes til departementet.", None, None),
    ("Departementet ønsker å bli orientert dersom fristen ikke kan holdes.", None, None),
    ("Ved behov for avklaringer bes direktoratet ta kontakt med departementet.", "assignment", None),
    ("Fristen forlenges til 1. september 2026.", None, None),
    ("Tidligere frist 1. mai utsettes til 1. september 2026.", None, None),
]


def answers(head: str, sentence: str) -> list[tuple[str, str | None]]:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, f"{head}{sentence}\n"))
    found = [r for r in reading.requirements if r.start >= len(head) and r.requirement_class.counted]
    return [(r.requirement_class.value, r.deadline) for r in found]


@pytest.mark.parametrize(
    ("head", "case"),
    [
        pytest.param(head, case, id=case[0][:60])
        for head, cases in (
            (ASSIGNMENT, OF_ASSIGNMENT),
            (OUTSIDE, OF_OUTSIDE),
            (REPORTING, OF_REPORTING),
            (BUDGET, OF_BUDGET),
            (NYNORSK_ASSIGNMENT, OF_NYNORSK_ASSIGNMENT),
            (NYNORSK_OUTSIDE, OF_NYNORSK_OUTSIDE),
            (NYNORSK_REPORTING, OF_NYNORSK_REPORTING),
            (SUPPLEMENT, OF_SUPPLEMENT),
        )
        for case in cases
    ],
)
def test_sentence(head: str, case: Case) -> None:
    sentence, kind, deadline = case
    assert answers(head, sentence) == ([] if kind is None else [(kind, deadline)])
