"""What reviewers ask to be reported: the items of COREQ, SRQR (interviews) and GRAMMS (both strands), in our own words.

An item is known by its number in the published checklist. `answers` names statements of `thongthin.synthesis.reporting`
that answer the item from the data or from the rest of study.yml; `adds` names statements that belong to it, but leave
the question itself to the authors. A further checklist is one more entry of `CHECKLISTS`, with a table of its own in
`thongthin.contract.schema.reporting`.

Sources: Tong, Sainsbury and Craig (2007), International Journal for Quality in Health Care 19(6), 349-357 (COREQ);
O'Brien, Harris, Beckman, Reed and Cook (2014), Academic Medicine 89(9), 1245-1251 (SRQR); O'Cathain, Murphy and Nicholl
(2008), Journal of Health Services Research & Policy 13(2), 92-98 (GRAMMS).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One item of a checklist: short name and guiding question in both languages, and what answers it.

    Args:
        answers, adds: names of statements; see the module.
    """

    en: str
    th: str
    question_en: str
    question_th: str
    answers: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a checklist, as its source divides it."""

    en: str
    th: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """A checklist: its name, and its sections in order.

    Args:
        mixed: whether it is for studies of both strands only.
    """

    name: str
    sections: tuple[Section, ...]
    mixed: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items; the first is number 1."""
        return tuple(item for section in self.sections for item in section.items)


