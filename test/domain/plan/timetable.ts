/** A charter like those working groups write: prose, a table broken in two, no years in it. The people are invented. */
export const charter = `## **Fokusområde: Fortbildning**

**Beslutat av Regionala kompetensrådets arbetsutskott\u0020\u0020
2022-09-23**

1.	Bakgrund .....	3
2.	Aktiviteter .....	4

# 1. Bakgrund

Rådet har beslutat tillsätta sex arbetsgrupper kopplat till Aktivitetsplan 2022.

## 3. Aktiviteter

Aktiviteter med tidplan redovisas nedan.

Aktivitet	Ansvarig	Tidplan
Kunskapsinhämtning <i>Bevaka departementets uppdrag U2021/1 Att föreslå vägar till yrken.</i> <u>Uppdrag - Departementet</u>	Alla	
Kunskapssammanställning	Maja	12/10 och 30/11
Kartlägga befintliga modeller i regionen?		
Kartlägga befintliga nätverk Nationellt	Tove	12/10
Synkronisera vårt arbete med nationella nätverk		
Utveckla enkät	Alla	12/10
Inhämta synpunkter på enkäten	Alla	12/10
Datainsamling (enkät)	Alla	12/10 - 7/11
Sammanställa resultatet	Alla	30/11
Sammanställning rapport	Alla	13/12

Planering eventuell workshop	Alla	
------------------------------	------	--

## 4. Metod

Enkät till berörda aktörer	inom regionen.

### Arbetsgrupp

Lärosäten: Maja Alm, professor
`;
