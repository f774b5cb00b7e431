"""Words by which names, places and organisations are known: titles, kin terms, nicknames, words that are no name.

Written for this project from general knowledge of the language. Given and family names come with PyThaiNLP, offline.
"""

from __future__ import annotations

import bisect
import functools


def as_set(text: str) -> frozenset[str]:
    """The words of a text that white space parts."""
    return frozenset(text.split())


# A word behind one of these is a name.
TITLES = as_set(
    "นาย นาง นางสาว น.ส. นส. ด.ช. ด.ญ. เด็กชาย เด็กหญิง ดร. ผศ. รศ. ศ. ผศ.ดร. รศ.ดร."
    " ศ.ดร. ผศ.นพ. รศ.นพ. นพ. พญ. ทพ. ทพญ. ภก. ภญ. สพ.ญ. น.สพ. อ. พล.อ. พล.ท. พล.ต."
    " พล.ต.อ. พล.ต.ท. พล.ต.ต. พ.อ. พ.ท. พ.ต. ร.อ. ร.ท. ร.ต. จ.ส.อ. จ.ส.ท. จ.ส.ต. ส.อ."
    " ส.ท. ส.ต. พลฯ พ.ต.อ. พ.ต.ท. พ.ต.ต. ร.ต.อ. ร.ต.ท. ร.ต.ต. ด.ต. จ.ส.ต. ส.ต.อ."
    " ส.ต.ท. ส.ต.ต. น.อ. น.ท. น.ต. พ.จ.อ. พ.อ.อ. พ.อ.ท. ว่าที่ร้อยตรี ว่าที่ร.ต."
    " ว่าที่ร้อยโท ว่าที่ร้อยเอก พันตำรวจเอก พันตำรวจโท พันตำรวจตรี ร้อยตำรวจเอก"
    " ร้อยตำรวจโท ร้อยตำรวจตรี ดาบตำรวจ จ่าสิบเอก สิบเอก สิบตำรวจเอก พันเอก พันโท"
    " พันตรี ร้อยเอก ร้อยโท ร้อยตรี พลเอก พลโท พลตรี พลตำรวจเอก พลตำรวจโท พลตำรวจตรี"
    " ม.ร.ว. ม.ล. หม่อมหลวง หม่อมราชวงศ์ พระครู พระมหา พระอาจารย์ หลวงพ่อ หลวงปู่"
    " หลวงตา เด็กชาย คุณหญิง ท่านผู้หญิง นายแพทย์ แพทย์หญิง ศาสตราจารย์ รองศาสตราจารย์"
    " ผู้ช่วยศาสตราจารย์ ดอกเตอร์ ด็อกเตอร์"
)
# A word behind one of these is a name only where nothing else can be meant.
CALLED = as_set(
    "คุณ อาจารย์ อจ. จารย์ หมอ คุณหมอ ครู คุณครู ผอ. ผอ ผู้อำนวยการ ปลัด ท่านปลัด"
    " รองปลัด นายก นายกฯ ท่านนายก ท่านนายกฯ รองนายก รองนายกฯ กำนัน ผู้ใหญ่บ้าน ผู้ใหญ่"
    " ผู้ใหญ่ฯ ส.อบต. สท. ส.ท. ส.จ. สจ. ส.ส. สส. จ่า หมวด ผู้กอง สารวัตร ผู้การ ผู้พัน"
    " เจ๊ เจ้ เฮีย เสี่ย ซ้อ ท่านรอง หัวหน้า ช่าง เลขาฯ เลขา คุณพี่ คุณน้อง คุณลุง"
    " คุณป้า คุณน้า คุณอา คุณตา คุณยาย คุณแม่ คุณพ่อ เจ้าอาวาส"
)
KIN = as_set("พี่ น้อง ลุง ป้า น้า อา ตา ยาย ปู่ ย่า แม่ พ่อ อ้าย เอื้อย ไอ้ อี นัง บัก อีหล้า พ่อใหญ่ แม่ใหญ่ เจ๊ เจ้ เฮีย")

# Of these, those that are part of few other words: eyes (ตา) and rivers (แม่) are no kin.
KIN_OF_PEOPLE = as_set("พี่ น้อง ลุง ป้า น้า ยาย ปู่ อ้าย เอื้อย เจ๊ เฮีย")
# Rare words that are no names behind a kin term: trades, sections of an office, what is done at a computer, states.
NO_SHORT_NAME = as_set(
    "วิศวกร ธุรการ นิติกร พัสดุ พยาบาล เภสัช ภารโรง ยาม รปภ ไรเดอร์ วิน ครูพี่"
    " ปรินต์ ปริ้นต์ ปริ้น พรินต์ สแกน แสกน คลิก เซฟ แชต แชท ไลก์ โหลด อัปเดต ล็อกอิน เมล คีย์ ก๊อป ก๊อบ เช็ก เช็ค"
    " เคลียร์ โอเค เก้อ เหวอ เขิน จุก เอ๋อ มึน ซึม เคือง ขำ ทวด เขย สะใภ้ คนโต คนเล็ก"
)
# What stands behind who does or says something.
SAYS = as_set("แก เขา เค้า บอก เล่า สอน พูด ว่า")