_COREQ = Checklist(
    "COREQ",
    (
        Section(
            "1. Research team and reflexivity",
            "1. คณะผู้วิจัยและการสะท้อนคิด",
            (
                Item(
                    "Interviewer",
                    "ผู้สัมภาษณ์",
                    "Who held the interviews?",
                    "ใครเป็นผู้สัมภาษณ์",
                ),
                Item(
                    "Credentials",
                    "คุณวุฒิ",
                    "Which academic or professional degrees did the researchers hold?",
                    "ผู้วิจัยมีวุฒิการศึกษาหรือวุฒิวิชาชีพใด",
                ),
                Item(
                    "Occupation",
                    "อาชีพ",
                    "What was their position when the study was made?",
                    "ขณะทำการศึกษา ผู้วิจัยทำงานในตำแหน่งใด",
                ),
                Item(
                    "Gender",
                    "เพศ",
                    "Of which gender were those who met the participants?",
                    "ผู้ที่พบกับผู้ให้ข้อมูลเป็นเพศใด",
                ),
                Item(
                    "Experience and training",
                    "ประสบการณ์และการฝึกอบรม",
                    "What had prepared them for interviewing?",
                    "ผู้สัมภาษณ์มีประสบการณ์หรือผ่านการฝึกสัมภาษณ์มาอย่างไร",
                ),
                Item(
                    "Relationship beforehand",
                    "ความสัมพันธ์ก่อนเริ่มศึกษา",
                    "Did interviewers and participants know each other before?",
                    "ผู้สัมภาษณ์กับผู้ให้ข้อมูลรู้จักกันมาก่อนหรือไม่",
                ),
                Item(
                    "What participants knew",
                    "สิ่งที่ผู้ให้ข้อมูลทราบเกี่ยวกับผู้วิจัย",
                    "What were participants told of the researcher and of the reasons for the study?",
                    "ผู้ให้ข้อมูลทราบอะไรเกี่ยวกับผู้วิจัยและเหตุผลของการศึกษา",
                ),
                Item(
                    "Position of the interviewer",
                    "จุดยืนของผู้สัมภาษณ์",
                    "Which assumptions, interests or leanings of the interviewer are disclosed?",
                    "เปิดเผยข้อสันนิษฐาน ผลประโยชน์ หรือความโน้มเอียงของผู้สัมภาษณ์อย่างไร",
                ),
            ),
        ),
        Section(
            "2. Study design",
            "2. การออกแบบการศึกษา",
            (
                Item(
                    "Methodology and theory",
                    "วิธีวิทยาและทฤษฎี",
                    "On which methodological orientation does the study rest?",
                    "การศึกษาตั้งอยู่บนแนวทางวิธีวิทยาใด",
                    adds=("framework",),
                ),
                Item(
                    "Sampling",
                    "การเลือกผู้ให้ข้อมูล",
                    "By which procedure were participants selected?",
                    "เลือกผู้ให้ข้อมูลด้วยวิธีใด",
                    adds=("frame",),
                ),
                Item(
                    "Approach",
                    "วิธีติดต่อ",
                    "In which way were participants contacted?",
                    "ติดต่อผู้ให้ข้อมูลด้วยวิธีใด",
                ),
                Item(
                    "Sample size",
                    "จำนวนผู้ให้ข้อมูล",
                    "How many people took part?",
                    "มีผู้ให้ข้อมูลกี่คน",
                    answers=("sample",),
                ),
                Item(
                    "Non-participation",
                    "ผู้ที่ไม่เข้าร่วม",
                    "How many declined or left, and for which reasons?",
                    "มีผู้ปฏิเสธหรือถอนตัวกี่คน ด้วยเหตุผลใด",
                ),
                Item(
                    "Place of data collection",
                    "สถานที่เก็บข้อมูล",
                    "In which places did the interviews happen?",
                    "สัมภาษณ์ในสถานที่ใด",
                    adds=("sites",),
                ),
                Item(
                    "Others present",
                    "ผู้อื่นที่อยู่ด้วย",
                    "Was anybody there besides participant and researcher?",
                    "ขณะสัมภาษณ์มีผู้อื่นนอกจากผู้ให้ข้อมูลและผู้วิจัยอยู่ด้วยหรือไม่",
                ),
                Item(
                    "Description of the sample",
                    "ลักษณะของผู้ให้ข้อมูล",
                    "Which characteristics of the participants, and which dates, matter?",
                    "ผู้ให้ข้อมูลมีลักษณะสำคัญอย่างไร และเก็บข้อมูลเมื่อใด",
                    answers=("sample", "people", "dates"),
                ),
                Item(
                    "Interview guide",
                    "แนวคำถามสัมภาษณ์",
                    "Are questions and prompts given, and were they tried out?",
                    "แสดงคำถามและคำถามเสริมหรือไม่ และได้ทดลองใช้หรือไม่",
                ),
                Item(
                    "Repeat interviews",
                    "การสัมภาษณ์ซ้ำ",
                    "Was anybody interviewed more than once?",
                    "มีการสัมภาษณ์ผู้ใดมากกว่าหนึ่งครั้งหรือไม่",
                ),
                Item(
                    "Recording",
                    "การบันทึกเสียงหรือภาพ",
                    "By which means were the interviews recorded?",
                    "บันทึกการสัมภาษณ์ด้วยวิธีใด",
                ),
                Item(
                    "Field notes",
                    "บันทึกภาคสนาม",
                    "Were notes taken during or after the interviews?",
                    "มีการจดบันทึกระหว่างหรือหลังการสัมภาษณ์หรือไม่",
                ),
                Item(
                    "Duration",
                    "ระยะเวลาสัมภาษณ์",
                    "How long did the interviews take?",
                    "การสัมภาษณ์ใช้เวลานานเท่าใด",
                    adds=("length",),
                ),
                Item(
                    "Saturation",
                    "ความอิ่มตัวของข้อมูล",
                    "Was it judged whether further interviews would bring anything new?",
                    "พิจารณาหรือไม่ว่าการสัมภาษณ์เพิ่มจะได้สิ่งใหม่",
                    answers=("saturation",),
                ),
                Item(
                    "Transcripts returned",
                    "การส่งบทถอดความคืน",
                    "Could participants read and correct their transcripts?",
                    "ผู้ให้ข้อมูลได้อ่านและแก้ไขบทถอดความของตนหรือไม่",
                ),
            ),
        ),
        Section(
            "3. Analysis and findings",
            "3. การวิเคราะห์และผลการศึกษา",
            (
                Item(
                    "Number of coders",
                    "จำนวนผู้ลงรหัส",
                    "How many people coded the data?",
                    "มีผู้ลงรหัสข้อมูลกี่คน",
                    answers=("coders",),
                    adds=("agreement",),
                ),
                Item(
                    "Coding tree",
                    "ผังรหัส",
                    "Are the codes and their order described?",
                    "อธิบายรหัสและลำดับชั้นของรหัสหรือไม่",
                    answers=("codebook",),
                ),
                Item(
                    "Derivation of themes",
                    "ที่มาของประเด็น",
                    "Were themes set beforehand, or did they come from the data?",
                    "ประเด็นกำหนดไว้ล่วงหน้าหรือได้จากข้อมูล",
                    adds=("framework",),
                ),
                Item(
                    "Software",
                    "โปรแกรม",
                    "With which programs were the data managed?",
                    "ใช้โปรแกรมใดจัดการข้อมูล",
                    answers=("software",),
                ),
                Item(
                    "Participant checking",
                    "การตรวจสอบโดยผู้ให้ข้อมูล",
                    "Did participants comment on the findings?",
                    "ผู้ให้ข้อมูลได้ให้ความเห็นต่อผลการศึกษาหรือไม่",
                ),
                Item(
                    "Quotations",
                    "คำพูดที่ยกมา",
                    "Are findings shown in words of participants, and is each quotation identified?",
                    "แสดงผลด้วยคำพูดของผู้ให้ข้อมูลหรือไม่ และระบุผู้พูดทุกครั้งหรือไม่",
                    answers=("quotes",),
                ),
                Item(
                    "Consistency of data and findings",
                    "ความสอดคล้องของข้อมูลกับผล",
                    "Do the findings agree with the data that are shown?",
                    "ผลการศึกษาสอดคล้องกับข้อมูลที่แสดงหรือไม่",
                    answers=("traceable",),
                ),
                Item(
                    "Major themes",
                    "ประเด็นหลัก",
                    "Are the major themes presented clearly?",
                    "นำเสนอประเด็นหลักชัดเจนหรือไม่",
                    answers=("themes",),
                ),
                Item(
                    "Minor themes and diverse cases",
                    "ประเด็นรองและกรณีที่ต่างออกไป",
                    "Are minor themes and cases that differ discussed?",
                    "อภิปรายประเด็นรองและกรณีที่ต่างออกไปหรือไม่",
                ),
            ),
        ),
    ),
)

