-- Columns of a table as wide as what stands in them asks for, and the size of its type by the same: no word and no number
-- is broken where the page has room for it whole.

local words = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "whole_words.lua" }))

local M = {}

-- Sizes of type in points, and the width of the text; both are those of typst-template.typ. A cell has space on both sides.
M.SIZES = { normal = 10, small = 8.5 }
M.WIDTH = 453
M.SPACE = 8
-- Thai that is no known word is broken somewhere; so many letters are taken to stay together, in names of columns more.
local LOOSE = { head = 14, body = 8 }
-- A cell of numbers that is wider (in em) may be broken.
local LONG_NUMBER = 13

-- Widths of letters in em: those of Sarabun Bold, by kind.
local width_of = {}
local function set(width, letters)
  for _, code in utf8.codes(letters) do
    width_of[code] = width
  end
end
set(0.33, "ijlI.,:;|'!()[]")
set(0.44, "frts-/*")
set(0.24, " \u{a0}")
set(0.87, "mwMW%")
set(0.68, "ABCDEFGHKNOPQRSTUVXYZ+−=<>±≤≥")
set(0.42, "เโใไ")
set(0.88, "ณญฒฌ")
set(0, "ัิีึืฺุู็่้๊๋์ํ๎")

function M.width(text)
  local width = 0
  for _, code in utf8.codes(text) do
    width = width + (width_of[code] or (code >= 0xE00 and code < 0xE80 and 0.64) or 0.57)
  end
  return width
end

-- The widest part of a text that stays in one line, in em.
local function widest(text, loose)
  local most = 0
  for part in text:gsub("[-/]", "%0 "):gsub("\u{2003}", " "):gsub("–", "– "):gmatch("[^ \n]+") do
    local rest, thai = part, 0
    if part:find("\xE0", 1, true) then
      rest = part:gsub(words.RUN, function(run)
        for place, piece in ipairs(words.pieces(run) or { run }) do
          local width = M.width(piece)
          thai = math.max(thai, place % 2 == 0 and width or math.min(width, 0.64 * loose))
        end
        return " "
      end)
    end
    for other in rest:gmatch("[^ ]+") do
      thai = math.max(thai, M.width(other) + (rest ~= part and 0.5 or 0))
    end
    most = math.max(most, thai)
  end
  return most
end

-- What each column needs, and what it would take to set every cell in one line, a head in two (in em).
local function needs(table)
  local least, full = {}, {}
  local function look(row, head)
    local at = 1
    for _, cell in ipairs(row.cells) do
      if cell.col_span == 1 then
        local text = pandoc.utils.stringify(cell.contents)
        local all = M.width(text)
        local number = not head and table.colspecs[at][1] == pandoc.AlignRight and all <= LONG_NUMBER
        least[at] = math.max(least[at] or 0, number and all or widest(text, head and LOOSE.head or LOOSE.body))
        full[at] = math.max(full[at] or 0, head and 0.55 * all or all, least[at])
      end
      at = at + cell.col_span
    end
  end
  for _, row in ipairs(table.head.rows) do
    look(row, true)
  end
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      look(row)
    end
  end
  for at = 1, #table.colspecs do
    least[at], full[at] = least[at] or 1, full[at] or 1
  end
  return least, full
end

local function sum(list)
  local total = 0
  for _, number in ipairs(list) do
    total = total + number
  end
  return total
end

-- Hands `room` out by `wishes`, nobody getting more than is wished for; returns what is left.
local function hand_out(room, widths, wishes)
  local wished = sum(wishes)
  local share = wished > 0 and math.min(1, room / wished) or 0
  for at, wish in ipairs(wishes) do
    widths[at] = widths[at] + wish * share
  end
  return room - math.min(room, wished)
end

-- Sets the widths of the columns; returns the size of type.
function M.fit(table)
  local count = #table.colspecs
  local least, full = needs(table)
  local name, widths = "small", {}
  for _, size in ipairs({ "normal", "small" }) do
    for at = 1, count do
      widths[at] = least[at] * M.SIZES[size] + M.SPACE
    end
    name = size
    if sum(widths) <= M.WIDTH then
      break
    end
  end
  local room = M.WIDTH - sum(widths)
  if room < 0 then -- there is no room for all: each gives way by what it has above the mean of the others
    for at = 1, count do
      widths[at] = widths[at] * M.WIDTH / sum(widths)
    end
  else
    -- First what fills a line, a column of text no more than its own share; then the rest, by the shares that the table asks for.
    local wishes, given = {}, {}
    for at = 1, count do
      given[at] = (table.colspecs[at][2] or 1 / count) * M.WIDTH
      wishes[at] = math.max(0, math.min(full[at] * M.SIZES[name] + M.SPACE, math.max(given[at], widths[at])) - widths[at])
    end
    room = hand_out(room, widths, wishes)
    for at = 1, count do
      wishes[at] = math.max(0, full[at] * M.SIZES[name] + M.SPACE - widths[at])
    end
    room = hand_out(room, widths, wishes)
    for at = 1, count do
      widths[at] = widths[at] + room * given[at] / sum(given)
    end
  end
  for at = 1, count do
    table.colspecs[at] = { table.colspecs[at][1], widths[at] / M.WIDTH }
  end
  return name
end

-- A filter that keeps words of a column whole that have room in it.
function M.whole(share, size)
  local room = (share * M.WIDTH - M.SPACE) / M.SIZES[size]
  return words.filter(function(word)
    return M.width(word) <= room
  end)
end

return M
