"""Function words: pronouns, postpositions, conjunctions, particles, auxiliaries, in their frequent forms."""

_WORDS = """
men meniň maňa meni mende menden
sen seniň saňa seni sende senden
ol onuň oňa ony onda ondan
biz biziň bize bizi bizde bizden
siz siziň size sizi sizde sizden
olar olaryň olara olary olarda olardan
bu munuň muňa muny munda mundan bular bularyň bulary
şu şunuň şuňa şuny şunda şundan şular şularyň
şol şonuň şoňa şony şonda şondan şolar şolaryň
öz özi özüniň özüne özüni özünde özünden özleri özleriniň
kim kimiň kime kimi kimde kimden
näme nämäniň nämä nämäni nämede nämeden
haýsy haýsysy nire niräniň nirä nirede nireden haçan nähili näçe
hemme hemmesi ähli ählisi her hersi hiç hiçbiri käbir käbiri birnäçe birnäçesi başga başgalar beýleki beýlekiler
biri birisi kimdir nämedir şeýle beýle eýle şunça şonça
ýaly bilen üçin barada baradaky hakda hakynda hakyndaky dogrusynda boýunça görä çenli dek deýin öň soň soňra
başlap bäri arkaly tarapyndan garşy garamazdan laýyklykda hökmünde sebäpli derek deregine üsti bilelikde birlikde
öňünde öňünden öňüne yzynda yzyndan üstünde üstünden üstüne astynda içinde içinden içine daşynda arasynda arasyndan
arasyndaky ýanynda ýanyna ýanyndan
we hem hem-de ýa ýa-da ýogsam ýöne emma weli bolsa sebäbi çünki eger haçanda hatda şonuň üçin şeýle-de
da de dä bolsa-da welin ahyryn diňe has iň örän gaty diýseň juda tas
däl dälmi ýok bar eýsem hawa mümkin gerek hökman elbetde belki megerem
diýip diýen diýlip diýmek diýdi diýýär
eken ekeni bolup bolan bolar bolýar boldy bolmak bolmagy bolman edip eden eder edýän edýär etdi etmek etmegi etmän
edilýär edildi edilen
ýene ýene-de indi heniz entek eýýäm bärde ýerde şindi häzir
"""

STOP_WORDS = set(_WORDS.split())