_SRQR = Checklist(
    "SRQR",
    (
        Section(
            "Title and abstract",
            "ชื่อเรื่องและบทคัดย่อ",
            (
                Item(
                    "Title",
                    "ชื่อเรื่อง",
                    "Does the title say what is studied and that, or how, the study is qualitative?",
                    "ชื่อเรื่องบอกเรื่องที่ศึกษาและบอกว่าเป็นการศึกษาเชิงคุณภาพหรือบอกแนวทางหรือไม่",
                    adds=("title",),
                ),
                Item(
                    "Abstract",
                    "บทคัดย่อ",
                    "Does the abstract sum up background, purpose, methods, results and conclusions?",
                    "บทคัดย่อสรุปความเป็นมา วัตถุประสงค์ วิธีการ ผล และข้อสรุปหรือไม่",
                ),
            ),
        ),
        Section(
            "Introduction",
            "บทนำ",
            (
                Item(
                    "Problem",
                    "ปัญหา",
                    "Which problem is studied, why does it matter, and what was known of it?",
                    "ศึกษาปัญหาใด สำคัญอย่างไร และมีความรู้เดิมอะไร",
                ),
                Item(
                    "Purpose or question",
                    "วัตถุประสงค์หรือคำถามวิจัย",
                    "What was the study meant to find out?",
                    "การศึกษามุ่งตอบคำถามใด",
                ),
            ),
        ),
        Section(
            "Methods",
            "วิธีการศึกษา",
            (
                Item(
                    "Approach and paradigm",
                    "แนวทางและกระบวนทัศน์",
                    "Which qualitative approach, theory and paradigm guided the study, and why?",
                    "ใช้แนวทางเชิงคุณภาพ ทฤษฎี และกระบวนทัศน์ใด เพราะเหตุใด",
                    adds=("framework",),
                ),
                Item(
                    "Researchers and reflexivity",
                    "ผู้วิจัยและการสะท้อนคิด",
                    "Who were the researchers, and how may they have shaped the study?",
                    "ผู้วิจัยเป็นใคร และอาจมีอิทธิพลต่อการศึกษาอย่างไร",
                ),
                Item(
                    "Context",
                    "บริบท",
                    "Where did the study take place, and what of the setting matters?",
                    "ศึกษาที่ใด และบริบทใดมีความสำคัญ",
                    adds=("sites",),
                ),
                Item(
                    "Sampling strategy",
                    "กลวิธีการเลือกตัวอย่าง",
                    "How and why were participants chosen, and when was it enough?",
                    "เลือกผู้ให้ข้อมูลอย่างไร เพราะเหตุใด และตัดสินว่าเพียงพอเมื่อใด",
                    adds=("frame", "saturation"),
                ),
                Item(
                    "Ethics",
                    "จริยธรรม",
                    "Who approved the study, how was consent given, and how are the data kept safe?",
                    "ใครรับรองการศึกษา ได้รับความยินยอมอย่างไร และรักษาความปลอดภัยของข้อมูลอย่างไร",
                    answers=("ethics", "consent"),
                ),
                Item(
                    "Data collection",
                    "การเก็บข้อมูล",
                    "Which data were collected, how, and in which period?",
                    "เก็บข้อมูลใด อย่างไร และในช่วงเวลาใด",
                    adds=("dates",),
                ),
                Item(
                    "Instruments",
                    "เครื่องมือ",
                    "With which guides and devices were data collected, and did these change?",
                    "ใช้แนวคำถามและอุปกรณ์ใดเก็บข้อมูล และมีการปรับหรือไม่",
                ),
                Item(
                    "Units of study",
                    "หน่วยที่ศึกษา",
                    "How many participants, documents or events were included, and what are they like?",
                    "รวมผู้ให้ข้อมูล เอกสาร หรือเหตุการณ์เท่าใด และมีลักษณะอย่างไร",
                    answers=("sample", "people"),
                ),
                Item(
                    "Data processing",
                    "การจัดการข้อมูล",
                    "How were data transcribed, checked, coded and made anonymous?",
                    "ถอดความ ตรวจสอบ ลงรหัส และปกปิดตัวตนอย่างไร",
                    adds=("length", "traceable"),
                ),
                Item(
                    "Data analysis",
                    "การวิเคราะห์ข้อมูล",
                    "By which process, and by whom, were themes found and developed?",
                    "ค้นหาและพัฒนาประเด็นด้วยกระบวนการใด โดยใคร",
                    adds=("coders", "codebook", "software"),
                ),
                Item(
                    "Trustworthiness",
                    "ความน่าเชื่อถือ",
                    "What was done to make the analysis trustworthy?",
                    "ทำสิ่งใดเพื่อให้การวิเคราะห์น่าเชื่อถือ",
                    answers=("agreement", "traceable"),
                ),
            ),
        ),
        Section(
            "Results",
            "ผลการศึกษา",
            (
                Item(
                    "Synthesis",
                    "การสังเคราะห์",
                    "Which themes, interpretations or models came out?",
                    "ได้ประเด็น การตีความ หรือแบบจำลองใด",
                    answers=("themes",),
                ),
                Item(
                    "Links to the data",
                    "ความเชื่อมโยงกับข้อมูล",
                    "Which evidence, such as quotations, supports the findings?",
                    "หลักฐานใด เช่น คำพูดที่ยกมา สนับสนุนผลการศึกษา",
                    answers=("quotes",),
                ),
            ),
        ),
        Section(
            "Discussion",
            "อภิปรายผล",
            (
                Item(
                    "Contribution",
                    "คุณูปการ",
                    "How do the findings relate to earlier work, and where else may they hold?",
                    "ผลสัมพันธ์กับงานก่อนหน้าอย่างไร และอาจใช้กับที่อื่นได้เพียงใด",
                ),
                Item(
                    "Limitations",
                    "ข้อจำกัด",
                    "What limits the trustworthiness and the reach of the findings?",
                    "สิ่งใดจำกัดความน่าเชื่อถือและขอบเขตของผล",
                ),
            ),
        ),
        Section(
            "Other",
            "อื่น ๆ",
            (
                Item(
                    "Conflicts of interest",
                    "ผลประโยชน์ทับซ้อน",
                    "Which interests may have influenced the study, and how was this handled?",
                    "มีผลประโยชน์ใดที่อาจมีอิทธิพลต่อการศึกษา และจัดการอย่างไร",
                ),
                Item(
                    "Funding",
                    "แหล่งทุน",
                    "Who paid for the study, and which part did they have in it?",
                    "ใครให้ทุน และมีบทบาทใดในการศึกษา",
                ),
            ),
        ),
    ),
)