NICKNAMES = as_set(
    "กบ กวาง กาญ กิ๊ก กิ๊ฟ กี้ กุ้ง กุ๊ก กุ๊กไก่ เก่ง เก๋ แก้ม แก้ว โก้ ไก่ ก้อย ก้อง"
    " กล้วย กล้า กอล์ฟ ขวด ขวัญ ข้าว เข้ม ไข่ ไข่มุก ครีม คิม เค แคท งาม จอย จิ๊บ จิ๋ว"
    " จุ๊บ จุ๋ม แจน แจ๋ว แจ็ค แจง โจ โจ้ เจ เจี๊ยบ เจน จ๋า จ๋อย ชมพู่ ชาย เชอรี่ แชมป์"
    " ซัน ซี เซียน ณัฐ ดา ดาว ดำ ดอน เดียร์ เดือน แดง โด่ง ตอง ต่อ ต้อม ต่าย ตาล ติ๊ก"
    " ติ๋ม ติ๋ว ตี๋ ตุ่น ตุ้ม ตุ๊ก ตุ๊กตา ตูน เต๋า เต้ย เตย เต้ แตง แต แต้ว โต โต้ง"
    " ตั้ม ตั๊ก ต้น ต้า ทราย ทิพย์ เทพ ธัญ นก น้อย นา น้ำ น้ำตาล น้ำหวาน นิด นิ่ม นุ่น"
    " นุ้ย นุช เน็ต เนย แนน โน้ต หนุ่ม หนุ่ย หน่อย หนึ่ง หญิง หมู หมิว หมี หมวย หมอก"
    " หมาย แหม่ม แหวน บอย บอม บัว บาส บิ๊ก บี บุ๋ม บูม เบล เบนซ์ เบส เบียร์ แบงค์"
    " แบงก์ โบ โบว์ ใบ ใบตอง ใบเฟิร์น ปลา ปอ ปอนด์ ปอย ปาน ปิง ปุ๊ก ปุ้ย ปุ๋ย ปู ปู่"
    " เป้ เป๊ก เป็ด เปรม เปรี้ยว เปิ้ล เปีย แป้ง แป๊ะ โป้ง ผึ้ง ฝน ฝ้าย พงษ์ พร พลอย"
    " พัช พิม เพชร เพลง แพร แพท แพง ฟลุ๊ค ฟ้า ฟาง ฟิล์ม เฟิร์น เฟรนด์ แฟง มด มล มะปราง"
    " มะลิ มายด์ มิ้น มิ้นต์ มิว มุก เม เมย์ แม็ก แมน แมว โม โมทย์ ม่อน ยุ้ย ยุ แยม"
    " รุ่ง เรย์ ฤทธิ์ ลิน ลี ลูกตาล ลูกปลา เล็ก เล้ง วิน วิว แววตา ศักดิ์ ส้ม ส้มโอ สา"
    " สาว สิงห์ สุ เสือ แสง โส ใส หนิง หลิน หวาน เหน่ง เหมียว เหมี่ยว แหลม ใหญ่ อ้วน"
    " อ้น อ้อ อ้อม อ้อย อ๊อด อ๊อฟ อาม อาร์ต อาท อาย อิง อิ๋ว อุ้ม อุ๋ย เอ เอ๋ เอก"
    " เอิร์ธ แอน แอ๊ด แอ๋ว แอ๋ม โอ โอ๊ต โอ๋ โอม ไอซ์ ฮวง เฮง คำ บุญ ทอง จันทร์ ศรี สี"
    " มี สม สาย แก้ว พิณ เขียว ขาว"
)
# Words that no name begins with where a title could be something else, and at which a name ends.
FUNCTION = as_set(
    "กว่า กัน กับ การ ก็ ของ ขอ ขึ้น คง ครับ คะ ค่ะ ค่า ฮะ จ้ะ จ้า จ๊ะ คือ ความ ค่อย"
    " คน เคย จะ จาก จน จึง จริง จัง ชอบ ช่วย เช่น ซึ่ง ดี ดู ด้วย เดียว โดย ได้ แต่"
    " ตอน ต้อง ตั้ง ตั้งแต่ ตาม ต่าง ต่อ ตัว ถ้า ถึง ถูก ทำ ทาง ทั้ง ทุก ที่ ท่าน เท่า"
    " แทน ใน ใหม่ ใหญ่ น่า นะ นั่น นั้น นี้ นี่ นำ เนี่ย แน่ โน่น บอก บาง เป็น ไป"
    " เปล่า ผม ผู้ พอ พวก เพราะ เพื่อ เพิ่ง มัก มัน มา มาก มี เมื่อ แม้ ไม่ ยัง ยิ่ง"
    " อยู่ อย่าง อยาก อย่า ย่อม รู้ เรา เรียก แล้ว และ ละ ล่ะ เลย ลง ว่า ไว้ วัน ไหม"
    " มั้ย ไหน สำหรับ ส่วน เสร็จ เสีย หนึ่ง หนู หรือ หรอก หาก ให้ อะไร อัน เอง เอา อีก"
    " ออก ออกมา ไง เขา เธอ แก ฉัน ใคร นัก งาน เก่า เก่ง สอน เซ็น ประชุม ร้องเรียน ถาม"
    " ตอบ พูด คุย เล่า สั่ง ส่ง โทร ใช้ กลับ เข้า ค้าน ด่า อยู ลูกน้อง คนเดียว บ้าง"
    " เพียง รอ ลอง หลาย เวลา แบบ ปี เดือน คราว กำลัง สามารถ เพิ่น บ่ เด้อ ดอก เฮา ลาว"
    " จั่ง ใผ หยัง แม่น อีหลี ไม่มี ไม่ได้ ไม่ใช่ ไม่ต้อง ต้องไป พวกเรา ครั้ง ทันที"
    " พวกนี้ เหล่านี้ บางคน ทุกคน หลายคน มาก่อน รวม รวมถึง รวมทั้ง กล่าว ระบุ เปิดเผย"
    " พร้อม พร้อมด้วย ร่วม ตลอด เนื่องจาก ภายใน ภายใต้ ระหว่าง ทั้งนี้ โดยเฉพาะ"
    " เป็นประธาน ประธาน มอบหมาย ลงพื้นที่ ขณะ"
)
# What may stand behind a nickname.
FOLLOWING = FUNCTION | as_set("เป็นคน เก่งคอม สอน มาดู กด พา ขาย บ่น โทร ด่า ทัก ยืน นั่ง เดิน หา สร้าง เขียน")
# Words of offices, things and trades behind which no name stands.
HOLDERS = as_set(
    "ทรงคุณวุฒิ คณะผู้แทน พิเศษ ยนต์ ไฟ ไม้ ปูน เทคนิค เชื่อม แอร์ ซ่อม ภาพ โยธา"
    " ไฟฟ้า คอม ค้า ครัว บ้านเมือง กระทรวง ประชาชน จังหวัด ตำบล อำเภอ เทศบาล กรม กอง"
    " สำนัก ฝ่าย ศูนย์ โรงเรียน หมู่บ้าน ชุมชน โครงการ ระบบ ประเทศ คณะ สภา ที่ดิน"
    " ที่ปรึกษา ทั่วไป ประจำ"
)


