"""Words beside which a number is a result, and words beside which it is none, in Thai and in English.

Each is a piece of a regular expression. They grow by what is met; a test holds what must be found and what must pass.
"""

from __future__ import annotations

# --- beside these a numeral is a result ---

PERCENT_BEFORE = r"ร้อยละ|เปอร์เซ็นต์ที่"
PERCENT_BEHIND = r"%|٪|％|per\s?cent\b|percent(?:age points?)?\b|เปอร์เซ็น|เปอร์เซนต์"
# Statistics with the sign between them and their number.
STATISTICS = (
    r"n|N|p|P|r|r_s|R|R2|M|SD|S\.\s?D\.?|SE|S\.\s?E\.?|t|F|z|Z|U|W|H|df|d|b|B|g|V|OR|AIC|BIC|CFI|RMSEA|α|β|χ2|"
    r"χ²|χ|ε2|ε²|η2|η²|κ|ρ|τ|λ|x̄|X̄|"
    r"mean|Mean|alpha|Alpha|kappa|Kappa"
)
SIGN = r"=|<|>|≤|≥|≈|＝"
# Names of statistics with which a number is one even without a sign, and what may stand between.
MEANS = (
    r"(?:[Mm]eans?|[Aa]verages?|[Mm]edians?|[Ss]tandard deviations?|[Cc]orrelations?)"
    r"(?: (?:score|rating|value)s?)?(?:\s+(?:of|is|was|were|at|=)\s+|\s+)"
)
THAI_MEANS = (
    r"(?:ค่าเฉลี่ย(?:รวม|โดยรวม)?|ส่วนเบี่ยงเบนมาตรฐาน|ค่ามัธยฐาน|มัธยฐาน|ค่าสหสัมพันธ์|สัมประสิทธิ์สหสัมพันธ์|"
    r"ค่าแอลฟา|ค่า\s?[pPrt])"
    r"\s?(?:เท่ากับ|อยู่ที่|เป็น|คือ|=|\(|:)?\s?"
)
PEOPLE = (
    r"(?:(?:key |survey |female |male |young |elderly )?(?:participants?|respondents?|informants?|interviewees?|"
    r"persons?|people|"
    r"citizens?|officials?|women|men|villagers?|students?|households?|patients?|leaders?|experts?|teachers?|staff)\b)"
)
# A classifier of people, but not the beginning of another word or of "each".
THAI_PEOPLE = (
    r"(?:คน(?!ละ|หนึ่ง|ใด|ที่\s?\d|ไข้|เดียว)|ราย(?!ละ|การ|งาน|ได้|ชื่อ|วัน|เดือน|ปี|วิชา|ข้อ|ด้าน|คู่|ใด|"
    r"ที่\s?\d|หนึ่ง|ตัว|จ่าย|ภาค|กลุ่ม|พื้นที่))"
)

# --- beside these a number may be one ---

COUNTED = (
    r"(?:(?:different |further |single |all |study )?(?:interviews?|sites?|codes?|themes?|passages?|segments?|"
    r"turns?|items?|questions?|"
    r"municipalit(?:y|ies)|organi[sz]ations?|communities|villages?|cases?|responses?|answers?|questionnaires?)\b)"
)
THAI_COUNTED = (
    r"(?:แห่ง|พื้นที่|ฉบับ(?!ที่)|บท(?!บาท|ที่|ความ)|รหัส|ประเด็น|ข้อความ|หน่วยงาน|องค์กร|ชุมชน|หมู่บ้าน|"
    r"ครัวเรือน|กรณี|ชุด|ข้อคำถาม|คำตอบ)"
)
# Of these a number in words may be a result, too; of what is counted otherwise it seldom is.
PLACES = (
    r"(?:(?:study )?(?:interviews?|sites?|municipalit(?:y|ies)|organi[sz]ations?|communities|villages?|schools?|"
    r"hospitals?)\b)"
)
ENGLISH_NUMBERS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|(?:a|one|two|several) hundred|a dozen"
)
THAI_NUMBERS = r"(?:(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ยี่|เอ็ด|สิบ|ร้อย|พัน)+)"
FRACTIONS = (
    r"\b(?:half|(?:one|two|three|a)[ -](?:third|quarter|fifth|fourth)s?|(?:two|three|four|five|six|seven|eight|"
    r"nine|ten) (?:out )?(?:of|in) "
    r"(?:(?:the|every) )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve)|twice as|three times as|"
    r"doubled|tripled)\b"
)
THAI_FRACTIONS = (
    r"(?:ครึ่ง(?!ทาง|เดือน|ปี|วัน|ชั่วโมง)|(?:หนึ่ง|สอง|สาม|สี่|ห้า)ใน(?:สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)|"
    r"เศษ(?:หนึ่ง|สอง|สาม)ส่วน|สองเท่า|สามเท่า|เท่าตัว)"
)