_GRAMMS = Checklist(
    "GRAMMS",
    (
        Section(
            "Mixed methods",
            "การวิจัยแบบผสานวิธี",
            (
                Item(
                    "Justification",
                    "เหตุผลที่ผสานวิธี",
                    "Why does the research question call for both methods?",
                    "เหตุใดคำถามวิจัยจึงต้องใช้ทั้งสองวิธี",
                ),
                Item(
                    "Design",
                    "การออกแบบ",
                    "Why are the methods combined so, which of them has priority, and in which order are they used?",
                    "ผสานวิธีเพื่อจุดมุ่งหมายใด ให้ความสำคัญแก่วิธีใด และใช้ตามลำดับใด",
                ),
                Item(
                    "Each method",
                    "แต่ละวิธี",
                    "How were people chosen, data collected and data analysed in each of the methods?",
                    "แต่ละวิธีเลือกตัวอย่าง เก็บข้อมูล และวิเคราะห์ข้อมูลอย่างไร",
                    adds=("sample", "coders", "respondents", "dates"),
                ),
                Item(
                    "Integration",
                    "การบูรณาการ",
                    "At which point, in which way, and by whom were the methods brought together?",
                    "นำสองวิธีมารวมกันในขั้นตอนใด ด้วยวิธีใด และโดยใคร",
                    adds=("joint",),
                ),
                Item(
                    "Limits of one method through the other",
                    "ข้อจำกัดที่วิธีหนึ่งมีต่ออีกวิธี",
                    "What could one method not do because the other was there as well?",
                    "การมีอีกวิธีหนึ่งอยู่ด้วยจำกัดสิ่งที่แต่ละวิธีทำได้อย่างไร",
                ),
                Item(
                    "Insights",
                    "ความเข้าใจที่ได้จากการผสาน",
                    "What was learnt that neither method alone would have shown?",
                    "ได้ความเข้าใจใดที่วิธีเดียวให้ไม่ได้",
                    adds=("ranking",),
                ),
            ),
        ),
    ),
    mixed=True,
)

# By the name that study.yml, tables and value keys use.
CHECKLISTS = {"coreq": _COREQ, "srqr": _SRQR, "gramms": _GRAMMS}
