"""SRQR: qualitative research (O'Brien, Harris, Beckman, Reed and Cook 2014)."""

from __future__ import annotations

from thongthin.contract.checklists.items import Checklist, Item, Section

SRQR = Checklist(
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
