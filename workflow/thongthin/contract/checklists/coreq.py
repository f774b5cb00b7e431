"""COREQ: interviews and focus groups (Tong, Sainsbury and Craig 2007)."""

from __future__ import annotations

from thongthin.contract.checklists.items import Checklist, Item, Section

COREQ = Checklist(
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
