"""What a study lacks where tables have no rows, in English and in Thai: sentences that several tables share."""

NO_SCALES = (
    "no item of survey/items.csv belongs to a construct, or the study has no survey",
    "ไม่มีข้อคำถามใน survey/items.csv ที่ระบุตัวแปร หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
NO_THEMES = ("no interview was coded for a theme", "ไม่มีบทสัมภาษณ์ที่ลงรหัสประเด็น")
NO_INTERVIEWS = ("nobody was interviewed", "การศึกษานี้ไม่มีการสัมภาษณ์")
NO_SURVEY = ("the study has no survey, or nobody answered it", "การศึกษานี้ไม่มีแบบสอบถาม หรือไม่มีผู้ตอบ")
NO_JOINT = (
    "no factor has both a theme in the codebook (column factor) and items in the survey (column construct)",
    "ไม่มีปัจจัยใดที่มีทั้งประเด็นในสมุดรหัส (คอลัมน์ factor) และข้อคำถามในแบบสอบถาม (คอลัมน์ construct)",
)
NO_SECOND_CODER = ("no interview was coded by two coders", "ไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน")
NO_ITEMS = (
    "the survey has no items with a scale, or the study has no survey",
    "แบบสอบถามไม่มีข้อคำถามที่ใช้มาตรวัด หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
NO_SUCH_MODEL = (
    "study.yml names no such model, or no respondent has all of its scores",
    "ไม่ได้ระบุตัวแบบนี้ใน study.yml หรือไม่มีผู้ตอบที่มีคะแนนครบทุกตัวแปรของตัวแบบ",
)
NO_QCA = ("study.yml names no qca", "ไม่ได้ระบุ qca ใน study.yml")
NO_PAIRS = (
    "fewer than two sites took part in the survey, or the study has no survey",
    "มีพื้นที่ที่ตอบแบบสอบถามไม่ถึงสองแห่ง หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
NO_CATEGORIES = (
    "no item of the survey has the scale category, or all were answered in free words, or the study has no survey",
    "แบบสอบถามไม่มีข้อคำถามแบบ category หรือตอบเป็นข้อความอิสระทั้งหมด หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
NO_GROUPS = (
    "fewer than two groups took part in the survey, or the survey does not say who belongs to which, or has no scales",
    "มีกลุ่มที่ตอบแบบสอบถามไม่ถึงสองกลุ่ม หรือแบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ หรือไม่มีตัวแปร",
)
NO_BOTH = ("it is for studies with both interviews and a survey", "ใช้กับการศึกษาที่มีทั้งการสัมภาษณ์และแบบสอบถาม")