# --- with these a number is none ---

# The level of an interval or of a test: chosen before, and no result.
LEVELS = r"(?:8[05]|9[0579](?:\.[059])?|99\.9)"
LEVEL_OF = (
    r"[\s-]*(?:(?:two-sided |bootstrap |exact |robust )?(?:confidence|credible|CIs?\b|C\.I\.|interval|"
    r"prediction)|ช่วง|ของช่วง|ระดับความเชื่อมั่น)"
)
LEVEL_BEFORE = (
    r"(?:ความเชื่อมั่น|confidence(?: level| interval| limits?)?|CI|C\.I\.)\s?(?:ที่ระดับ|ที่|ระดับ|of|at|=|"
    r"\()?\s?(?:ร้อยละ\s?)?"
)
LIMITS = (
    r"thresholds?|cut-?offs?|criteri(?:on|a)|limits?|customary|conventional|rule of thumb|significan(?:ce|"
    r"t) (?:level|at)|level of significance|"
    r"significance|(?:called|considered|taken as|regarded as) (?:statistically )?significant|margin of error|"
    r"at least|at most|no more than|no fewer than|required?|planned|target(?:ed)?|power|"
    r"เกณฑ์|ระดับนัยสำคัญ|นัยสำคัญ|ขีดจำกัด|ค่าจุดตัด|จุดตัด|อย่างน้อย|ไม่ต่ำกว่า|ไม่น้อยกว่า|ไม่เกิน|กำหนดไว้|"
    r"ความคลาดเคลื่อน|อำนาจการทดสอบ"
)
# What is numbered, and not counted: numbers of sections, laws, versions, rounds, days.
NUMBERED = (
    r"\b(?:Sections?|Sec\.|Tables?|Figures?|Fig\.|Chapters?|Appendi(?:x|ces)|Articles?|Acts?|Nos?\.|Numbers?|"
    r"Parts?|Steps?|Phases?|Rounds?|Waves?|"
    r"Stages?|Levels?|Grades?|Moo|Vols?\.|pp?\.|pages?|paragraphs?|items?|questions?|objectives?|hypothes[ie]s|"
    r"H|[Vv]ersions?|[Vv]\.|models?|"
    r"ISO|COVID|Thailand|Web|Industry|Windows|SPSS|AMOS|Stata|NVivo|ATLAS\.ti|MAXQDA|Python|R|Taguette|"
    r"QualCoder|Microsoft|Excel|BY|GPL|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|B\.?E\.?|A\.?D\.?|"
    r"C\.?E\.?|since|until|in|by)\s?$"
    r"|(?:ตาราง|ภาพ|รูป|หัวข้อ|บท|ข้อ|มาตรา|ฉบับ|ครั้ง|หมู่|หมู่ที่|ระยะ|ขั้นตอน|ขั้น|ภาค|ส่วน|เล่ม|หน้า|น\.|"
    r"รุ่น|เวอร์ชัน|ระดับ|ลำดับ|อันดับ|วัตถุประสงค์|สมมติฐาน|แผน)(?:ที่)?\s?$"
    r"|ที่\s?$|วันที่\s?$|พ\.\s?ศ\.\s?$|ค\.\s?ศ\.\s?$|ปี\s?$|เดือน\S*\s?$"
)
# What a number of these is of: scales, ages, times, money, distances.
MEASURED = (
    r"^\s?(?:-?points?\b|-?level|ระดับ|ตัวเลือก|-?years?\b|ปี|-?months?\b|เดือน|-?weeks?\b|สัปดาห์|-?days?\b|"
    r"วัน|-?hours?\b|ชั่วโมง|-?minutes?\b|นาที|"
    r"-?seconds?\b|วินาที|baht\b|บาท|km\b|กิโลเมตร|กม\.|kilomet|met(?:er|re)s?\b|เมตร|น\.|นาฬิกา|o['’]clock|"
    r"a\.m\.|p\.m\.|:\d\d|/\d|"
    r"st\b|nd\b|rd\b|th\b|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|"
    r"พฤศจิกายน|ธันวาคม|ม\.ค\.|ก\.พ\.|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|pt\b|cm\b|GB\b|MB\b)"
)
# Before number words that count no result: the first four interviews, runs of two.
CHOSEN = (
    r"(?:first|last|next|every|each|per|runs? of|groups? of|pairs? of|the other|at least|at most|แรก|ละ|ทุก|"
    r"อย่างน้อย|ไม่เกิน)\s?$"
)
CHOSEN_BEHIND = r"^\s?(?:แรก|สุดท้าย|ละ|ขึ้นไป|or more|or fewer|kinds?|types?)"
