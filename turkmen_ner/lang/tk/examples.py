"""Ten sentences to try a pipeline on."""

sentences = [
    "Dostum düýn Aşgabatdan Daşoguza otly bilen gitdi.",
    "Bu kitaby haçan okap gutararsyň?",
    "BMG-niň wekili anna güni Türkmenistanyň paýtagtyna geldi.",
    "«Awaza» gämisi 2024-nji ýylyň maýynda Türkmenbaşy portuna gaýdyp geldi.",
    "D.Annaýewa ýygnakda ilkinji bolup söz aldy we täze taslama barada gürrüň berdi.",
    "Howa 35 gradusa çenli gyzar, ýöne agşam salkyn bolar.",
    "Nýu-Ýorkdaky maslahata 7,5 müň adam gatnaşdy.",
    "Öýden çykan badyma ýagyş ýagyp başlady, şonuň üçin yzyma gaýtdym.",
    "Daýhanlar güýzde pagtany wagtynda ýygnap, bu ýylky hasylyň has köpdügini aýtdylar.",
    "Sen maňa kömek etmeseň, men bu işi sagat 19:30-a çenli tamamlap bilmerin!",
]
