-- How Thai is set, in every format: ๆ and ฯ never begin a line, and no space stands before the label of a table, figure or
-- section that belongs to the word before it ("และตารางที่ 2"). In the PDF, words stay whole (see whole_words.lua); those
-- of tables, which need to know the width of their column, are seen to in article.lua.

local words = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "whole_words.lua" }))

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

local function spaces(inlines)
  local changed
  for place = #inlines - 1, 2, -1 do
    local before, after = inlines[place - 1], inlines[place + 1]
    if inlines[place].t == "Space" and after then
      if after.t == "Str" and (after.text:sub(1, 3) == "ๆ" or after.text:sub(1, 3) == "ฯ") then
        inlines[place] = pandoc.Str("\u{a0}")
        changed = true
      elseif before.t == "Str" and is_label(after) and joins(before.text) then
        inlines:remove(place)
        changed = true
      end
    end
  end
  return changed and inlines or nil
end

function Pandoc(doc)
  local filter = { traverse = "topdown", Inlines = spaces }
  doc.blocks = doc.blocks:walk(filter)
  if FORMAT:match("typst") then
    local kept = words.filter()
    kept.traverse = "topdown"
    kept.Table = function(table)
      return table, false
    end
    doc.blocks = doc.blocks:walk(kept)
    for _, name in ipairs({ "title", "subtitle" }) do
      doc.meta[name] = doc.meta[name] and doc.meta[name]:walk(kept)
    end
  end
  return doc
end
