-- Columns of a table as wide as what stands in them asks for, and the size of its type by the same: no word and no number
-- is broken where the page has room for it whole.

local words = dofile("_extensions/thongthin/whole_words.lua")

local M = {}

-- Sizes of type in points (the last in Word only), and the width of the text; both are those of typst-template.typ. A cell has space on both sides.
M.SIZES = { normal = 10, small = 8.5, least = 7.5 }
M.NAMES = { "normal", "small" }
M.WIDTH = 453
-- Half of the height of the text.
M.HALF = 340
M.SPACE = 8
-- Word: fonts that stand in for a narrow Thai one where a reader has not got it are wider, by `WIDER` at most, and the
-- bold type of heads by `BOLDER` more (digits take 0.41 em in TH Sarabun New, 0.57 in Sarabun, Laksaman and Arial). Numbers
-- and heads have to stay whole in those, too.
M.WIDER, M.BOLDER = 1, 1
-- Thai that is no known word is broken somewhere; so many letters are taken to stay together, in names of columns more.
local LOOSE = { head = 14, body = 8 }
-- A cell of numbers that is wider (in em) may be broken.
local LONG_NUMBER = 13
-- A cell of more lines is set smaller, and in Word once more (of full lines: there are more, since words are not broken).
local MOST_LINES = { normal = 7, small = 10 }
-- Text asks for room by its length, so that a long one takes few lines; by no more than this.
local LONG_TEXT = 150

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

-- The widest part of a text that stays in one line, and the widest of those with a digit, in em.
local function widest(text, loose)
  local most, number = 0, 0
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
    number = part:find("%d") and math.max(number, thai) or number
  end
  return most, number
end

-- Every cell of a table: its text and how wide that is (in em), the column that it begins in, whether it is of the head.
local function cells_of(table)
  local cells = {}
  local function look(row, number, head)
    local at = 1
    for _, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      cells[#cells + 1] = {
        cell = cell, text = text, width = M.width(text), at = at, span = cell.col_span, row = number, head = head,
      }
      at = at + cell.col_span
    end
  end
  local count = 0
  for _, row in ipairs(table.head.rows) do
    look(row, 0, true)
  end
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      count = count + 1
      look(row, count, false)
    end
  end
  return cells
end

-- Whether a cell is set in bold type; only in Word does it matter.
local function is_bold(own)
  local first = M.BOLDER > 1 and not own.head and own.cell.contents[1]
  return own.head or first and first.content and first.content[1] and first.content[1].t == "Strong"
end

-- What each column needs, of that what its numbers and its head need, what sets its cells in one line, and what its head
-- takes in one line; in em.
local function needs(cells, specs)
  local least, firm, full, heads = {}, {}, {}, {}
  for at = 1, #specs do
    least[at], firm[at], full[at], heads[at] = 1, 1, 0, 0
  end
  for _, own in ipairs(cells) do
    if own.span == 1 then
      local at, bold = own.at, is_bold(own) and M.BOLDER or 1
      local one_line = not own.head and specs[at][1] == pandoc.AlignRight and own.width <= LONG_NUMBER
      if own.width * bold > firm[at] then -- else no part of it is wider, either
        local part, number = own.width, own.width
        if not one_line then
          part, number = widest(own.text, own.head and LOOSE.head or LOOSE.body)
        end
        least[at] = math.max(least[at], part * bold)
        firm[at] = math.max(firm[at], (own.head and part or number) * bold)
      end
      local list = own.head and heads or full
      list[at] = math.max(list[at], math.min(own.width, LONG_TEXT))
    end
  end
  return least, full, heads, firm
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

