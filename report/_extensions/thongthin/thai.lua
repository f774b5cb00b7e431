-- How Thai is set, in every format: ๆ and ฯ never begin a line, and no space stands before the label of a table, figure or
-- section that belongs to the word before it ("และตารางที่ 2"). In the PDF, words stay whole (see whole_words.lua); those
-- of tables, which need to know the width of their column, are seen to in article.lua.

local words = dofile("_extensions/thongthin/whole_words.lua")

local LABELLED = { fig = true, tbl = true, sec = true }
-- Words that nobody pauses after.
local JOINING = { "และ", "หรือ", "ใน", "จาก", "ตาม", "ดัง", "กับ", "ของ", "ถึง", "ดู", "โดย", "คือ" }

local function is_label(element)
  return element.t == "Cite" and LABELLED[element.citations[1].id:match("^(%a+)%-")]
    and element.citations[1].mode ~= "SuppressAuthor"
end

local function joins(text)
  for _, word in ipairs(JOINING) do
    if text:sub(-#word) == word then
      return true
    end
  end
end

local function join_labels(inlines)
  local changed = false
  for place = #inlines - 1, 2, -1 do
    local before, after = inlines[place - 1], inlines[place + 1]
    if inlines[place].t == "Space" and before.t == "Str" and is_label(after) and joins(before.text) then
      inlines:remove(place)
      changed = true
    end
  end
  return changed
end

-- The last two words of a paragraph stay together in the PDF: no word stands alone in the last line.
local MOST_LETTERS = 24

-- What an inline shows, and how Typst writes it; nothing where that is more than plain text.
local function as_typst(inline)
  if inline.t == "RawInline" then
    local word = words.word(inline.text)
    return word, word
  end
  if inline.t == "Link" and inline.target:match("#/claim/") then -- the last words of a sentence that is bound to a claim
    local shown = ""
    for _, own in ipairs(inline.content) do
      local part = as_typst(own)
      if not part then
        return nil
      end
      shown = shown .. part
    end
    return shown, '#link("' .. inline.target .. '")[' .. shown .. "];"
  end
  local plain = inline.t == "Str" and not inline.text:find("[^%w%.,:;%(%)\x80-\xFF]")
  local text = plain and inline.text or inline.t == "Space" and " " or nil
  return text, text
end

local function end_together(paragraph)
  local inlines = paragraph.content
  local from, text, shown, count = #inlines + 1, "", "", 0
  while from > 1 and count < 2 do
    local before, written = as_typst(inlines[from - 1])
    if not before or utf8.len(before .. shown) > MOST_LETTERS then
      break
    end
    from, text, shown = from - 1, written .. text, before .. shown
    local _, number = before:gsub("[^ ]+", "")
    count = count + (before:find("[^ %.,:;%(%)]") and math.max(1, number) or 0)
  end
  if count == 2 and from > 1 then
    for _ = from, #inlines do
      inlines:remove()
    end
    text = text:gsub("^ +", "")
    -- "2019. Then" would begin a list.
    inlines:insert(pandoc.RawInline("typst", "#box[" .. (text:find("^%d+%.") and "#none;" or "") .. text .. "];"))
    return paragraph
  end
end

-- In the PDF, a short bracket with a statistic in it stays in one line: "(b = 0.30, p < .001)".
local MOST_IN_BRACKETS = 30

local function statistics_together(inlines)
  local changed
  for from = #inlines, 1, -1 do
    if inlines[from].t == "Str" and inlines[from].text:match("^%([^%)]*$") then
      local text, to = "", from
      while to <= #inlines do
        local part = pandoc.utils.stringify(inlines[to])
        text = text .. part
        if part:find(")", 1, true) or utf8.len(text) > MOST_IN_BRACKETS then
          break
        end
        to = to + 1
      end
      if to <= #inlines and utf8.len(text) <= MOST_IN_BRACKETS and text:find("[=<>]") then
        inlines:insert(to + 1, pandoc.RawInline("typst", "];"))
        inlines:insert(from, pandoc.RawInline("typst", "#box["))
        changed = true
      end
    end
  end
  return changed and inlines or nil
end

-- What a list of inlines becomes; nothing where it stays as it is.
local function set_inlines(typst)
  return function(inlines)
    local changed = join_labels(inlines)
    changed = words.join_repetitions(inlines) or changed
    changed = typst and statistics_together(inlines) or changed
    changed = typst and words.with_spaces(inlines) or changed
    return changed and inlines or nil
  end
end

-- Word knows what is Thai by its letters, whose language the styles give (w:bidi). The language of an element is that of its
-- other letters: were it Thai, LibreOffice would break their words and numbers anywhere, as between Thai letters.
local function of_other_letters(element)
  if (element.attributes.lang or ""):sub(1, 2) == "th" then
    element.attributes.lang = nil
    return element
  end
end

function Pandoc(doc)
  if FORMAT == "docx" then
    doc.blocks = doc.blocks:walk({ Span = of_other_letters, Div = of_other_letters })
  end
  if not FORMAT:match("typst") then
    if pandoc.utils.stringify(doc.meta.lang or ""):sub(1, 2) == "th" then
      doc.blocks = doc.blocks:walk({ traverse = "topdown", Inlines = set_inlines(false) })
    end
    return doc
  end
  local filter = words.filter()
  filter.Inlines = set_inlines(true)
  filter.Table = function(table) -- was seen to
    return table, false
  end
  doc.blocks = doc.blocks:walk(filter):walk({ traverse = "topdown", Para = end_together, Table = filter.Table })
  for _, name in ipairs({ "title", "subtitle" }) do
    doc.meta[name] = doc.meta[name] and doc.meta[name]:walk(filter)
  end
  return doc
end
