"""What `paper.py --help` prints: each command with its options, in both languages."""

HELP = """\
From the raw data of a study to its article in Thai and English.
จากข้อมูลดิบของการศึกษาสู่บทความภาษาไทยและภาษาอังกฤษ

python3 paper.py COMMAND    (Windows: python paper.py COMMAND)

  build [STUDY ...] [--cores N] [--dry-run] [--explain] [--draft] [--fresh] [--blind] [--cold] [--profile NAME]
           build all studies of config/config.yml, or those named: tables, figures, notebooks, articles;
           with at most N cores; or only tell what would be built; --explain says of each step why it runs;
           --draft makes the documents though sentences of theirs do not hold, marks these, and makes no manifest;
           --fresh computes everything anew, and --cold starts Python anew for each step: both take longer and
           give the same; --blind adds copies for reviewers, without names (article.blind.en.pdf);
           --profile slurm sends each study to a cluster (docs/clusters.md)
           สร้างผลลัพธ์ทุกการศึกษา หรือเฉพาะที่ระบุชื่อ: ตาราง ภาพ สมุดบันทึก และบทความ
           ใช้ไม่เกิน N คอร์ หรือเพียงบอกว่าจะสร้างอะไรบ้าง ส่วน --explain บอกเหตุผลที่แต่ละขั้นตอนต้องทำ
           --draft สร้างเอกสารแม้มีประโยคที่ไม่เป็นจริง โดยทำเครื่องหมายไว้และไม่ออก manifest.csv
           --fresh คำนวณใหม่ทั้งหมด และ --cold เริ่ม Python ใหม่ทุกขั้นตอน ซึ่งทั้งสองช้ากว่าแต่ได้ผลเหมือนกัน
           --blind เพิ่มฉบับสำหรับผู้ประเมินซึ่งไม่มีชื่อผู้เขียน (article.blind.th.pdf)
           ส่วน --profile slurm ส่งแต่ละการศึกษาไปทำบนคลัสเตอร์ (docs/th/clusters.md)
  check [STUDY ...]
           check all inputs and list every problem; nothing is built
           ตรวจข้อมูลเข้าทั้งหมดและแจ้งทุกปัญหา โดยไม่สร้างสิ่งใด
  preview [STUDY] [--language th|en] [--pdf] [--port PORT] [--no-open]
           open the article in the browser of this computer, and show it anew whenever its prose or its data are saved,
           with what the check says; in one of the languages, or as the PDF; Ctrl-C ends it; --no-open only gives the
           address, on a PORT of your choice
           เปิดบทความในเบราว์เซอร์ของเครื่องนี้ และแสดงใหม่ทุกครั้งที่บันทึกข้อความหรือข้อมูล พร้อมปัญหาที่ตรวจพบ
           เลือกภาษาหรือแสดงเป็น PDF ได้ กด Ctrl-C เพื่อปิด ส่วน --no-open บอกเพียงลิงก์ และ --port เลือกพอร์ตเอง
  new-study NAME [--survey | --interviews | --mixed]
           make the folders of a new study to fill in, data/raw/NAME and report/NAME, and list it in config.yml;
           of a survey alone, of interviews alone, or of both (which is what it makes if you say nothing)
           สร้างโฟลเดอร์ของการศึกษาใหม่ให้เติม คือ data/raw/NAME และ report/NAME แล้วเพิ่มชื่อใน config.yml
           เฉพาะแบบสอบถาม (--survey) เฉพาะการสัมภาษณ์ (--interviews) หรือทั้งสองอย่าง (--mixed หรือไม่ระบุ)
  describe-coding [FILE ...] [--study STUDY] [--drafts [FOLDER]]
           tell what files (or a folder) of coding hold, and how they fit a study; write first drafts of its files;
           without a file: those in coding/ of STUDY; without FOLDER: drafts go to the folder of STUDY
           บอกว่าไฟล์ (หรือโฟลเดอร์) ลงรหัสมีอะไรบ้าง เข้ากับการศึกษาอย่างไร และเขียนไฟล์ร่างของการศึกษา
           หากไม่ระบุไฟล์ จะใช้ไฟล์ใน coding/ ของ STUDY หากไม่ระบุ FOLDER จะเขียนร่างไว้ในโฟลเดอร์ของ STUDY
  describe-survey FILE ... [--waves] [--form FORM] [--sheet SHEET] [--drafts FOLDER]
           tell what a survey file holds (FORM: its XLSForm or .lss); write first drafts of items.csv and of study.yml;
           several files are parts of one survey, or with --waves two: of the same people, before and after
           บอกว่าไฟล์แบบสอบถามมีอะไรบ้าง (FORM: XLSForm หรือ .lss ของไฟล์) และเขียนร่าง items.csv กับส่วนของ study.yml
           หลายไฟล์คือส่วนต่าง ๆ ของแบบสอบถามเดียวกัน หากระบุ --waves คือสองไฟล์ของผู้ตอบกลุ่มเดิม ก่อนและหลัง
  import-references FILE ... [STUDY] [--write] [--pair TH=EN]
           make entries of references.yml of what Zotero, Mendeley or EndNote export (.bib, .ris, .xml, .json);
           --write adds them to that of STUDY; --pair says that a Thai and an English entry are one work
           แปลงไฟล์ที่ส่งออกจาก Zotero, Mendeley หรือ EndNote เป็นรายการของ references.yml
           --write เพิ่มรายการในไฟล์ของ STUDY ส่วน --pair บอกว่ารายการไทยและอังกฤษคู่ใดเป็นงานเดียวกัน
  explain WORDS [--study STUDY] [--all] [--json]
           tell where something in the documents comes from: the key of a number, a number as printed ("1.96"), a quote,
           table or figure by its name, or a page (article.en.pdf:7); down to the rows and passages that count
           บอกที่มาของสิ่งที่อยู่ในเอกสาร: คีย์ของค่า ตัวเลขตามที่พิมพ์ ("1.96") ชื่อของคำพูด ตาราง หรือภาพ
           หรือหน้าของเอกสาร (article.en.pdf:7) จนถึงแถวข้อมูลและข้อความที่นับ
  verify [STUDY | FOLDER | FILE.zip] [--rebuild] [--json]
           whether results, or a package, are what their manifest says, and what they were made with; --rebuild makes
           the study again apart, every step computed, compares every file, and writes a report for a checker to sign
           ตรวจว่าผลลัพธ์หรือแพ็กเกจตรงตามรายการไฟล์หรือไม่ และสร้างด้วยอะไร ส่วน --rebuild สร้างการศึกษาใหม่แยกต่างหาก
           คำนวณทุกขั้นตอน เทียบทุกไฟล์ และเขียนรายงานให้ผู้ตรวจลงนาม
  diff A [B] [--study STUDY] [--html FOLDER] [--json]
           which numbers, tables, quotes and sentences differ between two builds, and why: which answer, coding,
           setting or line of code; A and B are folders, packages, or revisions in Git, which are built apart; without
           B: this folder; --html writes the article with the changed numbers marked
           ตัวเลข ตาราง คำพูด และข้อความใดต่างกันระหว่างการสร้างสองครั้ง และเพราะคำตอบ รหัส การตั้งค่า หรือโค้ดบรรทัดใด
           A และ B คือโฟลเดอร์ แพ็กเกจ หรือรุ่นใน Git ซึ่งจะสร้างแยกต่างหาก หากไม่ระบุ B คือโฟลเดอร์นี้
           ส่วน --html เขียนบทความที่ทำเครื่องหมายตัวเลขที่เปลี่ยนไป
  impact FILE[:ROW] [--study STUDY] [--json]
  impact --if CHANGE [--if CHANGE ...] [--study STUDY] [--json]
           what of the documents a file, or one row of it, has a part in; or what a change would alter, tried in a copy:
           --if "set responses.xlsx row 17 q3 = 5", --if "drop P07", --if "analysis.themes.coders = all"
           สิ่งใดในเอกสารที่ไฟล์หรือแถวหนึ่งมีส่วนอยู่ หรือการเปลี่ยนแปลงหนึ่งจะเปลี่ยนอะไร โดยลองในสำเนา
           --if "set responses.xlsx row 17 q3 = 5", --if "drop P07", --if "analysis.themes.coders = all"
  package [STUDY] [--open] [--to FILE]
           one zip for reviewers: what may be published, with the code, README, RO-Crate and codecheck.yml; --open: with
           all data, so that it can be built again (of field data it is confidential, and the study's name is asked for)
           ไฟล์ zip เดียวสำหรับผู้ประเมิน: สิ่งที่เผยแพร่ได้ พร้อมโค้ด README, RO-Crate และ codecheck.yml
           ส่วน --open มีข้อมูลทั้งหมดเพื่อสร้างใหม่ได้ (ข้อมูลภาคสนามเป็นความลับ จึงถามชื่อการศึกษาอีกครั้ง)
  pseudonymise STUDY [--key FOLDER]
           make a copy of a study in which what privacy.yml decides to replace is replaced everywhere, with the coding;
           the key (who is who) goes to FOLDER, outside the project; by default to one beside it
           ทำสำเนาของการศึกษาที่แทนที่ข้อความตามที่ privacy.yml ระบุทุกแห่ง รวมถึงการลงรหัส
           กุญแจ (ใครคือใคร) เก็บไว้ใน FOLDER นอกโครงการ หากไม่ระบุ จะเก็บในโฟลเดอร์ข้างโครงการ
  withdraw STUDY PARTICIPANT ...
           leave participants who withdrew out of everything: written into study.yml, and what was made with them taken
           away, kept answers as well; the files of data/raw that hold them are listed for you to remove
           ตัดผู้ถอนตัวออกจากทุกอย่าง: บันทึกใน study.yml และลบสิ่งที่สร้างจากข้อมูลของผู้นั้น รวมถึงคำตอบที่เก็บไว้
           แล้วแสดงรายการไฟล์ใน data/raw ที่มีข้อมูลของผู้นั้นให้ลบเอง
  publish STUDY
           make results/STUDY/public/ of what may be published: counts of few left out, quotes signed so that many share
           the signature, with a privacy report; nothing, as long as anything is undecided, and why
           สร้าง results/STUDY/public/ จากสิ่งที่เผยแพร่ได้: ไม่แสดงค่าที่นับคนน้อย ที่มาของคำพูดมีคนร่วมกันหลายคน
           พร้อมรายงานการคุ้มครองข้อมูล หากยังมีสิ่งที่ไม่ได้ตัดสินใจ จะไม่สร้างและบอกเหตุผล
  check-references FILE ...
           read a printed list of references (.md, .txt, .docx) and name what an editor would
           ตรวจรายการเอกสารอ้างอิงที่พิมพ์ไว้ (.md, .txt, .docx) และบอกสิ่งที่บรรณาธิการจะทัก
  test [--all] [words for pytest ...]
  test --changed [REVISION]
  test --cluster
           run the test suite, with --all those tests that build many whole studies, too;
           or only check what changed in Git: linters, types, the unit tests that it concerns;
           or only try profiles/slurm, on two nodes of this computer, where SLURM is installed
           รันชุดทดสอบ (--all รวมการทดสอบที่สร้างหลายการศึกษาทั้งชุด)
           หรือตรวจเฉพาะสิ่งที่เปลี่ยนไปใน Git: รูปแบบโค้ด ชนิดข้อมูล และการทดสอบที่เกี่ยวข้อง
           หรือทดลองเฉพาะ profiles/slurm บนเครื่องนี้ซึ่งจำลองเป็นสองโหนด หากติดตั้ง SLURM ไว้
  clean [STUDY ...]
           remove what was generated (results, data/processed, logs), never data/raw
           ลบสิ่งที่สร้างขึ้น (results, data/processed, logs) โดยไม่แตะ data/raw
  setup [--quarto]
           make the environment, which the other commands do by themselves; add Quarto to it
           เตรียมสภาพแวดล้อม (คำสั่งอื่นทำให้เองอยู่แล้ว) และติดตั้ง Quarto เพิ่ม
  --quiet-data, with any command
           messages say where something is wrong and quote nothing of the data: for screens that others see
           ข้อความบอกตำแหน่งที่มีปัญหาโดยไม่แสดงเนื้อหาของข้อมูล ใช้เมื่อผู้อื่นเห็นหน้าจอ
  --help   this list / รายการนี้
"""