@functools.cache
def given_names() -> frozenset[str]:
    """Thai given names of PyThaiNLP's lists."""
    from pythainlp.corpus.common import thai_female_names, thai_male_names

    return frozenset(name for name in thai_female_names() | thai_male_names() if len(name) > 2)


@functools.cache
def family_names() -> frozenset[str]:
    """Thai family names of PyThaiNLP's list."""
    from pythainlp.corpus.common import thai_family_names

    return frozenset(name for name in thai_family_names() if len(name) > 2)


@functools.cache
def dictionary() -> frozenset[str]:
    """Thai words of PyThaiNLP's dictionary."""
    from pythainlp.corpus.common import thai_words

    return frozenset(thai_words())


@functools.cache
def _sorted_names() -> tuple[list[str], list[str]]:
    every = given_names() | family_names()
    return sorted(every), sorted(name[::-1] for name in every)


def _begin_with(names: list[str], piece: str) -> int:
    return bisect.bisect_left(names, piece + "\U0010ffff") - bisect.bisect_left(names, piece)


@functools.cache
def begins_names(piece: str) -> int:
    """How many names of the lists begin with a piece."""
    return _begin_with(_sorted_names()[0], piece)


@functools.cache
def ends_names(piece: str) -> int:
    """How many names of the lists end with a piece."""
    return _begin_with(_sorted_names()[1], piece[::-1])


@functools.cache
def frequency() -> dict[str, int]:
    """How often a word stands in the Thai National Corpus (33 million words), as PyThaiNLP has it."""
    from pythainlp.corpus import tnc

    return dict(tnc.word_freqs())
