"""What LimeSurvey adds to the questions of a survey: the codes of these columns, and how they are spelled.

The words are those of LimeSurvey's own translations (6.4), in which an export has them
beside questions as headers.
"""

from __future__ import annotations

from collections.abc import Mapping

_CODES = (
    *("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl"),
    "interviewtime",
)
# English, Thai, German, French, Spanish, Indonesian, Vietnamese; in the order of the codes.
_WORDS = (
    "Response ID | Date submitted | Last page | Start language | Seed | Access code | "
    "Date started | Date last action | IP address | Referrer URL | Total time",
    "ID การตอบแบบสอบถาม | วันที่ส่ง | หน้าสุดท้าย | ภาษาเริ่มต้น | เมล็ดพันธุ์ | รหัสการเข้าใช้งาน | "
    "วันเริ่มต้น | วันสุดท้ายที่มีการกระทำ | ที่อยู่ IP | URL อ้างอิง | เวลารวมทั้งหมด",
    "Antwort ID | Datum Abgeschickt | Letzte Seite | Start-Sprache | Zufallsstartwert | Zugangscode | "
    "Datum gestartet | Datum letzte Aktivität | IP-Adresse | Weiterleitungs-URL | Gesamtzeit",
    "ID de la réponse | Date de soumission | Dernière page | Langue de départ | Tête de série | Code d'accès | "
    "Date de lancement | Date de la dernière action | Adresse IP | URL référente | Temps total :",
    "ID de respuesta | Fecha de envío | Última página | Lenguaje inicial | Semilla | Código de acceso | "
    "Fecha de inicio | Fecha de la última acción | Dirección IP | URL de referencia | Tiempo total",
    "ID tanggapan | Tanggal pengiriman | Halaman terakhir | Bahasa utama | Biji | Kode akses | "
    "Tanggal mulai | Tanggal tindakan terakhir | Alamat IP | URL perujuk | Waktu total",
    "ID trả lời | Ngày gửi | Trang cuối cùng | Ngôn ngữ bắt đầu | Seed | Mã truy cập | "
    "Ngày bắt đầu | Ngày hành động cuối cùng | Địa chỉ IP | URL tham khảo | Tổng thời gian",
)
# Answers that LimeSurvey itself names, in the same languages.
_ANSWERS = (
    "Yes | No | Uncertain | Female | Male | Increase | Same | Decrease | Other",
    "ใช่ | ไม่ | ไม่แน่ใจ | เพศหญิง | เพศชาย | เพิ่มขึ้น | เท่าเดิม | ลดลง | อื่นๆ",
    "Ja | Nein | Unsicher | weiblich | männlich | Zunahme | Unverändert | Abnahme | Sonstiges",
    "Oui | Non | Incertain | Féminin | Masculin | Augmenter | Sans changement | Diminuer | Autre",
    "Sí | No | Dudoso | Femenino | Masculino | Aumento | Mismo | Disminución | Otro",
    "Ya | Tidak | Ragu | Perempuan | Laki-laki | Meningkat | Sama | Menurun | Lainnya",
    "Có | Không | Không chắc | Nữ | Nam | Tăng | Không đổi | Giảm | Khác",
)
METADATA = frozenset(_CODES)
# Code of each way to spell it, without case.
SPELLED = {
    word.strip().casefold(): code for words in _WORDS for code, word in zip(_CODES, words.split(" | "), strict=True)
}


def own_words(english: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Answers that LimeSurvey names, as its translations have them: for each language the codes and their words.

    Args:
        english: code -> label.
    """
    names = _ANSWERS[0].split(" | ")
    return {
        f"own words {place}": {code: words[names.index(label)] for code, label in english.items() if label in names}
        for place, words in enumerate(line.split(" | ") for line in _ANSWERS)
    }
