-- PDF: Thai words that stay whole at the end of a line. words.json beside the article holds the runs of Thai letters that
-- have such words, cut into pieces: the second, the fourth ... are kept whole (see
-- workflow/thongthin/present/render/thai_words.py). A box of Typst leaves no trace in text that is copied.

local M = {}

local function read_runs()
  local file = io.open("words.json", "rb")
  if not file then
    return {}
  end
  local text = file:read("a")
  file:close()
  return pandoc.json.decode(text, false)
end

local runs

-- The pieces of a run, or nothing.
function M.pieces(run)
  runs = runs or read_runs()
  return runs[run]
end

-- A run of Thai letters, as bytes of UTF-8.
M.RUN = "\xE0[\xB8\xB9][\x80-\xBF][\xE0\xB8\xB9\x80-\xBF]*"
local OPEN, CLOSE = "#box[", "];"

-- What a piece of raw Typst shows, if it is a word kept whole; else nothing.
function M.word(raw)
  return raw:match("^#box%[(.*)%];$")
end

local function add(list, text, kept)
  if text ~= "" then
    list:insert(kept and pandoc.RawInline("typst", OPEN .. text .. CLOSE) or pandoc.Str(text))
  end
end

-- The inlines that a word is printed as; `fits` tells of a word whether there is room for it.
local function kept_whole(text, fits)
  local found
  local start = 1
  for from, run in text:gmatch("()(" .. M.RUN .. ")") do
    local pieces = M.pieces(run)
    if pieces then
      found = found or pandoc.Inlines({})
      add(found, text:sub(start, from - 1))
      local loose = ""
      for place, piece in ipairs(pieces) do
        if place % 2 == 0 and fits(piece) then
          add(found, loose)
          add(found, piece, true)
          loose = ""
        else
          loose = loose .. piece
        end
      end
      add(found, loose)
      start = from + #run
    end
  end
  if found then
    add(found, text:sub(start))
  end
  return found
end

local function always()
  return true
end

local function repeats(inline)
  local first = inline and inline.t == "Str" and inline.text:sub(1, 3)
  return first == "ๆ" or first == "ฯ"
end

-- ๆ and ฯ never begin a line.
function M.join_repetitions(inlines)
  local changed = false
  for place = #inlines - 1, 2, -1 do
    if inlines[place].t == "Space" and repeats(inlines[place + 1]) then
      inlines[place] = pandoc.Str("\u{a0}")
      changed = true
    end
  end
  return changed and inlines or nil
end

-- A space alone between two things that are no plain text is lost where text is copied out of a PDF.
function M.with_spaces(inlines)
  local changed
  for at = #inlines, 2, -1 do
    local lead = inlines[at]
    if lead.t == "Link" and lead.target:match("#/claim/") and inlines[at - 1].t == "Space" then
      lead.content:insert(1, inlines:remove(at - 1))
      inlines[at - 1], changed = lead, true
    end
  end
  return changed and inlines or nil
end

-- A filter that keeps words whole, and signs of repetition with their words.
function M.filter(fits)
  return {
    traverse = "topdown",
    Inlines = function(inlines)
      local changed = M.join_repetitions(inlines)
      return M.with_spaces(inlines) or changed
    end,
    Str = function(str)
      if str.text:find("\xE0", 1, true) then
        return kept_whole(str.text, fits or always)
      end
    end,
  }
end

return M