-- The widths in points that columns get at a size of type, and the lines of the tallest cell; nothing where words are broken,
-- or in Word a number or a head in a wider font.
local function widths_at(size, least, full, heads, firm, given)
  local widths = {}
  for at = 1, #least do
    widths[at] = math.max(least[at], firm[at] * M.WIDER) * size + M.SPACE
  end
  local room = M.WIDTH - sum(widths)
  if room < 0 then
    return nil, 0
  end
  -- First heads get room for three lines, then cells for one, then heads for two; the rest goes as the table asks for.
  for _, wish in ipairs({ { heads, 0.36 }, { full, 1 }, { heads, 0.55 } }) do
    local wishes = {}
    for at = 1, #least do
      wishes[at] = math.max(0, wish[1][at] * wish[2] * size + M.SPACE - widths[at])
    end
    room = hand_out(room, widths, wishes)
  end
  local lines = 0
  for at = 1, #least do
    widths[at] = widths[at] + room * given[at] / sum(given)
    lines = math.max(lines, full[at] * size / (widths[at] - M.SPACE))
  end
  return widths, lines
end

-- The lines that the rows of a table take at a size of type, with its columns as they are.
local function lines_of(cells, specs, size)
  local lines = {}
  for _, own in ipairs(cells) do
    if not own.head then
      local share = own.span > 1 and 1 or specs[own.at][2]
      local most = math.ceil(1.1 * own.width * size / (share * M.WIDTH - M.SPACE))
      lines[own.row] = math.max(lines[own.row] or 1, most)
    end
  end
  return sum(lines)
end

-- Word has other fonts, and less space within cells (word-styles.xml).
function M.for_word()
  M.WIDER, M.BOLDER, M.SPACE, M.NAMES = 1.42, 1.06, 6, { "normal", "small", "least" }
end

-- What the journal asks for: sizes, the width of the text, that of a column where there are two.
function M.set(page, in_order)
  local function number(name)
    return tonumber(pandoc.utils.stringify(page[name]))
  end
  M.SIZES = { normal = number("normal"), small = number("small"), least = math.min(7.5, number("small")) }
  M.TEXT, M.HALF = number("text"), number("half")
  M.COLUMN = page.two == true and not in_order and number("column") or nil
  M.WIDTH = M.TEXT
end

-- Whether a table finds no room in one of two columns: words of it would be broken, or cells be piles of lines.
local function is_wide(least, full, heads, firm, given)
  M.WIDTH = M.COLUMN
  local widths, lines = widths_at(M.SIZES.small, least, full, heads, firm, given)
  local wide = not widths or lines > MOST_LINES.normal
  M.WIDTH = wide and M.TEXT or M.COLUMN
  return wide
end

-- Sets the widths of the columns; returns the size of type (a smaller one where the other breaks words, or makes a pile of
-- lines of a cell), the lines of the table without its head, its cells, and whether it is as wide as the text.
function M.fit(table)
  local cells = cells_of(table)
  local least, full, heads, firm = needs(cells, table.colspecs)
  local given = {}
  for at, spec in ipairs(table.colspecs) do
    given[at] = spec[2] or 1 / #table.colspecs
  end
  local wide = not M.COLUMN or is_wide(least, full, heads, firm, given)
  local name, widths
  for _, size in ipairs(M.NAMES) do
    local lines
    name = size
    widths, lines = widths_at(M.SIZES[name], least, full, heads, firm, given)
    if widths and lines <= (MOST_LINES[name] or lines) then
      break
    end
  end
  if not widths then -- there is no room for all, even so
    widths = {}
    for at = 1, #least do
      widths[at] = math.max(least[at], firm[at] * M.WIDER) * M.SIZES[name] + M.SPACE
    end
  end
  local all = sum(widths)
  for at, spec in ipairs(table.colspecs) do
    table.colspecs[at] = { spec[1], widths[at] / all }
  end
  return name, lines_of(cells, table.colspecs, M.SIZES[name] * M.WIDER), cells, wide
end

-- A filter that keeps words of a column whole that have room in it.
function M.whole(share, size)
  local room = (share * M.WIDTH - M.SPACE) / M.SIZES[size]
  return words.filter(function(word)
    return M.width(word) <= room
  end)
end

return M
