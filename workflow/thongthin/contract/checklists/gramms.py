"""GRAMMS: mixed-methods studies (O'Cathain, Murphy and Nicholl 2008)."""

from __future__ import annotations

from thongthin.contract.checklists.items import Checklist, Item, Section

GRAMMS = Checklist(
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
